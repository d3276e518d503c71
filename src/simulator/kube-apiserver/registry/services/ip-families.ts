// Which families of addresses a Service has, on a cluster that has IPv4 alone
// (pkg/registry/core/service/storage/alloc.go, initIPFamilyFields, Kubernetes 1.36).
import { copyWith } from '../../../../base/copy.ts';
import { invalid, invalidStatus, type FieldError } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import type { Service, ServiceSpec } from '../../../../api/object.ts';
import type { ApiStatus } from '../../../../api/status.ts';
import { checkClusterIps } from '../../validation/core/service-addresses.ts';

const spec = FieldPath.of('spec');

const familyOf = (address: string) => (address.includes(':') ? 'IPv6' : 'IPv4');

/** Families that are not told follow from the addresses that are; those that the cluster does not have are errors. */
function inferredFamilies({ ipFamilies = [], clusterIPs = [] }: ServiceSpec, errors: FieldError[]): readonly string[] {
  const families = [...ipFamilies];
  for (const [i, address] of clusterIPs.entries()) {
    if (address === 'None') break;
    if (i < families.length) continue;
    const family = familyOf(address);
    const path = spec.child('clusterIPs').index(i);
    if (family === 'IPv4') families.push(family);
    else errors.push(invalid(path, clusterIPs, `${family} is not configured on this cluster`));
  }
  return families;
}

/** One family has one address. */
function checkSingle({ ipFamilyPolicy, clusterIPs = [], ipFamilies = [] }: ServiceSpec, errors: FieldError[]): void {
  if (ipFamilyPolicy !== 'SingleStack') return;
  const refuse = (what: string) => {
    const detail = `must be 'RequireDualStack' or 'PreferDualStack' when multiple ${what} are specified`;
    errors.push(invalid(spec.child('ipFamilyPolicy'), ipFamilyPolicy, detail));
  };
  if (clusterIPs.length === 2) refuse('cluster IPs');
  if (ipFamilies.length === 2) refuse('IP families');
}

/** The Service with its families and their policy, or why the cluster cannot give it what it asks for. */
export function withIpFamilies(service: Service): Service | ApiStatus {
  const { clusterIP } = service.spec ?? {};
  const clusterIPs = service.spec?.clusterIPs?.length ? service.spec.clusterIPs : clusterIP ? [clusterIP] : undefined;
  const { ipFamilyPolicy = 'SingleStack', ...rest } = service.spec ?? {};
  const given: ServiceSpec = copyWith(rest, { ...(clusterIPs && { clusterIPs }), ipFamilyPolicy });
  const refuse = (...errors: FieldError[]) =>
    invalidStatus({ group: '', kind: 'Service' }, service.metadata.name ?? '', errors);
  const errors: FieldError[] = [];
  checkClusterIps(copyWith(service.spec, { ...(clusterIPs && { clusterIPs }) }), errors);
  if (errors.length) return refuse(...errors);
  checkSingle(given, errors);
  const families = inferredFamilies(given, errors);
  if (errors.length) return refuse(...errors);
  const headless = clusterIPs?.[0] === 'None' && !Object.keys(given.selector ?? {}).length;
  if (headless) {
    const first = families[0] ?? 'IPv4';
    const both = ipFamilyPolicy !== 'SingleStack' && families.length < 2;
    const all = both ? [first, first === 'IPv4' ? 'IPv6' : 'IPv4'] : families.length ? families : [first];
    return { ...service, spec: { ...given, ipFamilies: all } };
  }
  const strange = families.findIndex((family) => family !== 'IPv4');
  if (strange >= 0) {
    return refuse(
      invalid(spec.child('ipFamilies').index(strange), families[strange], 'not configured on this cluster'),
    );
  }
  if (ipFamilyPolicy === 'RequireDualStack') {
    const why = 'this cluster is not configured for dual-stack services';
    return refuse(invalid(spec.child('ipFamilyPolicy'), ipFamilyPolicy, why));
  }
  return copyWith(service, { spec: copyWith(given, { ipFamilies: families.length ? families : ['IPv4'] }) });
}
