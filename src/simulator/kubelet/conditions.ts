// The conditions a kubelet owns (pkg/kubelet/status/generate.go): their status, reasons and messages, in the order in which
// they are written. Times are the status manager's.
import type { Container, ContainerStatus, Pod, PodCondition } from '../../api/object.ts';
import { copyWith } from '../../base/copy.ts';
import { hasAnyRegularContainerStarted } from './phase.ts';
import { isRestartableInit } from './pod-names.ts';

const ownTypes = new Set(['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled']);

/** Whether a condition is the kubelet's; others keep theirs (readiness gates, DisruptionTarget). */
export const isOwnCondition = ({ type }: PodCondition) => ownTypes.has(type);

type Finding = Pick<PodCondition, 'status' | 'reason' | 'message'>;

const yes: Finding = { status: 'True' };
const no = (reason: string, message?: string): Finding => ({ status: 'False', reason, ...(message && { message }) });

interface ConditionInput {
  readonly pod: Pod;
  readonly phase: string;
  /** Whether there is a sandbox with its network. */
  readonly sandboxReady: boolean;
  readonly initStatuses: readonly ContainerStatus[];
  readonly statuses: readonly ContainerStatus[];
  /** Conditions of others, as the API has them. */
  readonly others: readonly PodCondition[];
}

/** The kubelet's conditions, without times. */
export function generateConditions(input: ConditionInput): PodCondition[] {
  const { pod, sandboxReady } = input;
  const observedGeneration = pod.metadata.generation;
  const byName = new Map([...input.initStatuses, ...input.statuses].map((status) => [status.name, status]));
  const containersReady = containersReadyOf(input, byName);
  const condition = (type: string, finding: Finding): PodCondition =>
    copyWith(observedGeneration ? { type, observedGeneration } : { type }, finding);
  return [
    condition('PodReadyToStartContainers', { status: sandboxReady ? 'True' : 'False' }),
    condition('Initialized', initializedOf(input, byName)),
    condition('Ready', readyOf(input, containersReady)),
    condition('ContainersReady', containersReady),
    condition('PodScheduled', yes),
  ];
}

function initializedOf({ pod, phase }: ConditionInput, byName: ReadonlyMap<string, ContainerStatus>): Finding {
  const { initContainers = [], containers = [] } = pod.spec ?? {};
  const unknown = initContainers.filter(({ name }) => !byName.has(name));
  if (phase === 'Succeeded' && unknown.length === 0) return { status: 'True', reason: 'PodCompleted' };
  if (hasAnyRegularContainerStarted(containers, byName)) return yes;
  const incomplete = initContainers.filter((container) => {
    const status = byName.get(container.name);
    return status && !(isRestartableInit(container) ? status.started : status.ready);
  });
  const message = unreadyMessage(unknown, incomplete, 'incomplete');
  return message ? no('ContainersNotInitialized', message) : yes;
}

function containersReadyOf({ pod, phase }: ConditionInput, byName: ReadonlyMap<string, ContainerStatus>): Finding {
  const { initContainers = [], containers = [] } = pod.spec ?? {};
  const watched = [...initContainers.filter(isRestartableInit), ...containers];
  const unknown = watched.filter(({ name }) => !byName.has(name));
  if (phase === 'Succeeded' && unknown.length === 0) return no('PodCompleted');
  if (phase === 'Failed') return no('PodFailed');
  const unready = watched.filter(({ name }) => byName.get(name)?.ready === false);
  const message = unreadyMessage(unknown, unready, 'unready');
  return message ? no('ContainersNotReady', message) : yes;
}

function readyOf({ pod, others }: ConditionInput, containersReady: Finding): Finding {
  if (containersReady.status !== 'True') return containersReady;
  const messages = (pod.spec?.readinessGates ?? []).flatMap(({ conditionType }) => {
    const gate = others.find(({ type }) => type === conditionType);
    if (!gate) return [`corresponding condition of pod readiness gate "${conditionType}" does not exist.`];
    if (gate.status === 'True') return [];
    return [`the status of pod readiness gate "${conditionType}" is not "True", but ${gate.status}`];
  });
  return messages.length > 0 ? no('ReadinessGatesNotReady', messages.join(', ')) : yes;
}

function unreadyMessage(unknown: readonly Container[], unready: readonly Container[], word: string): string {
  const list = (containers: readonly Container[]) => `[${containers.map(({ name }) => name).join(' ')}]`;
  return [
    ...(unknown.length > 0 ? [`containers with unknown status: ${list(unknown)}`] : []),
    ...(unready.length > 0 ? [`containers with ${word} status: ${list(unready)}`] : []),
  ].join(', ');
}
