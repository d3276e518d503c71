// A namespace holds no more than its quotas allow (k8s.io/apiserver/pkg/admission/plugin/resourcequota, Kubernetes 1.36).
// What is used is counted over the objects that are there, which is what the quota's controller and this plugin agree on in time.
// A quota whose controller has not counted yet holds nothing back; when it begins to is a race, and so unknown.
import type { KubeObject, Pod, ResourceQuota } from '../../../../api/object.ts';
import {
  addQuantities,
  compareQuantities,
  formatQuantity,
  negateQuantity,
  parseQuantity,
  type Quantity,
} from '../../../../api/quantity.ts';
import { compareBytes, sortedKeys } from '../../../../base/order.ts';
import type { ClusterReader } from '../../registry/reader.ts';
import { refuse, type AdmissionPlugin, type AdmissionRequest, type AdmissionVerdict } from '../plugin.ts';
import { countsAgainst } from '../quota-resources.ts';
import { isTerminating, matchesScopes, scopesOf } from './scopes.ts';
import { hasPodLevelResources, namedByContainer, usageOf, type Usage } from './usage.ts';

const zero: Quantity = { mantissa: 0n, scale: 0, format: 'DecimalSI', wide: false };

/** Creations count; updates only where they may ask for more: of Services, claims, and Pods that become bound in time. */
function handles({ operation, resourceName, subresource, namespace, object, old }: AdmissionRequest): boolean {
  if (operation === 'DELETE' || subresource || !namespace) return false;
  if (operation === 'CREATE') return true;
  const [now, then] = [(object as Pod).spec, (old as Pod | undefined)?.spec];
  if (resourceName === 'pods') return Boolean(now && then && isTerminating(now) !== isTerminating(then));
  return resourceName === 'services' || resourceName === 'persistentvolumeclaims';
}

/** Only Pods are in scopes. */
const isInScope = (quota: ResourceQuota, resourceName: string, object: KubeObject) =>
  resourceName === 'pods' ? matchesScopes(quota, object as Pod) : scopesOf(quota).length === 0;

const requiredNames = /^(requests\.|limits\.)?(cpu|memory)$/;

/** Where cpu or memory is limited, every container must say how much it takes. */
function unnamed(hard: readonly string[], { spec }: Pod): string | undefined {
  if (!spec || hasPodLevelResources(spec)) return undefined;
  const containers = [...spec.containers, ...(spec.initContainers ?? [])];
  const required = hard.filter((name) => requiredNames.test(name)).sort(compareBytes);
  const missing = required.flatMap((name) => {
    const without = containers.filter((container) => !namedByContainer(container).has(name));
    const names = [...new Set(without.map((container) => container.name))].sort(compareBytes);
    return names.length > 0 ? [`${name} for: ${names.join(',')}`] : [];
  });
  return missing.length > 0 ? `must specify ${missing.join('; ')}` : undefined;
}

/** What the request adds to the entries of the quota; nothing where it takes no more than before. */
function addedBy(
  quota: ResourceQuota,
  { resourceName, object, old }: AdmissionRequest,
  names: readonly string[],
): Usage {
  const now = usageOf(resourceName, object);
  const then = old && isInScope(quota, resourceName, old) ? usageOf(resourceName, old) : undefined;
  const added: Usage = new Map();
  for (const name of names) {
    const amount = now.get(name);
    const before = then?.get(name);
    const more = amount && before ? addQuantities(amount, negateQuantity(before)) : amount;
    if (more && more.mantissa > 0n) added.set(name, more);
  }
  return added;
}

function usedNow(quota: ResourceQuota, { resourceName, namespace }: AdmissionRequest, reader: ClusterReader): Usage {
  const used: Usage = new Map();
  for (const object of reader.list<KubeObject>(resourceName, namespace)) {
    if (!isInScope(quota, resourceName, object)) continue;
    for (const [name, quantity] of usageOf(resourceName, object)) {
      used.set(name, addQuantities(used.get(name) ?? zero, quantity));
    }
  }
  return used;
}

const listed = (names: readonly string[], amount: (name: string) => Quantity) =>
  names.map((name) => `${name}=${formatQuantity(amount(name))}`).join(',');

function check(quota: ResourceQuota, request: AdmissionRequest, reader: ClusterReader): AdmissionVerdict {
  const { name = '' } = quota.metadata;
  const { hard = {}, used: counted = {} } = quota.status ?? {};
  const names = sortedKeys(hard).filter((entry) => countsAgainst(entry, request.resource));
  const lacking = request.resourceName === 'pods' ? unnamed(names, request.object as Pod) : undefined;
  if (lacking !== undefined) return refuse(request, `failed quota: ${name}: ${lacking}`);
  const added = addedBy(quota, request, names);
  if (added.size === 0) return undefined;
  const used = usedNow(quota, request, reader);
  const limit = (entry: string) => parseQuantity(hard[entry] ?? 0) ?? zero;
  const requested = (entry: string) => added.get(entry) ?? zero;
  const here = (entry: string) => used.get(entry) ?? zero;
  const there = (entry: string) => parseQuantity(counted[entry] ?? 0) ?? zero;
  const exceeds = (amount: (entry: string) => Quantity) =>
    [...added.keys()].filter(
      (entry) => compareQuantities(addQuantities(amount(entry), requested(entry)), limit(entry)) > 0,
    );
  const exceeded = exceeds(here);
  if (exceeded.length > 0) {
    const [more, before, most] = [requested, here, limit].map((amount) => listed(exceeded, amount));
    return refuse(request, `exceeded quota: ${name}, requested: ${more}, used: ${before}, limited: ${most}`);
  }
  if (exceeds(there).length === 0) return undefined;
  return {
    unknown: `ResourceQuota ${name} counts more as used than the objects that are known here`,
  };
}

const isAbout = ({ spec, status }: ResourceQuota, { resource }: AdmissionRequest) =>
  Object.keys({ ...spec?.hard, ...status?.hard }).some((name) => countsAgainst(name, resource));

function judge(quota: ResourceQuota, request: AdmissionRequest, reader: ClusterReader): AdmissionVerdict {
  const { resourceName, object } = request;
  if (!isAbout(quota, request)) return undefined;
  const { name } = quota.metadata;
  if (resourceName === 'persistentvolumeclaims' && scopesOf(quota).length > 0) {
    return { unknown: `ResourceQuota ${name} is about claims by their VolumeAttributesClass, which is not modelled` };
  }
  if (!isInScope(quota, resourceName, object)) return undefined;
  if (!quota.status?.hard)
    return { unknown: `ResourceQuota ${name} of the namespace has not been counted by its controller` };
  return check(quota, request, reader);
}

export const resourceQuota: AdmissionPlugin = {
  name: 'ResourceQuota',
  validate(request, { reader }) {
    if (!handles(request)) return undefined;
    let open: AdmissionVerdict;
    for (const quota of reader.list<ResourceQuota>('resourcequotas', request.namespace)) {
      const verdict = judge(quota, request, reader);
      if (verdict && 'refusal' in verdict) return verdict;
      open ??= verdict;
    }
    return open;
  },
};
