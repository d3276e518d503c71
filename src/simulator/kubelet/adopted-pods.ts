// Pods that were there before the run began. What the status of such a Pod says runs is taken as running; a Pod that is on a node
// and says nothing of itself is taken as running there, because nobody writes down a cluster in the middle of a start.
import type { Container, ContainerStatus, Pod, PodStatus } from '../../api/object.ts';
import { sha256 } from '../../base/sha256.ts';
import { parseTime } from '../kernel/time.ts';
import { generateConditions } from './conditions.ts';
import type { ContainerRuntimeStatus, SandboxStatus } from './containerd/cri.ts';
import { canonicalImage } from './containerd/image-reference.ts';
import { isTerminalPhase } from '../../api/pod-phase.ts';
import { definitionOf } from './pod-actions.ts';
import { allContainers, identityOf, isRestartableInit, uidOf } from './pod-names.ts';
import { containerResourceStatus, podResourceStatus } from './pod-resources.ts';

/** The Pod with a status, if it is on a node and has none: ready, since it was created. */
export function adoptedPod(pod: Pod): Pod {
  const { spec, status, metadata } = pod;
  if (!spec?.nodeName || status?.containerStatuses || isTerminalPhase(status?.phase) || !isNew(status)) return pod;
  const since = metadata.creationTimestamp ?? null;
  const statuses = spec.containers.map((container) => runningContainer(pod, container, since));
  const initStatuses = (spec.initContainers ?? []).map((container) =>
    isRestartableInit(container) ? runningContainer(pod, container, since) : doneContainer(pod, container, since),
  );
  const conditions = generateConditions({
    pod,
    phase: 'Running',
    sandboxReady: true,
    initStatuses,
    statuses,
    others: status?.conditions ?? [],
  }).map((condition) => ({ ...condition, lastTransitionTime: since }));
  const running: PodStatus = {
    ...status,
    phase: 'Running',
    conditions,
    ...(initStatuses.length > 0 && { initContainerStatuses: initStatuses }),
    containerStatuses: statuses,
    ...podResourceStatus(pod),
    startTime: since,
  };
  return { ...pod, status: running };
}

/** A status that says no more than the server's defaults and the scheduler's condition do. */
function isNew(status: PodStatus | undefined): boolean {
  return !status?.startTime && (status?.conditions ?? []).every(({ type }) => type === 'PodScheduled');
}

function runningContainer(pod: Pod, container: Container, since: string | null): ContainerStatus {
  return { ...createdContainer(pod, container), ready: true, started: true, state: { running: { startedAt: since } } };
}

function doneContainer(pod: Pod, container: Container, since: string | null): ContainerStatus {
  const status = createdContainer(pod, container);
  const terminated = { exitCode: 0, reason: 'Completed', startedAt: since, finishedAt: since };
  return { ...status, ready: true, started: false, state: { terminated } };
}

function createdContainer(pod: Pod, container: Container) {
  const { name, image = '' } = container;
  const canonical = canonicalImage(image);
  return {
    name,
    lastState: {},
    restartCount: 0,
    image: canonical,
    imageID: `${canonical.replace(/[:@][^/]*$/, '')}@sha256:${sha256(`manifest ${canonical}`)}`,
    containerID: `containerd://${sha256(`${uidOf(pod)} ${name}`)}`,
    ...containerResourceStatus(container),
  };
}

/** What the runtime must have for the Pod's status to be true. */
export function adoptedRuntime(pod: Pod): { sandbox: SandboxStatus; containers: ContainerRuntimeStatus[] } {
  const { podIP = '', containerStatuses = [], initContainerStatuses = [] } = pod.status ?? {};
  const hostNetwork = pod.spec?.hostNetwork ?? false;
  const sandbox: SandboxStatus = {
    id: sha256(`sandbox ${uidOf(pod)}`),
    pod: identityOf(pod),
    ready: true,
    hostNetwork,
    ip: hostNetwork ? '' : podIP,
  };
  const byName = new Map([...initContainerStatuses, ...containerStatuses].map((status) => [status.name, status]));
  const containers = allContainers(pod).flatMap((container) => {
    const status = byName.get(container.name);
    return status?.containerID ? [runtimeContainer(container, status, sandbox.id)] : [];
  });
  return { sandbox, containers };
}

function runtimeContainer(container: Container, status: ContainerStatus, sandboxId: string): ContainerRuntimeStatus {
  const { running, terminated } = status.state ?? {};
  const ended = terminated ?? (running ? undefined : status.lastState?.terminated);
  const { uid = 0, gid = 0, supplementalGroups = [] } = status.user?.linux ?? {};
  const startedAt = parseTime((running ?? ended)?.startedAt ?? '');
  const finishedAt = parseTime(ended?.finishedAt ?? '');
  return {
    id: (status.containerID ?? '').replace(/^[a-z-]+:\/\//, ''),
    name: container.name,
    sandboxId,
    state: running ? 'running' : 'exited',
    restartCount: status.restartCount,
    definition: definitionOf(container),
    image: status.image,
    imageRef: status.imageID,
    user: { uid, gid, supplementalGroups },
    ...(startedAt !== undefined && { startedAt }),
    ...(finishedAt !== undefined && { finishedAt }),
    exitCode: ended?.exitCode ?? 0,
    reason: ended?.reason ?? '',
    message: ended?.message ?? '',
    log: '',
  };
}
