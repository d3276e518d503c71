// Endpoints (pkg/apis/core/validation, ValidateEndpoints, Kubernetes 1.36).
import { required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import { portNumberProblems } from '../../../../api/names.ts';
import type { EndpointAddress, EndpointPort, Endpoints, EndpointSubset } from '../../../../api/object.ts';
import { addInvalid, checkRequiredSupported, type Errors } from '../checks.ts';
import { addressProblems, specialAddressProblems } from '../ip-address.ts';
import { kindRules } from '../kind-rules.ts';
import { checkLabel, checkQualifiedName, checkSubdomain } from '../labels.ts';
import { subdomainName } from '../object-meta.ts';
import { semanticEqual } from '../semantic-equal.ts';

function checkAddress({ ip, hostname, nodeName }: EndpointAddress, path: FieldPath, errors: Errors): void {
  addInvalid(errors, path.child('ip'), ip, addressProblems(ip));
  if (hostname) checkLabel(hostname, path.child('hostname'), errors);
  if (nodeName !== undefined) checkSubdomain(nodeName, path.child('nodeName'), errors);
  addInvalid(errors, path.child('ip'), ip, specialAddressProblems(ip));
}

function checkPort(port: EndpointPort, several: boolean, path: FieldPath, errors: Errors): void {
  const { name, protocol, appProtocol } = port;
  if (name) checkLabel(name, path.child('name'), errors);
  else if (several) errors.push(required(path.child('name')));
  addInvalid(errors, path.child('port'), port.port, portNumberProblems(port.port));
  checkRequiredSupported(protocol, ['SCTP', 'TCP', 'UDP'], path.child('protocol'), errors);
  if (appProtocol !== undefined) checkQualifiedName(appProtocol, path.child('appProtocol'), errors);
}

function checkSubset(subset: EndpointSubset, path: FieldPath, errors: Errors): void {
  const { addresses = [], notReadyAddresses = [], ports = [] } = subset;
  if (!addresses.length && !notReadyAddresses.length) {
    errors.push(required(path, 'must specify `addresses` or `notReadyAddresses`'));
  }
  addresses.forEach((address, i) => checkAddress(address, path.child('addresses').index(i), errors));
  notReadyAddresses.forEach((address, i) => checkAddress(address, path.child('notReadyAddresses').index(i), errors));
  ports.forEach((port, i) => checkPort(port, ports.length > 1, path.child('ports').index(i), errors));
}

export const endpointsRules = kindRules<Endpoints>({
  meta: { namespaced: true, name: subdomainName },
  metaAgain: true,
  content({ subsets }, errors, old) {
    // what an older server let pass may stay
    if (old && semanticEqual(subsets, old.subsets)) return;
    subsets?.forEach((subset, i) => checkSubset(subset, FieldPath.of('subsets').index(i), errors));
  },
});
