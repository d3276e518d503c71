// How a Deployment gets from one template to the next: RollingUpdate and Recreate; and how it is scaled without either
// (k8s.io/kubernetes/pkg/controller/deployment/{rolling,recreate,sync}.go).
import type { ReplicaSet } from '../../../api/object.ts';
import { compareBytes } from '../../../base/order.ts';
import { isPodTerminal } from '../pod-state.ts';
import { desiredReplicasOf, revisionOf } from './annotations.ts';
import {
  activeReplicaSets,
  availableReplicas,
  isRollingUpdate,
  maxSurge,
  maxUnavailable,
  newReplicaCount,
  proportion,
  replicasOf,
  specReplicas,
  statusReplicas,
} from './fenceposts.ts';
import { allOf, isComplete, type ReplicaSets } from './status.ts';
import { byAge, type DeploymentSync } from './sync.ts';

/** rolloutRolling: first the new ReplicaSet up as far as the surge allows, else the old ones down as far as availability allows. */
export function rollingUpdate(sync: DeploymentSync): void {
  const sets = sync.sortReplicaSets({ create: true });
  const moved = scaleUpNewest(sync, sets) || scaleDownOld(sync, sets);
  if (!moved) cleanUpIfComplete(sync, sets);
  sync.syncRolloutStatus(sets);
}

/** rolloutRecreate: the old ReplicaSets down to nothing, and the new one only when no old Pod runs any more. */
export function recreate(sync: DeploymentSync): void {
  let sets = sync.sortReplicaSets({ create: false });
  const active = activeReplicaSets(sets.old);
  for (const replicaSet of active) sync.scale(replicaSet, 0);
  if (active.length > 0 || oldPodsRun(sync, sets)) return sync.syncRolloutStatus(sets);
  if (!sets.newest) sets = sync.sortReplicaSets({ create: true });
  if (sets.newest) scaleTo(sync, sets.newest, replicasOf(sync.deployment));
  cleanUpIfComplete(sync, sets);
  sync.syncRolloutStatus(sets);
}

/** sync: a Deployment that was scaled, or is paused. */
export function scaleOnly(sync: DeploymentSync): void {
  const sets = sync.sortReplicaSets({ create: false });
  scaleInPlace(sync, sets);
  if (sync.deployment.spec?.paused) cleanUp(sync, sets.old);
  sync.syncStatus(sets);
}

/** isScalingEvent: whether a ReplicaSet was last sized for another number of replicas. */
export function wasScaled(sync: DeploymentSync): boolean {
  const replicas = replicasOf(sync.deployment);
  return activeReplicaSets(allOf(sync.sortReplicaSets({ create: false }))).some((replicaSet) => {
    const desired = desiredReplicasOf(replicaSet);
    return desired !== undefined && desired !== replicas;
  });
}

/** scaleReplicaSetAndRecordEvent: nothing is written where the size is right, whatever the annotations say. */
function scaleTo(sync: DeploymentSync, replicaSet: ReplicaSet, replicas: number): boolean {
  if (replicasOf(replicaSet) === replicas) return false;
  sync.scale(replicaSet, replicas);
  return true;
}

function scaleUpNewest(sync: DeploymentSync, sets: ReplicaSets): boolean {
  const { newest } = sets;
  if (!newest) return false;
  const replicas = replicasOf(sync.deployment);
  const current = replicasOf(newest);
  if (current === replicas) return false;
  if (current > replicas) return scaleTo(sync, newest, replicas);
  return scaleTo(sync, newest, newReplicaCount(sync.deployment, allOf(sets), current));
}

/** reconcileOldReplicaSets: first the Pods that are not available anyway, then as many as need not be. */
function scaleDownOld(sync: DeploymentSync, sets: ReplicaSets): boolean {
  const { newest } = sets;
  const old = byAge(activeReplicaSets(sets.old));
  if (!newest || old.length === 0) return false;
  const minimum = replicasOf(sync.deployment) - maxUnavailable(sync.deployment);
  const newUnavailable = replicasOf(newest) - (newest.status?.availableReplicas ?? 0);
  const spare = specReplicas(allOf(sets)) - minimum - newUnavailable;
  if (spare <= 0) return false;
  const unavailable = (replicaSet: ReplicaSet) => replicasOf(replicaSet) - (replicaSet.status?.availableReplicas ?? 0);
  const cleaned = shrink(sync, old, spare, unavailable);
  const expendable = availableReplicas([...cleaned, newest]) - minimum;
  const left = shrink(sync, cleaned, expendable, replicasOf);
  return left.some((replicaSet, i) => replicaSet !== old[i]);
}

/** Takes at most `total` Pods from ReplicaSets, from each as many as may go; returns them as they are then. */
function shrink(
  sync: DeploymentSync,
  replicaSets: readonly ReplicaSet[],
  total: number,
  mayGo: (replicaSet: ReplicaSet) => number,
): readonly ReplicaSet[] {
  let left = total;
  return replicaSets.map((replicaSet) => {
    const by = Math.min(left, mayGo(replicaSet));
    if (by <= 0) return replicaSet;
    left -= by;
    return sync.scale(replicaSet, replicasOf(replicaSet) - by);
  });
}

/** oldPodsRunning: also Pods that are no longer counted, because they are being deleted, keep the new ones waiting. */
function oldPodsRun(sync: DeploymentSync, { newest, old }: ReplicaSets): boolean {
  if (statusReplicas(old) > 0) return true;
  return sync.replicaSets
    .filter((replicaSet) => replicaSet.metadata.uid !== newest?.metadata.uid)
    .some((replicaSet) => sync.world.podsOf(replicaSet).some((pod) => !isPodTerminal(pod)));
}

/** scale: one ReplicaSet takes all, or in the middle of a rollout each its share. */
function scaleInPlace(sync: DeploymentSync, sets: ReplicaSets): void {
  const { deployment } = sync;
  const replicas = replicasOf(deployment);
  const only = activeOrLatest(sets);
  if (only) {
    scaleTo(sync, only, replicas);
    return;
  }
  if (isSaturated(sync, sets.newest)) {
    for (const replicaSet of activeReplicaSets(sets.old)) scaleTo(sync, replicaSet, 0);
    return;
  }
  if (!isRollingUpdate(deployment)) return;
  const active = activeReplicaSets(allOf(sets));
  const allowed = replicas > 0 ? replicas + maxSurge(deployment) : 0;
  const toAdd = allowed - specReplicas(active);
  const ordered = toAdd === 0 ? active : bySize(active, toAdd > 0 ? 'newer first' : 'older first');
  let added = 0;
  const sizes = ordered.map((replicaSet) => {
    const share = proportion(replicaSet, deployment, toAdd, added);
    added += share;
    return replicasOf(replicaSet) + share;
  });
  // The largest takes what rounding left over.
  for (const [index, replicaSet] of ordered.entries()) {
    const size = sizes[index] ?? 0;
    sync.scale(replicaSet, index === 0 && toAdd !== 0 ? Math.max(size + toAdd - added, 0) : size);
  }
}

/** FindActiveOrLatest: the only ReplicaSet with Pods, or without any the newest there is; none where several have Pods. */
function activeOrLatest(sets: ReplicaSets): ReplicaSet | undefined {
  const active = activeReplicaSets(allOf(sets));
  if (active.length > 1) return undefined;
  return active[0] ?? sets.newest ?? byAge(sets.old).at(-1);
}

/** IsSaturated: the new ReplicaSet has all the replicas, and they are available. */
function isSaturated({ deployment }: DeploymentSync, newest: ReplicaSet | undefined): boolean {
  const replicas = replicasOf(deployment);
  return (
    newest !== undefined &&
    replicasOf(newest) === replicas &&
    desiredReplicasOf(newest) === replicas &&
    newest.status?.availableReplicas === replicas
  );
}

/** Largest first; of equal ones the newer or the older. */
function bySize(replicaSets: readonly ReplicaSet[], tie: 'newer first' | 'older first'): ReplicaSet[] {
  return replicaSets.toSorted((a, b) => {
    const age = compareBytes(a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '');
    return replicasOf(b) - replicasOf(a) || (tie === 'newer first' ? -age : age);
  });
}

function cleanUpIfComplete(sync: DeploymentSync, { old }: ReplicaSets): void {
  if (isComplete(sync.deployment, sync.deployment.status ?? {})) cleanUp(sync, old);
}

/** cleanupDeployment: deletes the oldest revisions beyond revisionHistoryLimit, if they are empty. */
function cleanUp(sync: DeploymentSync, old: readonly ReplicaSet[]): void {
  const limit = sync.deployment.spec?.revisionHistoryLimit;
  if (limit === undefined) return;
  const kept = old.filter(({ metadata }) => !metadata.deletionTimestamp);
  const surplus = kept.toSorted((a, b) => revisionOf(a) - revisionOf(b)).slice(0, Math.max(kept.length - limit, 0));
  for (const replicaSet of surplus) {
    const { metadata, status } = replicaSet;
    const settled = (metadata.generation ?? 0) <= (status?.observedGeneration ?? 0);
    if ((status?.replicas ?? 0) === 0 && replicasOf(replicaSet) === 0 && settled) sync.deleteReplicaSet(replicaSet);
  }
}
