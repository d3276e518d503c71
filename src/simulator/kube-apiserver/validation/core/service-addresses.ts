// The cluster IPs of a Service and their families (pkg/apis/core/validation, ValidateServiceClusterIPsRelatedFields, Kubernetes 1.36).
// Allocation asks these rules first, and refuses a Service by them alone.
import { parseAddress } from '../../../../base/ip-address.ts';
import { duplicate, invalid, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import type { ServiceSpec } from '../../../../api/object.ts';
import { deepEqual } from '../../../../base/json.ts';
import { addInvalid, checkSupported, type Errors } from '../checks.ts';
import { addressProblems, isV6 } from '../ip-address.ts';

const path = FieldPath.of('spec');
const ipsPath = path.child('clusterIPs');
const familiesPath = path.child('ipFamilies');
const families = ['IPv4', 'IPv6'];
const policies = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];
const none = 'None';

export const isHeadless = ({ clusterIPs = [] }: ServiceSpec): boolean =>
  clusterIPs.length === 1 && clusterIPs[0] === none;

/** The family of an address that can be read. */
export function familyOf(ip: string): string {
  const address = parseAddress(ip);
  return address && isV6(address) ? 'IPv6' : 'IPv4';
}

function checkFirst({ clusterIP, clusterIPs = [] }: ServiceSpec, errors: Errors): void {
  if (!clusterIP) {
    if (clusterIPs.length) errors.push(invalid(ipsPath, clusterIPs, 'must be empty when `clusterIP` is not specified'));
  } else if (!clusterIPs.length) errors.push(required(ipsPath));
  else if (clusterIPs[0] !== clusterIP) errors.push(invalid(ipsPath, clusterIPs, 'first value must match `clusterIP`'));
}

/** False: some address cannot be read, so nothing further is said of them. */
function checkAddresses(clusterIPs: readonly string[], errors: Errors): boolean {
  const before = errors.length;
  clusterIPs.forEach((ip, i) => {
    if (i > 0 || ip !== none) addInvalid(errors, ipsPath.index(i), ip, addressProblems(ip));
    else if (clusterIPs.length > 1)
      errors.push(invalid(ipsPath, clusterIPs, "'None' must be the first and only value"));
  });
  const readable = errors.length === before;
  if (clusterIPs.length > 2) errors.push(invalid(ipsPath, clusterIPs, 'may only hold up to 2 values'));
  return readable;
}

export function checkClusterIps(spec: ServiceSpec, errors: Errors): void {
  const { type, clusterIPs = [], ipFamilies = [], ipFamilyPolicy } = spec;
  if (type === 'ExternalName') return;
  checkFirst(spec, errors);
  const seen = new Set<string>();
  ipFamilies.forEach((family, i) => {
    checkSupported(family, families, familiesPath.index(i), errors);
    if (seen.has(family)) errors.push(duplicate(familiesPath.index(i), family));
    seen.add(family);
  });
  checkSupported(ipFamilyPolicy, policies, path.child('ipFamilyPolicy'), errors);
  if (!checkAddresses(clusterIPs, errors)) return;
  if (clusterIPs.length > 1 && !families.every((family) => clusterIPs.some((ip) => familyOf(ip) === family))) {
    errors.push(invalid(ipsPath, clusterIPs, 'may specify no more than one IP for each IP family'));
  }
  if (isHeadless(spec)) return;
  clusterIPs.slice(0, ipFamilies.length).forEach((ip, i) => {
    const family = ipFamilies[i] ?? '';
    if (!families.includes(family) || familyOf(ip) === family) return;
    errors.push(invalid(ipsPath.index(i), ip, `expected an ${family} value as indicated by \`ipFamilies[${i}]\``));
  });
}

const fixed = 'may not change once set';

/** A Service keeps its first address and its first family, unless it had none or needs none. */
export function checkClusterIpChange(spec: ServiceSpec, old: ServiceSpec, errors: Errors): void {
  if (spec.type === 'ExternalName' || old.type === 'ExternalName') return;
  const stays = isHeadless(spec) && isHeadless(old);
  if (!stays) checkChange(spec, old, 'clusterIPs', errors);
  if (isHeadless(spec) === isHeadless(old) && !isHeadless(spec)) checkChange(spec, old, 'ipFamilies', errors);
}

function checkChange(spec: ServiceSpec, old: ServiceSpec, field: 'clusterIPs' | 'ipFamilies', errors: Errors): void {
  const after = spec[field] ?? [];
  const before = old[field] ?? [];
  if (deepEqual(after, before)) return;
  const at = path.child(field);
  const isIps = field === 'clusterIPs';
  if (after.length === before.length) {
    before.forEach((value, i) => {
      if (value !== after[i]) errors.push(invalid(at.index(isIps ? i : 0), after, fixed));
    });
    return;
  }
  const shown = isIps ? after : (spec.clusterIPs ?? null);
  if (after.length < before.length && (spec.clusterIPs ?? []).length === 0) {
    errors.push(
      invalid(at.index(0), after.length ? after : null, `primary ${isIps ? 'clusterIP' : 'ipFamily'} can not be unset`),
    );
  }
  if (before.length && after.length && after[0] !== before[0]) errors.push(invalid(at.index(0), shown, fixed));
  if (after.length === 1 && before.length > 1 && spec.ipFamilyPolicy !== 'SingleStack') {
    const detail = `must be set to 'SingleStack' when releasing the secondary ${isIps ? 'clusterIP' : 'ipFamily'}`;
    errors.push(invalid(path.child('ipFamilyPolicy'), spec.ipFamilyPolicy ?? null, detail));
  }
}
