// On which nodes the Pods of a DaemonSet belong, and how they are made for one (daemon_controller.go and daemonset_util.go).
import { matchesRequiredNodeAffinity } from '../../../api/node-selector.ts';
import type { Affinity, DaemonSet, Node, Pod, Toleration } from '../../../api/object.ts';
import { untoleratedTaints } from '../../../api/tolerations.ts';
import { podFromTemplate } from '../pod-from-template.ts';

export const revisionLabel = 'controller-revision-hash';
const generationLabel = 'pod-template-generation';
const generationAnnotation = 'deprecated.daemonset.template.generation';

const always = (name: string, effect: string): Toleration => ({
  key: `node.kubernetes.io/${name}`,
  operator: 'Exists',
  effect,
});

/** What daemons put up with: a node is theirs, whatever its state. */
const tolerated: readonly Toleration[] = [
  always('not-ready', 'NoExecute'),
  always('unreachable', 'NoExecute'),
  always('disk-pressure', 'NoSchedule'),
  always('memory-pressure', 'NoSchedule'),
  always('pid-pressure', 'NoSchedule'),
  always('unschedulable', 'NoSchedule'),
];

/** AddOrUpdateDaemonPodTolerations. */
function tolerationsOf({ spec }: DaemonSet): Toleration[] {
  const { tolerations = [], hostNetwork } = spec?.template.spec ?? {};
  const own = hostNetwork ? [...tolerated, always('network-unavailable', 'NoSchedule')] : tolerated;
  const isSame = (a: Toleration, b: Toleration) =>
    a.key === b.key && a.operator === b.operator && a.effect === b.effect && (a.value ?? '') === (b.value ?? '');
  const given = tolerations.map((toleration) => own.find((other) => isSame(other, toleration)) ?? toleration);
  return [...given, ...own.filter((toleration) => !given.includes(toleration))];
}

/** Whether a Pod belongs on a node, and whether one that is there may stay. */
export interface Placement {
  readonly runs: boolean;
  readonly stays: boolean;
}

/** NodeShouldRunDaemonPod. */
export function placementOn(daemonSet: DaemonSet, node: Node): Placement {
  const template = daemonSet.spec?.template;
  const { nodeName } = template?.spec ?? {};
  const pod = podFromTemplate(daemonSet, template);
  const isMeant = (!nodeName || nodeName === node.metadata.name) && matchesRequiredNodeAffinity(pod, node);
  if (!isMeant) return { runs: false, stays: false };
  const repelledBy = untoleratedTaints(node.spec?.taints, tolerationsOf(daemonSet), ['NoSchedule', 'NoExecute']);
  return { runs: repelledBy.length === 0, stays: !repelledBy.some(({ effect }) => effect === 'NoExecute') };
}

const generationOf = ({ metadata }: DaemonSet) => metadata.annotations?.[generationAnnotation];

/** IsPodUpdated: of the revision with the hash, or of the generation that older versions counted. */
export function isUpdated(daemonSet: DaemonSet, { metadata }: Pod, hash: string): boolean {
  const generation = generationOf(daemonSet);
  const isOfGeneration = generation !== undefined && metadata.labels?.[generationLabel] === generation;
  return isOfGeneration || metadata.labels?.[revisionLabel] === hash;
}

/** The Pod for a node: bound to it by affinity, so that the scheduler gives it no other. */
export function podForNode(daemonSet: DaemonSet, nodeName: string, hash: string): Pod {
  const pod = podFromTemplate(daemonSet, daemonSet.spec?.template);
  const generation = generationOf(daemonSet);
  const { metadata, spec = { containers: [] } } = pod;
  return {
    ...pod,
    metadata: {
      ...metadata,
      labels: { ...metadata.labels, ...(generation && { [generationLabel]: generation }), [revisionLabel]: hash },
    },
    spec: { ...spec, tolerations: tolerationsOf(daemonSet), affinity: onNode(spec.affinity, nodeName) },
  };
}

/** ReplaceDaemonSetPodNodeNameNodeAffinity. */
function onNode(affinity: Affinity | undefined, nodeName: string): Affinity {
  const matchFields = [{ key: 'metadata.name', operator: 'In', values: [nodeName] }];
  return {
    ...affinity,
    nodeAffinity: {
      ...affinity?.nodeAffinity,
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields }] },
    },
  };
}

/** GetTargetNodeName: the node that the Pod has, or waits for. */
export function targetNodeOf({ spec }: Pod): string | undefined {
  if (spec?.nodeName) return spec.nodeName;
  const required = spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  for (const { matchFields = [] } of required?.nodeSelectorTerms ?? []) {
    const named = matchFields.find(({ key, operator }) => key === 'metadata.name' && operator === 'In');
    if (named) return named.values?.length === 1 ? named.values[0] : undefined;
  }
  return undefined;
}
