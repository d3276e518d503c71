// What a Pod asks for as a whole: containers summed up, init containers as the peak they make, Pod-level requests and overhead.
// The rule is part of the API: k8s.io/component-helpers/resource, PodRequests (1.36).
import type { Container, ContainerStatus, Pod } from '../../../api/object.ts';
import {
  addAmounts,
  aggregateContainers,
  quantitiesOf,
  raiseAmounts,
  type Amounts,
  type ResourceList,
} from '../../../api/pod-aggregates.ts';
import { parseQuantity, type Quantity } from '../../../api/quantity.ts';

/** Quantities by resource name, summed up exactly. */
export type Requests = ReadonlyMap<string, Quantity>;

export interface PodRequestsOptions {
  /** Stands in for requests that a container does not have. */
  readonly missing?: Requests;
  /** Counts the containers even where `spec.resources` says what the Pod as a whole asks for. */
  readonly skipPodLevel?: boolean;
}

const quantity = (text: string) => parseQuantity(text) as Quantity;

/** DefaultMilliCPURequest and DefaultMemoryRequest: what scoring assumes of a container that requests nothing. */
export const assumedRequests: Requests = new Map([
  ['cpu', quantity('100m')],
  ['memory', quantity('209715200')],
]);

/** Requests of the Pod, including its overhead. Of a running Pod what its status says was granted counts too. */
export function podRequests(pod: Pod, options: PodRequestsOptions = {}): Requests {
  const requests = containerRequests(pod, options);
  if (!options.skipPodLevel) {
    for (const [name, amount] of podLevelRequests(pod)) requests.set(name, amount);
  }
  addAmounts(requests, quantitiesOf(pod.spec?.overhead));
  return requests;
}

/** Whether the status has a say in the requests: something else was granted than what is asked for (in-place resize). */
export function isGrantedOtherwise({ spec, status }: Pod): boolean {
  if (!status) return false;
  if (status.conditions?.some(({ type }) => type === 'PodResizePending')) return true;
  const { resources, allocatedResources } = status;
  // of a Pod that asks for nothing as a whole, the status tells the sum of its containers
  const whole = spec?.resources?.requests;
  if (whole && differs(whole, resources?.requests, allocatedResources)) return true;
  const containerDiffers = (container: Container) =>
    [status.containerStatuses, status.initContainerStatuses].some((statuses) => {
      const granted = statuses?.find(({ name }) => name === container.name);
      return granted && differs(container.resources?.requests, granted.resources?.requests, granted.allocatedResources);
    });
  return (spec?.containers.some(containerDiffers) || spec?.initContainers?.some(containerDiffers)) ?? false;
}

function differs(wanted: ResourceList, ...granted: readonly ResourceList[]): boolean {
  return granted.some((list) => {
    for (const name in list) if (list[name] !== wanted?.[name]) return true;
    return false;
  });
}

/** Which resources may be given for the Pod as a whole. */
const isPodLevelResource = (name: string) => name === 'cpu' || name === 'memory' || name.startsWith('hugepages-');

/** IsPodLevelRequestsSet. */
export function hasPodLevelRequests(pod: Pod): boolean {
  return Object.keys(pod.spec?.resources?.requests ?? {}).some(isPodLevelResource);
}

function podLevelRequests(pod: Pod): Requests {
  const spec = pod.spec?.resources?.requests;
  if (!spec) return new Map();
  const { resources, allocatedResources } = pod.status ?? {};
  const all = resources ? largest(pod, spec, resources.requests, allocatedResources) : new Map(quantitiesOf(spec));
  return new Map([...all].filter(([name]) => isPodLevelResource(name) && name in spec));
}

function containerRequests(pod: Pod, { missing }: PodRequestsOptions): Amounts {
  const statuses = grantedStatuses(pod);
  return aggregateContainers(pod.spec ?? {}, (container, runsOn) => {
    const requests = ofContainer(pod, container, runsOn ? statuses?.get(container.name) : undefined);
    for (const [name, amount] of missing ?? []) if (!requests.has(name)) requests.set(name, amount);
    return requests;
  });
}

/** Statuses of containers that report what they were granted (in-place resize), by name. */
function grantedStatuses({ status }: Pod): ReadonlyMap<string, ContainerStatus> | undefined {
  const all = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])];
  const granted = all.filter(({ resources }) => resources);
  return granted.length > 0 ? new Map(granted.map((status) => [status.name, status])) : undefined;
}

function ofContainer(pod: Pod, { resources }: Container, status: ContainerStatus | undefined): Map<string, Quantity> {
  return status
    ? largest(pod, resources?.requests, status.resources?.requests, status.allocatedResources)
    : new Map(quantitiesOf(resources?.requests));
}

/** determineEffectiveRequests: the largest of wanted, in force and allocated; what is wanted does not count if it is infeasible. */
function largest(
  pod: Pod,
  wanted: ResourceList,
  inForce: ResourceList,
  allocated: ResourceList,
): Map<string, Quantity> {
  const pending = pod.status?.conditions?.find(({ type }) => type === 'PodResizePending');
  const result = new Map<string, Quantity>();
  if (pending?.reason !== 'Infeasible') raiseAmounts(result, quantitiesOf(wanted));
  raiseAmounts(result, quantitiesOf(inForce));
  raiseAmounts(result, quantitiesOf(allocated));
  return result;
}
