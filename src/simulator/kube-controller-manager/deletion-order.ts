// Which Pods a controller gives up first when it has too many
// (ActivePods and ActivePodsWithRanks in k8s.io/kubernetes/pkg/controller/controller_utils.go, v1.36).
import type { Pod } from '../../api/object.ts';
import { compareBytes } from '../../base/order.ts';
import { parseTime } from '../kernel/time.ts';
import { isPodActive, isPodReady, readyCondition } from './pod-state.ts';

const deletionCostAnnotation = 'controller.kubernetes.io/pod-deletion-cost';

/** Pending Pods go before unknown ones, these before running ones. */
const phaseOrder: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };

/** The Pods in the order in which a Job gives them up. */
export function plainDeletionOrder(pods: readonly Pod[]): Pod[] {
  return pods.toSorted(
    (a, b) =>
      byProgress(a, b) ||
      youngerFirst(a, b, readySince) ||
      mostRestarts(b) - mostRestarts(a) ||
      youngerFirst(a, b, createdAt),
  );
}

/**
 * The Pods in the order in which a ReplicaSet gives them up. `related` are all Pods of the same owner's ReplicaSets: of two Pods
 * the one goes first whose node has more of them. `now` in virtual milliseconds.
 */
export function deletionOrder(pods: readonly Pod[], related: readonly Pod[], now: number): Pod[] {
  const perNode = new Map<string, number>();
  for (const pod of related) {
    const node = pod.spec?.nodeName ?? '';
    if (isPodActive(pod)) perNode.set(node, (perNode.get(node) ?? 0) + 1);
  }
  const rank = (pod: Pod) => perNode.get(pod.spec?.nodeName ?? '') ?? 0;
  return pods.toSorted(
    (a, b) =>
      byProgress(a, b) ||
      deletionCost(a) - deletionCost(b) ||
      rank(b) - rank(a) ||
      byTime(a, b, readySince, now) ||
      mostRestarts(b) - mostRestarts(a) ||
      byTime(a, b, createdAt, now),
  );
}

const phase = (pod: Pod) => phaseOrder[pod.status?.phase ?? ''] ?? 0;

/** Who has got less far goes first. */
const byProgress = (a: Pod, b: Pod) =>
  Number(!!a.spec?.nodeName) - Number(!!b.spec?.nodeName) ||
  phase(a) - phase(b) ||
  Number(isPodReady(a)) - Number(isPodReady(b));

/** Who is not there yet goes first, then the youngest. */
const youngerFirst = (a: Pod, b: Pod, timeOf: (pod: Pod) => string | undefined) =>
  moment(timeOf(b)) - moment(timeOf(a)) || 0;

const moment = (time: string | undefined) => (time === undefined ? Infinity : (parseTime(time) ?? Infinity));

function deletionCost({ metadata: { annotations } }: Pod): number {
  const cost = annotations?.[deletionCostAnnotation] ?? '0';
  return /^-?\d+$/.test(cost) ? Number(cost) : 0;
}

function mostRestarts({ status }: Pod): number {
  const counts = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  return Math.max(0, ...counts.map(({ restartCount }) => restartCount));
}

function readySince(pod: Pod): string | undefined {
  return isPodReady(pod) ? (readyCondition(pod)?.lastTransitionTime ?? undefined) : undefined;
}

const createdAt = (pod: Pod) => pod.metadata.creationTimestamp ?? undefined;

/** The younger first, but ages are compared by magnitude only: within one the uid decides, which is as good as chance. */
function byTime(a: Pod, b: Pod, timeOf: (pod: Pod) => string | undefined, now: number): number {
  const [first, second] = [timeOf(a), timeOf(b)];
  if (first === undefined || second === undefined || first === second) return 0;
  const difference = magnitude(first, now) - magnitude(second, now);
  return difference || compareBytes(a.metadata.uid ?? '', b.metadata.uid ?? '');
}

/** The whole binary logarithm of an age in nanoseconds; -1 for what is not older than now. */
function magnitude(time: string, now: number): number {
  const age = now - (parseTime(time) ?? now);
  return age > 0 ? Math.floor(Math.log2(age * 1e6)) : -1;
}
