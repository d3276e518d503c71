// What one object counts for against the entries of a ResourceQuota (k8s.io/kubernetes/pkg/quota/v1/evaluator/core, Kubernetes 1.36).
import type { KubeObject, PersistentVolumeClaim, Pod, PodSpec, Service } from '../object.ts';
import { claimClass } from '../persistent-volume.ts';
import { addQuantities, compareQuantities, formatQuantity, roundUpQuantity, type Quantity } from '../quantity.ts';
import { isTerminalPhase } from '../pod-phase.ts';
import { aggregateContainerResources, quantitiesOf, type ResourceList } from '../pod-aggregates.ts';

export type Usage = Map<string, Quantity>;

/** Nothing, in the form in which counting begins. */
export const zero: Quantity = { mantissa: 0n, scale: 0, format: 'DecimalSI', wide: false };

const count = (number: number): Quantity => ({ ...zero, mantissa: BigInt(number) });

const podLevel = /^(cpu|memory|hugepages-.*)$/;

export const hasPodLevelResources = ({ resources }: PodSpec): boolean =>
  Object.keys({ ...resources?.requests, ...resources?.limits }).some((name) => podLevel.test(name));

const quantities = (amounts: ResourceList): Usage => new Map(quantitiesOf(amounts));

/** What a Pod asks for as a whole: what it says itself goes before its containers' sum, and its sandbox comes on top. */
function ofPod(spec: PodSpec, of: 'requests' | 'limits'): Usage {
  const amounts: Usage = new Map(aggregateContainerResources(spec, of));
  for (const [name, quantity] of quantities(spec.resources?.[of])) if (podLevel.test(name)) amounts.set(name, quantity);
  for (const [name, quantity] of quantities(spec.overhead)) {
    const before = amounts.get(name);
    if (before) amounts.set(name, addQuantities(before, quantity));
    else if (of === 'requests') amounts.set(name, quantity);
  }
  return amounts;
}

const isExtended = (name: string) =>
  name.startsWith('deviceclass.resource.kubernetes.io/') || (name.includes('/') && !name.includes('kubernetes.io/'));

/** The entries of a quota that requests and limits are counted under. */
function computeUsage(requests: Usage, limits: Usage): Usage {
  const usage: Usage = new Map([['pods', count(1)]]);
  for (const name of ['cpu', 'memory', 'ephemeral-storage']) {
    const [request, limit] = [requests.get(name), limits.get(name)];
    if (request) usage.set(name, request).set(`requests.${name}`, request);
    if (limit) usage.set(`limits.${name}`, limit);
  }
  for (const [name, request] of requests) {
    if (name.startsWith('hugepages-')) usage.set(name, request);
    if (name.startsWith('hugepages-') || isExtended(name)) usage.set(`requests.${name}`, request);
  }
  return usage;
}

/** The entries under which a container's requests and limits are counted. */
export const namedByContainer = ({ resources }: PodSpec['containers'][number]): ReadonlySet<string> =>
  new Set(computeUsage(quantities(resources?.requests), quantities(resources?.limits)).keys());

/** Pods that have ended count as objects only. */
function podUsage({ spec, status }: Pod): Usage {
  if (!spec || isTerminalPhase(status?.phase)) return new Map();
  return computeUsage(ofPod(spec, 'requests'), ofPod(spec, 'limits'));
}

function serviceUsage({ spec }: Service): Usage {
  const ports = spec?.ports ?? [];
  const balanced = spec?.type === 'LoadBalancer';
  const suppressed = balanced && spec.allocateLoadBalancerNodePorts === false;
  const counted = suppressed ? ports.filter(({ nodePort }) => nodePort) : ports;
  return new Map([
    ['services', count(1)],
    ['services.loadbalancers', count(balanced ? 1 : 0)],
    ['services.nodeports', count(balanced || spec?.type === 'NodePort' ? counted.length : 0)],
  ]);
}

function claimUsage(claim: PersistentVolumeClaim): Usage {
  const usage: Usage = new Map([['persistentvolumeclaims', count(1)]]);
  const asked = quantities(claim.spec?.resources?.requests).get('storage');
  const allocated = quantities(claim.status?.allocatedResources).get('storage');
  const larger = asked && allocated && compareQuantities(allocated, asked) > 0 ? allocated : asked;
  if (larger) usage.set('requests.storage', roundUpQuantity(larger, 0));
  const name = claimClass(claim);
  if (name) for (const [key, quantity] of [...usage]) usage.set(`${name}.storageclass.storage.k8s.io/${key}`, quantity);
  return usage;
}

const evaluators: Readonly<Record<string, (object: KubeObject) => Usage>> = {
  pods: (object) => podUsage(object as Pod),
  services: (object) => serviceUsage(object as Service),
  persistentvolumeclaims: (object) => claimUsage(object as PersistentVolumeClaim),
};
const countedByName = ['configmaps', 'secrets', 'replicationcontrollers', 'resourcequotas'];

/** What an object of the resource (`pods`, `jobs.batch`) uses. */
export function usageOf(resourceName: string, object: KubeObject): Usage {
  const usage = evaluators[resourceName]?.(object) ?? new Map<string, Quantity>();
  if (countedByName.includes(resourceName)) usage.set(resourceName, count(1));
  return usage.set(`count/${resourceName}`, count(1));
}

/** Amounts as they stand in a status. */
export const amountsOf = (usage: Iterable<readonly [name: string, amount: Quantity]>): Record<string, string> =>
  Object.fromEntries(Array.from(usage, ([name, amount]) => [name, formatQuantity(amount)]));
