// `kubectl get pods`: the STATUS column tells in one word what a Pod's phase, containers and deletion add up to
// (printPod in k8s.io/kubernetes/pkg/printers/internalversion/printers.go).
import { isTerminalPhase } from '../../../../api/pod-phase.ts';
import type { Container, ContainerState, ContainerStatus, Pod, PodStatus } from '../../../../api/object.ts';
import { age } from '../../human-duration.ts';
import { tablePrinter } from '../table.ts';
import { ageOf, nameOf, none } from './cells.ts';

export const podPrinter = tablePrinter<Pod>(
  ['Name', 'Ready', 'Status', 'Restarts', 'Age', '[IP]', '[Node]', '[Nominated Node]', '[Readiness Gates]'],
  (pod, moment) => {
    const { ready, total, status, restarts, lastRestart } = summaryOf(pod);
    const when = restarts !== 0 && lastRestart ? ` (${age(moment.now, lastRestart)} ago)` : '';
    return [
      nameOf(pod),
      `${ready}/${total}`,
      status,
      `${restarts}${when}`,
      ageOf(pod, moment),
      pod.status?.podIPs?.[0]?.ip || none,
      pod.spec?.nodeName || none,
      pod.status?.nominatedNodeName || none,
      readinessGates(pod),
    ];
  },
);

interface PodSummary {
  readonly ready: number;
  readonly total: number;
  readonly status: string;
  readonly restarts: number;
  readonly lastRestart: string;
}

/** What has been counted on the way through the containers; `lastRestart` is an RFC 3339 time or empty. */
interface Count {
  ready: number;
  restarts: number;
  lastRestart: string;
}

function summaryOf(pod: Pod): PodSummary {
  const { spec, status = {}, metadata } = pod;
  const inits = spec?.initContainers ?? [];
  const sidecars = new Set(inits.filter(isRestartable).map(({ name }) => name));
  const total = (spec?.containers.length ?? 0) + sidecars.size;
  const gated = status.conditions?.some((c) => c.type === 'PodScheduled' && c.reason === 'SchedulingGated');
  let reason = gated ? 'SchedulingGated' : status.reason || status.phase || '';

  const init = initSummary(status, sidecars, inits.length);
  let count: Count = init.all;
  if (init.reason !== undefined) reason = init.reason;
  if (init.reason === undefined || isConditionTrue(status, 'Initialized')) {
    count = init.sidecars;
    reason = containersReason(status, reason, count);
  }
  if (metadata.deletionTimestamp) {
    if (status.reason === 'NodeLost') reason = 'Unknown';
    else if (!isTerminalPhase(status.phase)) reason = 'Terminating';
  }
  return { ...count, total, status: reason };
}

const isRestartable = ({ restartPolicy }: Container) => restartPolicy === 'Always';

const isConditionTrue = (status: PodStatus, type: string) =>
  status.conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false;

/** Goes through the init containers up to the one that the Pod waits for; `reason` is set if there is one. */
function initSummary(status: PodStatus, sidecars: ReadonlySet<string>, total: number) {
  const all: Count = { ready: 0, restarts: 0, lastRestart: '' };
  const ofSidecars: Count = { ready: 0, restarts: 0, lastRestart: '' };
  const statuses = status.initContainerStatuses ?? [];
  for (const [i, container] of statuses.entries()) {
    const sidecar = sidecars.has(container.name);
    countRestarts(all, container);
    if (sidecar) countRestarts(ofSidecars, container);
    const { state = {} } = container;
    if (state.terminated?.exitCode === 0) continue;
    if (sidecar && container.started) {
      if (container.ready) ofSidecars.ready = ++all.ready;
      continue;
    }
    return { all, sidecars: ofSidecars, reason: `Init:${initReason(state) ?? `${i}/${total}`}` };
  }
  return { all, sidecars: ofSidecars, reason: undefined };
}

function initReason({ terminated, waiting }: ContainerState): string | undefined {
  if (terminated) return terminatedReason(terminated);
  return waiting?.reason && waiting.reason !== 'PodInitializing' ? waiting.reason : undefined;
}

function terminatedReason({ reason, signal, exitCode }: NonNullable<ContainerState['terminated']>): string {
  return reason || (signal ? `Signal:${signal}` : `ExitCode:${exitCode}`);
}

function countRestarts(count: Count, { restartCount, lastState }: ContainerStatus): void {
  count.restarts += restartCount;
  const finished = lastState?.terminated?.finishedAt;
  // RFC 3339 times in UTC are in order as texts.
  if (finished && finished > count.lastRestart) count.lastRestart = finished;
}

/** The reason of the first container that is not running wins; `reason` stands if all are. Counts on the way. */
function containersReason(status: PodStatus, reason: string, count: Count): string {
  let found = reason;
  let running = false;
  for (const container of [...(status.containerStatuses ?? [])].reverse()) {
    countRestarts(count, container);
    const { state = {}, ready } = container;
    if (state.waiting?.reason) found = state.waiting.reason;
    else if (state.terminated) found = terminatedReason(state.terminated);
    else if (ready && state.running) {
      running = true;
      count.ready++;
    }
  }
  if (found !== 'Completed' || !running) return found;
  return isConditionTrue(status, 'Ready') ? 'Running' : 'NotReady';
}

function readinessGates({ spec, status }: Pod): string {
  const gates = spec?.readinessGates ?? [];
  if (gates.length === 0) return none;
  const open = gates.filter(({ conditionType }) => isConditionTrue(status ?? {}, conditionType));
  return `${open.length}/${gates.length}`;
}
