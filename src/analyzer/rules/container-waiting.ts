// A container does not get to run, or not for long: its image cannot be pulled, it cannot be created, or it keeps exiting.
import type { ContainerStatus, Pod } from '../../api/object.ts';
import type { Evidence, Finding, Rule } from '../finding.ts';
import { attribute } from '../subject.ts';

interface Trouble {
  readonly id: string;
  /** The field of the container that decides it. */
  readonly field: string;
  readonly explanation: (container: string, image: string) => string;
}

const image = (explanation: Trouble['explanation']): Trouble => ({ id: 'image-pull', field: '.image', explanation });
const pullFails: Trouble['explanation'] = (container, name) =>
  `The node cannot pull ${name} for container ${container}: check the name, the tag and whether the node may read the registry.`;
const created: Trouble = {
  id: 'container-create',
  field: '',
  explanation: (container) => `Container ${container} cannot be created from what its spec refers to.`,
};

/** Reasons of a waiting container, as the kubelet sets them. */
const troubles: Readonly<Record<string, Trouble>> = {
  ErrImagePull: image(pullFails),
  ImagePullBackOff: image(pullFails),
  InvalidImageName: image((_, name) => `${name} is not a valid image reference.`),
  ErrImageNeverPull: {
    ...image((_, name) => `${name} is not on the node, and imagePullPolicy Never forbids pulling it.`),
    field: '.imagePullPolicy',
  },
  CreateContainerConfigError: created,
  CreateContainerError: created,
  RunContainerError: created,
  CrashLoopBackOff: {
    id: 'crash-loop',
    field: '',
    explanation: (container) =>
      `Container ${container} keeps exiting, so the kubelet waits longer before each restart.`,
  },
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
      return findingOf(pod, status, `${list}[${index}]`, evidence) ?? [];
    }),
  );
}

function findingOf(pod: Pod, status: ContainerStatus, path: string, evidence: Evidence): Finding | undefined {
  const { reason = '', message } = status.state?.waiting ?? {};
  const trouble = troubles[reason];
  if (!trouble) return undefined;
  const attribution = attribute(pod, evidence);
  return {
    id: trouble.id,
    severity: 'error',
    subject: attribution.subject,
    field: { path: attribution.path(path + trouble.field) },
    message: message ? `${reason}: ${message}` : reason,
    explanation: trouble.explanation(status.name, status.image),
    related: [],
    steps: lastStatusWrite(pod, evidence),
    dependsOnCluster: true,
  };
}

function lastStatusWrite(pod: Pod, { trace }: Evidence): number[] {
  const entry = trace.findLast((e) => e.type === 'store' && e.object === pod);
  return entry ? [entry.seq] : [];
}
