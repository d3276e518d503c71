// What the runtime knows of a Pod's containers, as the API tells it (convertToAPIContainerStatuses of kubelet_pods.go).
import type { Container, ContainerState, ContainerStatus, Pod, VolumeMountStatus } from '../../api/object.ts';
import { compareBytes } from '../../base/order.ts';
import { formatTime } from '../kernel/time.ts';
import type { ContainerRuntimeStatus, RuntimePodStatus } from './containerd/cri.ts';
import { containerResourceStatus } from './pod-resources.ts';
import type { ReasonCache } from './reason-cache.ts';
import { shouldBeRestarted } from './restart-policy.ts';
import { uidOf } from './pod-names.ts';

/** Go's zero time: when a container ran that never did. */
const never = '1970-01-01T00:00:00Z';

interface ContainerStatusInput {
  readonly pod: Pod;
  readonly runtime: RuntimePodStatus;
  readonly reasons: ReasonCache;
  /** Statuses that were told before. */
  readonly previous: readonly ContainerStatus[];
  /** Whether the node's runtime can mount read-only recursively; absent: it does not say, and mounts are not told. */
  readonly recursiveReadOnly: boolean | undefined;
}

/** The statuses of the init containers, in the order of the spec. */
export function initContainerStatuses(input: ContainerStatusInput): ContainerStatus[] {
  return statusesOf(input.pod.spec?.initContainers ?? [], input);
}

/** The statuses of the containers, by name. */
export function containerStatuses(input: ContainerStatusInput): ContainerStatus[] {
  return statusesOf(input.pod.spec?.containers ?? [], input).sort((a, b) => compareBytes(a.name, b.name));
}

function statusesOf(containers: readonly Container[], input: ContainerStatusInput): ContainerStatus[] {
  return containers.map((container) => withStartFailure(container, statusOf(container, input), input));
}

function statusOf(container: Container, input: ContainerStatusInput): ContainerStatus {
  const [latest, before] = input.runtime.containers.filter(({ name }) => name === container.name);
  const previous = input.previous.find(({ name }) => name === container.name);
  if (!latest) return statusWithoutContainer(container, previous, input);
  return {
    name: container.name,
    state: stateOf(container, latest),
    lastState: before ? stateOf(container, before) : lastStateOf(latest, previous),
    ready: false,
    restartCount: latest.restartCount,
    image: latest.image,
    imageID: latest.imageRef,
    containerID: `containerd://${latest.id}`,
    ...containerResourceStatus(container),
    ...mountStatuses(container, input),
    user: { linux: latest.user },
  };
}

/** The end of the container before is told on after the runtime has cleared that one away. */
function lastStateOf({ id }: ContainerRuntimeStatus, previous: ContainerStatus | undefined): ContainerState {
  return (previous?.containerID === `containerd://${id}` && previous.lastState) || {};
}

/** The runtime knows of no container: it is not there yet, or has been cleared away. */
function statusWithoutContainer(
  container: Container,
  previous: ContainerStatus | undefined,
  input: ContainerStatusInput,
): ContainerStatus {
  if (previous?.state?.terminated) return previous;
  const initializing = (input.pod.spec?.initContainers ?? []).length > 0;
  const lost = previous?.state?.running && input.pod.metadata.deletionTimestamp;
  return {
    name: container.name,
    state: lost ? lostState : { waiting: { reason: initializing ? 'PodInitializing' : 'ContainerCreating' } },
    lastState: previous?.lastState ?? {},
    ready: false,
    restartCount: previous?.restartCount ?? 0,
    image: container.image ?? '',
    imageID: '',
    ...mountStatuses(container, input),
  };
}

const lostState: ContainerState = {
  terminated: {
    exitCode: 137,
    reason: 'ContainerStatusUnknown',
    message: 'The container could not be located when the pod was deleted.  The container used to be Running',
    startedAt: null,
    finishedAt: null,
  },
};

function stateOf(container: Container, status: ContainerRuntimeStatus): ContainerState {
  const { state, startedAt, finishedAt, exitCode, reason } = status;
  const message = terminationMessage(container, status);
  const startTime = startedAt === undefined ? never : formatTime(startedAt);
  if (state === 'running') return { running: { startedAt: startTime } };
  if (state === 'created') return { waiting: {} };
  return {
    terminated: {
      exitCode,
      reason,
      ...(message && { message }),
      startedAt: startTime,
      finishedAt: finishedAt === undefined ? never : formatTime(finishedAt),
      containerID: `containerd://${status.id}`,
    },
  };
}

/** A failed container without a message may let its log speak. */
function terminationMessage(
  { terminationMessagePolicy }: Container,
  { message, log, exitCode }: ContainerRuntimeStatus,
): string {
  return message || (terminationMessagePolicy === 'FallbackToLogsOnError' && exitCode !== 0 ? log : '');
}

/** A container that is to be started and could not be waits, with the reason of the last attempt. */
function withStartFailure(container: Container, status: ContainerStatus, input: ContainerStatusInput): ContainerStatus {
  if (!shouldBeRestarted(container, input.pod, input.runtime)) return status;
  const failure = input.reasons.get(uidOf(input.pod), container.name);
  if (!failure) return status;
  const { reason, message } = failure;
  return {
    ...status,
    lastState: status.state?.terminated ? status.state : status.lastState,
    state: { waiting: { reason, ...(message && { message }) } },
  };
}

function mountStatuses(
  { volumeMounts = [] }: Container,
  { recursiveReadOnly }: ContainerStatusInput,
): { volumeMounts?: readonly VolumeMountStatus[] } {
  if (recursiveReadOnly === undefined || volumeMounts.length === 0) return {};
  const told = volumeMounts.map(({ name, mountPath, readOnly, recursiveReadOnly: wanted }): VolumeMountStatus => {
    if (!readOnly) return { name, mountPath };
    const enabled = wanted === 'Enabled' || (wanted === 'IfPossible' && recursiveReadOnly);
    return { name, mountPath, readOnly: true, recursiveReadOnly: enabled ? 'Enabled' : 'Disabled' };
  });
  return { volumeMounts: told };
}
