// A namespace holds no more than its quotas allow (k8s.io/apiserver/pkg/admission/plugin/resourcequota, Kubernetes 1.36).
// What is used stands in the quota's status: its controller counts it, and what is admitted is added here.
// A quota whose controller has not counted yet holds nothing back; when it begins to is a race, and so unknown.
import type { Pod, ResourceQuota } from '../../../api/object.ts';
import {
  addQuantities,
  compareQuantities,
  formatQuantity,
  negateQuantity,
  parseQuantity,
  type Quantity,
} from '../../../api/quantity.ts';
import { countsAgainst } from '../../../api/quota/resources.ts';
import { isInScope, isTerminating, scopesOf } from '../../../api/quota/scopes.ts';
import {
  amountsOf,
  hasPodLevelResources,
  namedByContainer,
  usageOf,
  zero,
  type Usage,
} from '../../../api/quota/usage.ts';
import { compareBytes, sortedKeys } from '../../../base/order.ts';
import type { Target } from '../../client/client.ts';
import { refuse, type AdmissionPlugin, type AdmissionRequest, type AdmissionVerdict } from './plugin.ts';

/** Creations count; updates only where they may ask for more: of Services, claims, and Pods that become bound in time. */
function handles({ operation, resourceName, subresource, namespace, object, old }: AdmissionRequest): boolean {
  if (operation === 'DELETE' || subresource || !namespace) return false;
  if (operation === 'CREATE') return true;
  const [now, then] = [(object as Pod).spec, (old as Pod | undefined)?.spec];
  if (resourceName === 'pods') return Boolean(now && then && isTerminating(now) !== isTerminating(then));
  return resourceName === 'services' || resourceName === 'persistentvolumeclaims';
}

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

const listed = (names: readonly string[], amount: (name: string) => Quantity) =>
  names.map((name) => `${name}=${formatQuantity(amount(name))}`).join(',');

/** What a quota makes of a request: what is said of it, or the quota with what it adds. */
type Judgement = { readonly verdict: AdmissionVerdict } | { readonly counted: ResourceQuota } | undefined;

function check(quota: ResourceQuota, request: AdmissionRequest): Judgement {
  const { name = '' } = quota.metadata;
  const { hard = {}, used: counted = {} } = quota.status ?? {};
  const names = sortedKeys(hard).filter((entry) => countsAgainst(entry, request.resource));
  const lacking = request.resourceName === 'pods' ? unnamed(names, request.object as Pod) : undefined;
  if (lacking !== undefined) return { verdict: refuse(request, `failed quota: ${name}: ${lacking}`) };
  if (names.some((entry) => counted[entry] === undefined)) return uncounted(quota);
  const added = addedBy(quota, request, names);
  if (added.size === 0) return undefined;
  const limit = (entry: string) => parseQuantity(hard[entry] ?? 0) ?? zero;
  const requested = (entry: string) => added.get(entry) ?? zero;
  const used = (entry: string) => parseQuantity(counted[entry] ?? 0) ?? zero;
  const total = (entry: string) => addQuantities(used(entry), requested(entry));
  const exceeded = [...added.keys()].filter((entry) => compareQuantities(total(entry), limit(entry)) > 0);
  if (exceeded.length > 0) {
    const [more, before, most] = [requested, used, limit].map((amount) => listed(exceeded, amount));
    const why = `exceeded quota: ${name}, requested: ${more}, used: ${before}, limited: ${most}`;
    return { verdict: refuse(request, why) };
  }
  const now = { ...counted, ...amountsOf([...added.keys()].map((entry) => [entry, total(entry)])) };
  return { counted: { ...quota, status: { ...quota.status, used: now } } };
}

const uncounted = ({ metadata: { name } }: ResourceQuota): Judgement => ({
  verdict: { unknown: `ResourceQuota ${name} of the namespace has not been counted by its controller` },
});

const isAbout = ({ spec, status }: ResourceQuota, { resource }: AdmissionRequest) =>
  Object.keys({ ...spec?.hard, ...status?.hard }).some((name) => countsAgainst(name, resource));

function judge(quota: ResourceQuota, request: AdmissionRequest): Judgement {
  const { resourceName, object } = request;
  if (!isAbout(quota, request)) return undefined;
  if (resourceName === 'persistentvolumeclaims' && scopesOf(quota).length > 0) {
    const { name } = quota.metadata;
    const unknown = `ResourceQuota ${name} is about claims by their VolumeAttributesClass, which is not modelled`;
    return { verdict: { unknown } };
  }
  if (!isInScope(quota, resourceName, object)) return undefined;
  return quota.status?.hard ? check(quota, request) : uncounted(quota);
}

const statusOf = ({ metadata: { namespace = '', name = '' } }: ResourceQuota): Target => ({
  resource: 'resourcequotas',
  namespace,
  name,
  subresource: 'status',
});

export const resourceQuota: AdmissionPlugin = {
  name: 'ResourceQuota',
  validate(request, { reader, loopback }) {
    if (!handles(request)) return undefined;
    const judgements = reader
      .list<ResourceQuota>('resourcequotas', request.namespace)
      .map((quota) => judge(quota, request));
    const verdicts = judgements.flatMap((one) => (one && 'verdict' in one ? [one.verdict] : []));
    const refusal = verdicts.find((verdict) => verdict && 'refusal' in verdict);
    if (refusal) return refusal;
    if (!request.options.dryRun) {
      for (const one of judgements) if (one && 'counted' in one) loopback.update(statusOf(one.counted), one.counted);
    }
    return verdicts[0];
  },
};
