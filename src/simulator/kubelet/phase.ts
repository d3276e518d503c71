// The phase of a Pod from what its containers do (getPhase of pkg/kubelet/kubelet_pods.go).
import type { Container, ContainerStatus, Pod } from '../../api/object.ts';
import { isRestartableInit } from './pod-names.ts';

export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

interface PhaseInput {
  readonly pod: Pod;
  /** Of all containers, init containers too. */
  readonly statuses: readonly ContainerStatus[];
  /** Whether the Pod is ended for good: nothing of it will be started again. */
  readonly ended: boolean;
}

interface Counts {
  pendingInit: number;
  failedInit: number;
  pendingSidecars: number;
  unknown: number;
  running: number;
  waiting: number;
  stopped: number;
  succeeded: number;
}

export function phaseOf({ pod, statuses, ended }: PhaseInput): PodPhase {
  const { initContainers = [], containers = [], restartPolicy = 'Always' } = pod.spec ?? {};
  const byName = new Map(statuses.map((status) => [status.name, status]));
  const counts: Counts = {
    pendingInit: 0,
    failedInit: 0,
    pendingSidecars: 0,
    unknown: 0,
    running: 0,
    waiting: 0,
    stopped: 0,
    succeeded: 0,
  };
  for (const container of initContainers) {
    const status = byName.get(container.name);
    if (isRestartableInit(container)) countSidecar(counts, status);
    else countInit(counts, status);
  }
  for (const { name } of containers) countContainer(counts, byName.get(name));
  const initialized = hasAnyRegularContainerStarted(containers, byName);
  if (counts.failedInit > 0 && restartPolicy === 'Never') return 'Failed';
  if (counts.pendingInit > 0 || (counts.pendingSidecars > 0 && !initialized) || counts.waiting > 0) return 'Pending';
  if (counts.unknown > 0) return 'Pending';
  if (counts.running > 0) return 'Running';
  if (counts.stopped === 0) return 'Pending';
  return phaseOfStopped(counts, restartPolicy, ended);
}

/** All regular containers have ended. */
function phaseOfStopped({ stopped, succeeded }: Counts, restartPolicy: string, ended: boolean): PodPhase {
  const outcome = stopped === succeeded ? 'Succeeded' : 'Failed';
  if (ended) return outcome;
  if (restartPolicy === 'Always') return 'Running';
  return outcome === 'Succeeded' || restartPolicy === 'Never' ? outcome : 'Running';
}

/** Whether a container of the Pod proper runs or has run: then its initialization lies behind it. */
export function hasAnyRegularContainerStarted(
  containers: readonly Container[],
  byName: ReadonlyMap<string, ContainerStatus>,
): boolean {
  return containers.some(({ name }) => {
    const state = byName.get(name)?.state;
    return state?.running !== undefined || state?.terminated !== undefined;
  });
}

function countInit(counts: Counts, status: ContainerStatus | undefined): void {
  const { state, lastState } = status ?? {};
  const ended = state?.terminated ?? (state?.waiting && lastState?.terminated);
  if (!ended) counts.pendingInit++;
  else if (ended.exitCode !== 0) counts.failedInit++;
}

/** Sidecars that have ended do not count. */
function countSidecar(counts: Counts, status: ContainerStatus | undefined): void {
  const { state, lastState, started } = status ?? {};
  if (!status) counts.unknown++;
  else if (state?.running) {
    if (!started) counts.pendingSidecars++;
    counts.running++;
  } else if (!state?.terminated && !lastState?.terminated) {
    counts.pendingSidecars++;
    counts.waiting++;
  }
}

function countContainer(counts: Counts, status: ContainerStatus | undefined): void {
  const { state, lastState } = status ?? {};
  if (!status) counts.unknown++;
  else if (state?.running) counts.running++;
  else if (state?.terminated) {
    counts.stopped++;
    if (state.terminated.exitCode === 0) counts.succeeded++;
  } else if (lastState?.terminated) counts.stopped++;
  else counts.waiting++;
}
