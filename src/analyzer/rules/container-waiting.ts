// A container does not get to run, or not for long: its image cannot be pulled, it cannot be created, or it keeps exiting.
import type { Container, ContainerStatus, Pod } from '../../api/object.ts';
import { refOf } from '../../api/object.ts';
import type { Trace } from '../../simulator/index.ts';
import type { Evidence, Finding, Rule } from '../finding.ts';
import { missingForContainer } from '../missing-reference.ts';
import { attribute, finalKey } from '../subject.ts';

interface Place {
  readonly container: Container;
  /** `spec.containers[0]`. */
  readonly path: string;
}

interface Trouble extends Pick<Finding, 'id' | 'explanation' | 'dependsOn'> {
  /** The field of the Pod that decides it. */
  readonly path: string;
}

type TroubleOf = (place: Place, message: string) => Trouble;

const image =
  (explanation: (container: Container) => string, field = 'image'): TroubleOf =>
  ({ container, path }) => ({
    id: 'image-pull',
    path: `${path}.${field}`,
    explanation: explanation(container),
  });

const pullFails = image(
  ({ name, image: reference }) =>
    `The node cannot pull ${reference} for container ${name}: check the name, the tag and whether the node may read the registry.`,
);

const notCreated: TroubleOf = ({ container, path }, message) => {
  const missing = missingForContainer(message, container, path);
  return {
    id: 'container-create',
    path: missing?.path ?? `${path}.name`,
    ...(missing && { dependsOn: 'objects' }),
    explanation: missing
      ? `Container ${container.name} needs ${missing.what}, which is not there: create it, or correct the name.`
      : `Container ${container.name} cannot be created or started as its spec says.`,
  };
};

const keepsExiting: TroubleOf = ({ container, path }) => ({
  id: 'crash-loop',
  path: `${path}.name`,
  explanation: `Container ${container.name} keeps exiting, and the kubelet waits longer before each restart: look at what its program needs.`,
});

/** Reasons of a waiting container, as the kubelet sets them. */
const troubles: Readonly<Record<string, TroubleOf>> = {
  ErrImagePull: pullFails,
  ImagePullBackOff: pullFails,
  InvalidImageName: image(({ image: reference }) => `${reference} is not a valid image reference: correct it.`),
  ErrImageNeverPull: image(
    ({ image: reference }) => `${reference} is not on the node, and imagePullPolicy Never forbids pulling it.`,
    'imagePullPolicy',
  ),
  CreateContainerConfigError: notCreated,
  CreateContainerError: notCreated,
  RunContainerError: notCreated,
  CrashLoopBackOff: keepsExiting,
};

export const containerWaiting: Rule = {
  ids: ['image-pull', 'container-create', 'crash-loop'],
  find: (evidence) =>
    [...evidence.final.values()].flatMap((object) =>
      object.kind === 'Pod' ? findingsOf(object as Pod, evidence) : [],
    ),
};

function findingsOf(pod: Pod, evidence: Evidence): Finding[] {
  const lists = [
    ['spec.initContainers', pod.status?.initContainerStatuses ?? [], pod.spec?.initContainers ?? []],
    ['spec.containers', pod.status?.containerStatuses ?? [], pod.spec?.containers ?? []],
  ] as const;
  return lists.flatMap(([list, statuses, containers]) =>
    statuses.flatMap((status) => {
      const index = containers.findIndex(({ name }) => name === status.name);
      const container = containers[index];
      return (container && findingOf(pod, status, { container, path: `${list}[${index}]` }, evidence)) ?? [];
    }),
  );
}

function findingOf(pod: Pod, status: ContainerStatus, place: Place, evidence: Evidence): Finding | undefined {
  const { reason = '', message = '', seq } = waitingOf(pod, status, evidence.trace) ?? {};
  const trouble = troubles[reason]?.(place, message);
  if (!trouble) return undefined;
  const { subject, path } = attribute(pod, evidence);
  const { path: own, ...rest } = trouble;
  return {
    ...rest,
    severity: 'error',
    subject,
    related: [],
    field: { path: path(own) },
    message: message ? `${reason}: ${message}` : reason,
    steps: seq === undefined ? [] : [seq],
  };
}

interface Waiting {
  readonly reason?: string;
  readonly message?: string;
  readonly seq?: number;
}

/** What a container waits for at the end; one that was restarted before may just be running again, or have exited once more. */
function waitingOf(pod: Pod, { name, state, restartCount }: ContainerStatus, trace: Trace): Waiting | undefined {
  if (state?.waiting?.reason) {
    const { reason, message = '' } = state.waiting;
    return { reason, message, ...lastWrite(pod, trace) };
  }
  if (!restartCount) return undefined;
  const { exitCode, reason = '' } = state?.terminated ?? {};
  const restarts = pod.spec?.restartPolicy ?? 'Always';
  if (exitCode !== undefined && (restarts === 'Always' || (restarts === 'OnFailure' && exitCode !== 0))) {
    return { reason: 'CrashLoopBackOff', message: `${reason}, exit code ${exitCode}`, ...lastWrite(pod, trace) };
  }
  return lastBackOff(pod, name, trace);
}

function lastWrite(pod: Pod, trace: Trace): { seq: number } | undefined {
  const entry = trace.findLast((candidate) => candidate.type === 'store' && candidate.object === pod);
  return entry && { seq: entry.seq };
}

function lastBackOff(pod: Pod, name: string, trace: Trace): Waiting | undefined {
  const key = finalKey(refOf(pod));
  for (let seq = trace.length - 1; seq >= 0; seq--) {
    const entry = trace[seq];
    if (entry?.type !== 'store' || entry.object.kind !== 'Pod' || finalKey(refOf(entry.object)) !== key) continue;
    const { containerStatuses = [], initContainerStatuses = [] } = (entry.object as Pod).status ?? {};
    const waiting = [...containerStatuses, ...initContainerStatuses].find((one) => one.name === name)?.state?.waiting;
    if (waiting?.reason === 'CrashLoopBackOff') return { reason: waiting.reason, message: waiting.message ?? '', seq };
  }
  return undefined;
}
