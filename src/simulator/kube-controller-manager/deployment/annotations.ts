// The annotations by which a Deployment and its ReplicaSets remember revisions and sizes
// (k8s.io/kubernetes/pkg/controller/deployment/util/deployment_util.go).
import { copyWith } from '../../../base/copy.ts';
import type { Deployment, ReplicaSet } from '../../../api/object.ts';

export const revisionAnnotation = 'deployment.kubernetes.io/revision';
const revisionHistoryAnnotation = 'deployment.kubernetes.io/revision-history';
const desiredReplicasAnnotation = 'deployment.kubernetes.io/desired-replicas';
const maxReplicasAnnotation = 'deployment.kubernetes.io/max-replicas';

/** Annotations of a Deployment that its ReplicaSets don't get. */
const notCopied = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  revisionAnnotation,
  revisionHistoryAnnotation,
  desiredReplicasAnnotation,
  maxReplicasAnnotation,
  'deprecated.deployment.rollback.to',
]);

/** How long the list of a ReplicaSet's former revisions may grow. */
const maxHistoryLength = 2000;

type Annotations = Readonly<Record<string, string>>;

/** The revision of a ReplicaSet, 0 without one. */
export function revisionOf(replicaSet: ReplicaSet): number {
  return Number(replicaSet.metadata.annotations?.[revisionAnnotation] ?? 0) || 0;
}

export function maxRevision(replicaSets: readonly ReplicaSet[]): number {
  return replicaSets.reduce((most, replicaSet) => Math.max(most, revisionOf(replicaSet)), 0);
}

/** How many replicas the Deployment had asked for when the ReplicaSet was last scaled. */
export function desiredReplicasOf(replicaSet: ReplicaSet): number | undefined {
  return numberOf(replicaSet, desiredReplicasAnnotation);
}

/** How many Pods there could have been with the surge when the ReplicaSet was last scaled. */
export function maxReplicasOf(replicaSet: ReplicaSet): number | undefined {
  return numberOf(replicaSet, maxReplicasAnnotation);
}

function numberOf(replicaSet: ReplicaSet, annotation: string): number | undefined {
  const text = replicaSet.metadata.annotations?.[annotation];
  return text !== undefined && /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}

/** SetReplicasAnnotations: the annotations with the sizes written down. */
export function withReplicas(annotations: Annotations | undefined, desired: number, most: number): Annotations {
  return copyWith(annotations, { [desiredReplicasAnnotation]: String(desired), [maxReplicasAnnotation]: String(most) });
}

/** ReplicasAnnotationsNeedUpdate. */
export function replicasDiffer({ metadata: { annotations } }: ReplicaSet, desired: number, most: number): boolean {
  return (
    annotations?.[desiredReplicasAnnotation] !== String(desired) || annotations[maxReplicasAnnotation] !== String(most)
  );
}

/**
 * SetNewReplicaSetAnnotations: what the annotations of the newest ReplicaSet should be, the Deployment's copied and the
 * revision at least as high as given. A ReplicaSet that was an old one becomes new by a rollback, and remembers its
 * former revision.
 */
export function newReplicaSetAnnotations(
  deployment: Deployment,
  current: Annotations | undefined,
  revision: number,
): Annotations {
  const result: Record<string, string> = copyWith(current, {});
  for (const [key, value] of Object.entries(deployment.metadata.annotations ?? {})) {
    if (!notCopied.has(key)) result[key] = value;
  }
  const former = current?.[revisionAnnotation];
  if ((Number(former ?? 0) || 0) >= revision) return result;
  result[revisionAnnotation] = String(revision);
  if (former !== undefined) {
    const history = longerHistory(current?.[revisionHistoryAnnotation] ?? '', former);
    if (history !== undefined) result[revisionHistoryAnnotation] = history;
  }
  return result;
}

/** The list with one more revision, the oldest left out where it would be too long. */
function longerHistory(history: string, revision: string): string | undefined {
  if (history === '') return revision;
  const revisions = history.split(',');
  let length = history.length + revision.length + 1;
  let start = 0;
  while (length > maxHistoryLength && start < revisions.length) length -= (revisions[start++] ?? '').length - 1;
  return length <= maxHistoryLength ? [...revisions.slice(start), revision].join(',') : undefined;
}
