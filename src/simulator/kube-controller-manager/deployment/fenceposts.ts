// How many Pods a rollout may have too many or too few, and how replicas are shared among ReplicaSets
// (k8s.io/kubernetes/pkg/controller/deployment/util/deployment_util.go).
import type { Deployment, ReplicaSet } from '../../../api/object.ts';
import { scaledValue } from '../scaled-value.ts';
import { maxReplicasOf } from './annotations.ts';

export function replicasOf(object: Deployment | ReplicaSet): number {
  return object.spec?.replicas ?? 1;
}

/** The sum of what the ReplicaSets are asked to have. */
export function specReplicas(replicaSets: readonly ReplicaSet[]): number {
  return replicaSets.reduce((sum, replicaSet) => sum + replicasOf(replicaSet), 0);
}

/** The sum of what the ReplicaSets have. */
export function statusReplicas(replicaSets: readonly ReplicaSet[]): number {
  return replicaSets.reduce((sum, { status }) => sum + (status?.replicas ?? 0), 0);
}

export function availableReplicas(replicaSets: readonly ReplicaSet[]): number {
  return replicaSets.reduce((sum, { status }) => sum + (status?.availableReplicas ?? 0), 0);
}

/** ReplicaSets that are asked to have Pods. */
export function activeReplicaSets(replicaSets: readonly ReplicaSet[]): readonly ReplicaSet[] {
  return replicaSets.filter((replicaSet) => replicasOf(replicaSet) > 0);
}

export function isRollingUpdate(deployment: Deployment): boolean {
  return deployment.spec?.strategy?.type !== 'Recreate';
}

/** How many Pods above its replicas a rolling update may have; none for Recreate. */
export function maxSurge(deployment: Deployment): number {
  return isRollingUpdate(deployment) ? fenceposts(deployment).surge : 0;
}

/** How many Pods a rolling update may miss: never more than there are, and none for Recreate. */
export function maxUnavailable(deployment: Deployment): number {
  const replicas = replicasOf(deployment);
  if (!isRollingUpdate(deployment) || replicas === 0) return 0;
  return Math.min(fenceposts(deployment).unavailable, replicas);
}

/** ResolveFenceposts: if both came out as 0, one Pod may be missing, or nothing would ever move. */
function fenceposts(deployment: Deployment): { surge: number; unavailable: number } {
  const { rollingUpdate } = deployment.spec?.strategy ?? {};
  const replicas = replicasOf(deployment);
  const surge = scaledValue(rollingUpdate?.maxSurge, replicas, true);
  const unavailable = scaledValue(rollingUpdate?.maxUnavailable, replicas, false);
  return surge === 0 && unavailable === 0 ? { surge: 0, unavailable: 1 } : { surge, unavailable };
}

/** NewRSNewReplicas: what the new ReplicaSet may have now, beside all others. */
export function newReplicaCount(deployment: Deployment, all: readonly ReplicaSet[], newReplicas: number): number {
  const replicas = replicasOf(deployment);
  if (!isRollingUpdate(deployment)) return replicas;
  const room = replicas + maxSurge(deployment) - specReplicas(all);
  return room <= 0 ? newReplicas : newReplicas + Math.min(room, replicas - newReplicas);
}

/** GetReplicaSetProportion: a ReplicaSet's share of the replicas that a scaled Deployment gets or loses in mid-rollout. */
export function proportion(replicaSet: ReplicaSet, deployment: Deployment, toAdd: number, added: number): number {
  if (replicasOf(replicaSet) === 0 || toAdd === 0 || toAdd === added) return 0;
  const fraction = replicaSetFraction(replicaSet, deployment);
  const allowed = toAdd - added;
  return toAdd > 0 ? Math.min(fraction, allowed) : Math.max(fraction, allowed);
}

function replicaSetFraction(replicaSet: ReplicaSet, deployment: Deployment): number {
  const size = replicasOf(replicaSet);
  if (replicasOf(deployment) === 0) return -size;
  const most = replicasOf(deployment) + maxSurge(deployment);
  // An annotation that is missing or 0 gives way to what the Deployment has, as if it had never been scaled.
  const mostBefore = maxReplicasOf(replicaSet) || (deployment.status?.replicas ?? 0);
  const share = (size * most) / mostBefore;
  return (share < 0 ? Math.ceil(share - 0.5) : Math.floor(share + 0.5)) - size;
}
