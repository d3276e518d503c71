// EndpointSlices (pkg/apis/discovery/validation, Kubernetes 1.36).
import { parseAddress } from '../../../../base/ip-address.ts';
import { duplicate, invalid, notSupported, required, tooMany } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import { dns1123SubdomainProblems, labelValueProblems } from '../../../../api/names.ts';
import type { DiscoveryEndpointPort, Endpoint, EndpointHints, EndpointSlice } from '../../../../api/object.ts';
import { addInvalid, checkRequiredSupported, type Errors } from '../checks.ts';
import { checkFullyQualifiedDomainName } from '../domain-names.ts';
import { addressProblems, canonicalAddressProblems, isV6, specialAddressProblems } from '../ip-address.ts';
import { checkLabel, checkLabels, checkQualifiedName, checkSubdomain } from '../labels.ts';
import { checkImmutable, checkMetadata, subdomainName } from '../object-meta.ts';
import { semanticEqual } from '../semantic-equal.ts';
import type { KindRules } from '../validation.ts';

const addressTypes = ['FQDN', 'IPv4', 'IPv6'];
const mostEndpoints = 1000;
const mostAddresses = 100;
const mostPorts = 20_000;
const mostLabels = 16;
const mostHints = 8;

function checkAddress(type: string, address: string, addresses: FieldPath, i: number, errors: Errors): void {
  const at = addresses.index(i);
  if (type === 'FQDN') return checkFullyQualifiedDomainName(address, at, errors);
  if (type !== 'IPv4' && type !== 'IPv6') return;
  const problems = type === 'IPv4' ? addressProblems(address) : canonicalAddressProblems(address);
  addInvalid(errors, at, address, problems);
  if (problems.length) return;
  const parsed = parseAddress(address);
  const family = parsed && isV6(parsed) ? 'IPv6' : 'IPv4';
  if (family !== type) errors.push(invalid(addresses, address, `must be an ${type} address`));
  addInvalid(errors, at, address, specialAddressProblems(address));
}

/** False: there are too many, and nothing further is looked at. */
function checkHintNames(
  items: readonly { readonly name: string }[],
  path: FieldPath,
  problemsOf: (name: string) => string[],
  errors: Errors,
): boolean {
  if (items.length > mostHints) {
    errors.push(tooMany(path, items.length, mostHints));
    return false;
  }
  items.forEach(({ name }, i) => {
    const at = path.index(i).child('name');
    if (items.findIndex((item) => item.name === name) < i) errors.push(duplicate(at, name));
    addInvalid(errors, at, name, problemsOf(name));
  });
  return true;
}

function checkHints({ forZones = [], forNodes = [] }: EndpointHints, path: FieldPath, errors: Errors): void {
  if (!checkHintNames(forZones, path.child('forZones'), labelValueProblems, errors)) return;
  checkHintNames(forNodes, path.child('forNodes'), dns1123SubdomainProblems, errors);
}

function checkEndpoint(endpoint: Endpoint, type: string, path: FieldPath, errors: Errors): void {
  const { addresses, nodeName, hostname, deprecatedTopology = {}, hints } = endpoint;
  const at = path.child('addresses');
  if (!addresses.length) errors.push(required(at, 'must contain at least 1 address'));
  else if (addresses.length > mostAddresses) errors.push(tooMany(at, addresses.length, mostAddresses));
  addresses.forEach((address, i) => checkAddress(type, address, at, i, errors));
  if (nodeName !== undefined) checkSubdomain(nodeName, path.child('nodeName'), errors);
  const topology = path.child('deprecatedTopology');
  const count = Object.keys(deprecatedTopology).length;
  if (count > mostLabels) errors.push(tooMany(topology, count, mostLabels));
  checkLabels(deprecatedTopology, topology, errors);
  if (hostname !== undefined) checkLabel(hostname, path.child('hostname'), errors);
  if (hints) checkHints(hints, path.child('hints'), errors);
}

function checkPorts(ports: readonly DiscoveryEndpointPort[], errors: Errors): void {
  const path = FieldPath.of('ports');
  if (ports.length > mostPorts) return void errors.push(tooMany(path, ports.length, mostPorts));
  const names = new Set<string>();
  ports.forEach(({ name = '', protocol, appProtocol }, i) => {
    const at = path.index(i);
    if (name) checkLabel(name, at.child('name'), errors);
    if (names.has(name)) errors.push(duplicate(at.child('name'), name));
    names.add(name);
    if (protocol === undefined) errors.push(required(at.child('protocol')));
    else if (!['SCTP', 'TCP', 'UDP'].includes(protocol)) {
      errors.push(notSupported(at.child('protocol'), protocol, ['SCTP', 'TCP', 'UDP']));
    }
    if (appProtocol !== undefined) checkQualifiedName(appProtocol, at.child('appProtocol'), errors);
  });
}

/** An endpoint that stands where it stood was looked at when the older slice was stored. */
function checkEndpoints(slice: EndpointSlice, old: EndpointSlice | undefined, errors: Errors): void {
  const path = FieldPath.of('endpoints');
  const { addressType } = slice;
  const endpoints = slice.endpoints ?? [];
  if (endpoints.length > mostEndpoints) errors.push(tooMany(path, endpoints.length, mostEndpoints));
  else {
    endpoints.forEach((endpoint, i) => {
      if (endpoint !== old?.endpoints?.[i]) checkEndpoint(endpoint, addressType, path.index(i), errors);
    });
  }
}

function checkSlice(slice: EndpointSlice, old: EndpointSlice | undefined, errors: Errors): void {
  checkMetadata(slice.metadata, { namespaced: true, name: subdomainName }, errors);
  checkRequiredSupported(slice.addressType, addressTypes, FieldPath.of('addressType'), errors);
  // the controller writes null where there is nothing
  checkPorts(slice.ports ?? [], errors);
  // what an older server let pass may stay
  if (old && semanticEqual(slice.endpoints, old.endpoints)) return;
  checkEndpoints(slice, old, errors);
}

export const endpointSliceRules: KindRules<EndpointSlice> = {
  create: (slice, errors) => checkSlice(slice, undefined, errors),
  update(slice, old, errors) {
    checkSlice(slice, old, errors);
    checkImmutable(slice.addressType, old.addressType, FieldPath.of('addressType'), errors);
  },
};
