// What a Pod's status says to a controller (k8s.io/kubernetes/pkg/api/v1/pod and pkg/controller/controller_utils.go).
import { isTerminalPhase } from '../../api/pod-phase.ts';
import type { Pod, PodCondition } from '../../api/object.ts';
import { parseTime } from '../kernel/time.ts';

const none: readonly PodCondition[] = [];

export function readyCondition(pod: Pod): PodCondition | undefined {
  for (const condition of pod.status?.conditions ?? none) if (condition.type === 'Ready') return condition;
  return undefined;
}

export function isPodReady(pod: Pod): boolean {
  return readyCondition(pod)?.status === 'True';
}

/** Ready for at least minReadySeconds at the moment `now` (virtual milliseconds). */
export function isPodAvailable(pod: Pod, minReadySeconds: number, now: number): boolean {
  const condition = readyCondition(pod);
  if (condition?.status !== 'True') return false;
  if (minReadySeconds === 0) return true;
  const since = parseTime(condition.lastTransitionTime ?? '');
  return since !== undefined && since + minReadySeconds * 1000 < now;
}

/** All its containers have ended for good. */
export function isPodTerminal(pod: Pod): boolean {
  return isTerminalPhase(pod.status?.phase);
}

/** Counts as a replica: neither ended nor about to be deleted. */
export function isPodActive(pod: Pod): boolean {
  return !isPodTerminal(pod) && !pod.metadata.deletionTimestamp;
}

/** Is about to be deleted, but its containers still run. */
export function isPodTerminating(pod: Pod): boolean {
  return !isPodTerminal(pod) && !!pod.metadata.deletionTimestamp;
}
