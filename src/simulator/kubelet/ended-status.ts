// The last status of a Pod: nothing of it may be told as waiting or running any more (TerminatePod of status_manager.go).
import type { ContainerState, ContainerStatus, Pod, PodStatus } from '../../api/object.ts';
import { isTerminalPhase } from '../../api/pod-phase.ts';
import { isRestartableInit } from './pod-names.ts';

/** Nobody saw how the container ended; it counts as failed. */
const lost: ContainerState = {
  terminated: {
    exitCode: 137,
    reason: 'ContainerStatusUnknown',
    message: 'The container could not be located when the pod was terminated',
    startedAt: null,
    finishedAt: null,
  },
};

/** What was not reached any more stays waiting: init containers after the last that was started, and the Pod's own after those. */
export function endedStatus(pod: Pod, status: PodStatus): PodStatus {
  const { containerStatuses = [], initContainerStatuses = [] } = status;
  const reached = Math.max(1, initContainerStatuses.findLastIndex(wasStarted) + 1);
  const inits = initContainerStatuses.map((container, i) => (i < reached ? ended(container) : container));
  const initialized = wasInitialized(pod, status);
  return {
    ...status,
    ...(containerStatuses.length > 0 && {
      containerStatuses: initialized ? containerStatuses.map(ended) : containerStatuses,
    }),
    ...(inits.length > 0 && { initContainerStatuses: inits }),
    phase: isTerminalPhase(status.phase) ? status.phase : 'Failed',
  };
}

const ended = (status: ContainerStatus): ContainerStatus =>
  status.state?.terminated ? status : { ...status, state: lost };

const wasStarted = ({ state, lastState }: ContainerStatus) => !state?.waiting || lastState?.terminated !== undefined;

function wasInitialized({ spec }: Pod, { containerStatuses = [], initContainerStatuses = [] }: PodStatus): boolean {
  if ((spec?.initContainers ?? []).length === 0 || containerStatuses.some(wasStarted)) return true;
  const last = initContainerStatuses.at(-1);
  const container = spec?.initContainers?.at(-1);
  if (!last || !container) return false;
  if (isRestartableInit(container)) return last.state?.running !== undefined && (last.started ?? false);
  return (last.state?.terminated ?? last.lastState?.terminated)?.exitCode === 0;
}
