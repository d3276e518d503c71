// A StatefulSet's status (computeReplicaStatus in stateful_set_control.go).
import type { Pod, StatefulSet, StatefulSetStatus } from '../../../api/object.ts';
import { count } from '../go-status.ts';
import { isPodAvailable, isPodReady } from '../pod-state.ts';
import { replicasOf, revisionLabel } from './ordinals.ts';
import type { Revisions } from './revisions.ts';

export interface Counts {
  replicas: number;
  ready: number;
  available: number;
  current: number;
  updated: number;
}

/** `now` in virtual milliseconds. */
export function countPods(pods: readonly Pod[], set: StatefulSet, revisions: Revisions, now: number): Counts {
  const counts: Counts = { replicas: 0, ready: 0, available: 0, current: 0, updated: 0 };
  const minReadySeconds = set.spec?.minReadySeconds ?? 0;
  for (const pod of pods) {
    const phase = pod.status?.phase;
    if (!phase) continue;
    counts.replicas++;
    if (phase === 'Running' && isPodReady(pod)) {
      counts.ready++;
      if (isPodAvailable(pod, minReadySeconds, now)) counts.available++;
    }
    if (pod.metadata.deletionTimestamp) continue;
    const revision = pod.metadata.labels?.[revisionLabel];
    if (revision === revisions.current.metadata.name) counts.current++;
    if (revision === revisions.update.metadata.name) counts.updated++;
  }
  return counts;
}

/** The status to be written, undefined if nothing in it is new (inconsistentStatus, completeRollingUpdate). */
export function statusOf(set: StatefulSet, counts: Counts, revisions: Revisions): StatefulSetStatus | undefined {
  const wanted = replicasOf(set);
  const isComplete =
    set.spec?.updateStrategy?.type === 'RollingUpdate' &&
    counts.updated === wanted &&
    counts.ready === wanted &&
    counts.replicas === wanted;
  const update = revisions.update.metadata.name ?? '';
  const status: StatefulSetStatus = {
    observedGeneration: set.metadata.generation ?? 0,
    replicas: counts.replicas,
    ...withoutZero('readyReplicas', counts.ready),
    ...withoutZero('currentReplicas', isComplete ? counts.updated : counts.current),
    ...withoutZero('updatedReplicas', counts.updated),
    currentRevision: isComplete ? update : (revisions.current.metadata.name ?? ''),
    updateRevision: update,
    collisionCount: revisions.collisionCount,
    availableReplicas: counts.available,
  };
  return isNews(status, set.status) ? status : undefined;
}

function withoutZero(name: string, value: number): object {
  return count(value) === undefined ? {} : { [name]: value };
}

const compared = [
  'replicas',
  'currentReplicas',
  'readyReplicas',
  'updatedReplicas',
  'currentRevision',
  'availableReplicas',
  'updateRevision',
] as const;

function isNews(status: StatefulSetStatus, before: StatefulSetStatus | undefined): boolean {
  if ((status.observedGeneration ?? 0) > (before?.observedGeneration ?? 0)) return true;
  return compared.some((name) => (status[name] || undefined) !== (before?.[name] || undefined));
}
