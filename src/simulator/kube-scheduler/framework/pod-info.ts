// A Pod with what the scheduler works out about it once (framework.PodInfo).
import { keyOf, type ContainerPort, type Pod } from '../../../api/object.ts';
import { milliValue, value } from '../../../api/quantity.ts';
import { Attached } from '../../../base/attached.ts';
import { affinityTermsOf, type AffinityTerms } from './affinity-terms.ts';
import {
  assumedRequests,
  hasPodLevelRequests,
  isGrantedOtherwise,
  podRequests,
  type Requests,
} from './pod-requests.ts';
import { resourceOf, type Resource } from './resource.ts';

export interface PodInfo extends Derived {
  readonly pod: Pod;
  /** `namespace/name`. */
  readonly key: string;
  readonly namespace: string;
  readonly priority: number;
}

/** What takes work to find out, and stays the same over most changes of a Pod. */
interface Derived {
  readonly requests: Resource;
  /** The same as exact amounts by name. */
  readonly amounts: Requests;
  /** As `amounts`, of the containers alone, with an assumed amount for those that request nothing. */
  readonly scoredAmounts: Requests;
  /** As `requests`, with an assumed amount for containers that request nothing: what scoring looks at. */
  readonly nonZero: { readonly milliCpu: number; readonly memory: number };
  /** Ports of the node that the Pod's containers (sidecars included) take. */
  readonly hostPorts: readonly ContainerPort[];
  /** Affinity to other Pods, if the Pod has any. */
  readonly affinity: AffinityTerms | undefined;
}

/** The PodInfo of a Pod. */
export function podInfoOf(pod: Pod): PodInfo {
  const { requests, amounts, scoredAmounts, nonZero, hostPorts, affinity } = derivedOf(pod);
  return {
    pod,
    key: keyOf(pod),
    namespace: pod.metadata.namespace ?? '',
    priority: pod.spec?.priority ?? 0,
    requests,
    amounts,
    scoredAmounts,
    nonZero,
    hostPorts,
    affinity,
  };
}

/** By the Pod's containers, which a new status, a node and new labels leave as they are; with the Pod it was worked out for. */
const known = new Attached<object, { readonly of: Pod; readonly derived: Derived }>();

function derivedOf(pod: Pod): Derived {
  const { spec } = pod;
  if (!spec || isGrantedOtherwise(pod)) return derive(pod);
  const before = known.get(spec.containers);
  if (before && isSameSource(before.of, pod)) return before.derived;
  const derived = derive(pod);
  known.set(spec.containers, { of: pod, derived });
  return derived;
}

/** Whether two Pods with the same containers, both granted what they ask for, agree in all else that is derived from. */
function isSameSource(a: Pod, b: Pod): boolean {
  return (
    a.metadata.namespace === b.metadata.namespace &&
    a.spec?.initContainers === b.spec?.initContainers &&
    a.spec?.resources === b.spec?.resources &&
    a.spec?.overhead === b.spec?.overhead &&
    a.spec?.affinity === b.spec?.affinity
  );
}

function derive(pod: Pod): Derived {
  const amounts = podRequests(pod);
  const scoredAmounts = podRequests(pod, { missing: assumedRequests, skipPodLevel: true });
  return {
    requests: resourceOf(amounts),
    amounts,
    scoredAmounts,
    nonZero: nonZeroRequests(pod, amounts, scoredAmounts),
    hostPorts: hostPortsOf(pod),
    affinity: affinityTermsOf(pod),
  };
}

/** PodInfo.CalculateResource: nothing is assumed for a resource that the Pod has where it gives requests as a whole. */
function nonZeroRequests(pod: Pod, amounts: Requests, scoredAmounts: Requests): PodInfo['nonZero'] {
  const isUnknown = ([name]: readonly [string, unknown]) => !amounts.has(name);
  const filled = hasPodLevelRequests(pod)
    ? podRequests(pod, { missing: new Map([...assumedRequests].filter(isUnknown)) })
    : scoredAmounts;
  const cpu = filled.get('cpu');
  const memory = filled.get('memory');
  return { milliCpu: cpu ? milliValue(cpu) : 0, memory: memory ? value(memory) : 0 };
}

function hostPortsOf({ spec }: Pod): readonly ContainerPort[] {
  const sidecars = (spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  return [...sidecars, ...(spec?.containers ?? [])].flatMap(({ ports = [] }) =>
    ports.filter(({ hostPort = 0 }) => hostPort > 0),
  );
}

/** Whether two Pods are the same one (by uid where both have one), however changed in between. */
export function isSamePod(a: Pod, b: Pod): boolean {
  const { uid } = a.metadata;
  return uid && b.metadata.uid ? uid === b.metadata.uid : keyOf(a) === keyOf(b);
}
