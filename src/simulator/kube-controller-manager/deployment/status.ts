// A Deployment's status: counts and conditions from its ReplicaSets
// (k8s.io/kubernetes/pkg/controller/deployment/sync.go and progress.go, v1.36).
import { copyWith } from '../../../base/copy.ts';
import type {
  Deployment,
  DeploymentCondition,
  DeploymentStatus,
  ReplicaSet,
  ReplicaSetCondition,
} from '../../../api/object.ts';
import { findCondition, withCondition, withoutCondition } from '../conditions.ts';
import { count, nonEmpty } from '../go-status.ts';
import { formatTime, parseTime } from '../../kernel/time.ts';
import { availableReplicas, maxUnavailable, replicasOf, specReplicas, statusReplicas } from './fenceposts.ts';

/** The ReplicaSet of the Deployment's template (there may be none yet) and all others. */
export interface ReplicaSets {
  readonly newest: ReplicaSet | undefined;
  readonly old: readonly ReplicaSet[];
}

export function allOf({ newest, old }: ReplicaSets): readonly ReplicaSet[] {
  return newest ? [...old, newest] : old;
}

/** Reasons of the Progressing condition. */
export const newReplicaSetCreated = 'NewReplicaSetCreated';
export const foundNewReplicaSet = 'FoundNewReplicaSet';
export const replicaSetCreateError = 'ReplicaSetCreateError';
export const deploymentPaused = 'DeploymentPaused';
export const deploymentResumed = 'DeploymentResumed';
export const timedOut = 'ProgressDeadlineExceeded';
const newReplicaSetAvailable = 'NewReplicaSetAvailable';
const replicaSetUpdated = 'ReplicaSetUpdated';

/** The largest int32 stands for "no deadline". */
const noDeadline = 2_147_483_647;

export function hasProgressDeadline({ spec }: Deployment): boolean {
  const seconds = spec?.progressDeadlineSeconds;
  return seconds !== undefined && seconds !== noDeadline;
}

export function progressing(deployment: Deployment): DeploymentCondition | undefined {
  return findCondition(deployment.status?.conditions ?? [], 'Progressing');
}

export function makeCondition(
  type: string,
  status: string,
  reason: string,
  message: string,
  now: number,
): DeploymentCondition {
  const time = formatTime(now);
  return { type, status, reason, message, lastUpdateTime: time, lastTransitionTime: time };
}

/** The Deployment with a condition set, in memory. */
export function withDeploymentCondition(deployment: Deployment, condition: DeploymentCondition): Deployment {
  const conditions = withCondition(deployment.status?.conditions ?? [], condition);
  return copyWith(deployment, { status: copyWith(deployment.status, { conditions }) });
}

/** calculateStatus: the counts and the Available condition. */
export function calculateStatus(deployment: Deployment, sets: ReplicaSets, now: number): DeploymentStatus {
  const all = allOf(sets);
  const available = availableReplicas(all);
  const enough = available >= replicasOf(deployment) - maxUnavailable(deployment);
  const availability = enough
    ? makeCondition('Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.', now)
    : makeCondition(
        'Available',
        'False',
        'MinimumReplicasUnavailable',
        'Deployment does not have minimum availability.',
        now,
      );
  return {
    observedGeneration: deployment.metadata.generation,
    replicas: count(statusReplicas(all)),
    updatedReplicas: count(sets.newest?.status?.replicas ?? 0),
    readyReplicas: count(all.reduce((sum, { status }) => sum + (status?.readyReplicas ?? 0), 0)),
    availableReplicas: count(available),
    unavailableReplicas: count(Math.max(specReplicas(all) - available, 0)),
    terminatingReplicas: terminatingReplicas(all),
    conditions: withCondition(deployment.status?.conditions ?? [], availability),
    collisionCount: deployment.status?.collisionCount,
  };
}

/** The sum of terminating Pods; unknown as long as a ReplicaSet that was synced does not say its own. */
function terminatingReplicas(replicaSets: readonly ReplicaSet[]): number | undefined {
  let sum = 0;
  for (const { status } of replicaSets) {
    if (status?.terminatingReplicas !== undefined) sum += status.terminatingReplicas;
    else if (status?.observedGeneration) return undefined;
  }
  return sum;
}

/** DeploymentComplete: all Pods are of the new template and available, and no old one is left. */
export function isComplete(deployment: Deployment, status: DeploymentStatus): boolean {
  const replicas = replicasOf(deployment);
  return (
    (status.updatedReplicas ?? 0) === replicas &&
    (status.replicas ?? 0) === replicas &&
    (status.availableReplicas ?? 0) === replicas &&
    (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0)
  );
}

/** DeploymentProgressing: more new, fewer old, more ready or more available Pods than the last status said. */
function isProgressing(before: DeploymentStatus, now: DeploymentStatus): boolean {
  const old = ({ replicas = 0, updatedReplicas = 0 }: DeploymentStatus) => replicas - updatedReplicas;
  return (
    (now.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    old(now) < old(before) ||
    (now.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (now.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  );
}

/** Virtual milliseconds at which a Deployment without progress has run out of time. */
function deadlineOf(deployment: Deployment, condition: DeploymentCondition): number {
  const since = parseTime(condition.lastUpdateTime ?? '') ?? 0;
  return since + (deployment.spec?.progressDeadlineSeconds ?? 0) * 1000;
}

/** DeploymentTimedOut. */
function hasTimedOut(deployment: Deployment, status: DeploymentStatus, now: number): boolean {
  const condition = findCondition(status.conditions ?? [], 'Progressing');
  if (!hasProgressDeadline(deployment) || !condition || condition.reason === newReplicaSetAvailable) return false;
  return condition.reason === timedOut || deadlineOf(deployment, condition) < now;
}

/**
 * When a Deployment that makes no progress must be looked at again (requeueStuckDeployment): virtual milliseconds from
 * now, undefined if never.
 */
export function stuckCheckDelay(deployment: Deployment, status: DeploymentStatus, now: number): number | undefined {
  const current = progressing(deployment);
  if (!hasProgressDeadline(deployment) || !current) return undefined;
  if (isComplete(deployment, status) || current.reason === timedOut) return undefined;
  // A second more, because times are written in whole seconds.
  return Math.max(deadlineOf(deployment, current) - now, 0) + 1000;
}

/** syncRolloutStatus: the status with how the rollout goes and what its ReplicaSets failed at. */
export function rolloutStatus(deployment: Deployment, sets: ReplicaSets, now: number): DeploymentStatus {
  const status = calculateStatus(deployment, sets, now);
  const conditions = withReplicaFailure(progressConditions(deployment, sets, status, now), sets);
  return copyWith(status, { conditions: nonEmpty(conditions) });
}

function progressConditions(
  deployment: Deployment,
  { newest }: ReplicaSets,
  status: DeploymentStatus,
  now: number,
): readonly DeploymentCondition[] {
  const conditions = status.conditions ?? [];
  if (!hasProgressDeadline(deployment)) return withoutCondition(conditions, 'Progressing');
  const current = progressing(deployment);
  const wasComplete = status.replicas === status.updatedReplicas && current?.reason === newReplicaSetAvailable;
  if (wasComplete) return conditions;
  const subject = newest ? `ReplicaSet "${newest.metadata.name}"` : `Deployment "${deployment.metadata.name}"`;
  const tell = (progress: 'True' | 'False', reason: string, what: string) =>
    makeCondition('Progressing', progress, reason, `${subject} ${what}`, now);
  if (isComplete(deployment, status)) {
    return withCondition(conditions, tell('True', newReplicaSetAvailable, 'has successfully progressed.'));
  }
  if (isProgressing(deployment.status ?? {}, status)) {
    const condition = tell('True', replicaSetUpdated, 'is progressing.');
    const since = current?.status === 'True' ? current.lastTransitionTime : condition.lastTransitionTime;
    return [...withoutCondition(conditions, 'Progressing'), copyWith(condition, { lastTransitionTime: since })];
  }
  if (hasTimedOut(deployment, status, now)) {
    return withCondition(conditions, tell('False', timedOut, 'has timed out progressing.'));
  }
  return conditions;
}

/** The failure of the newest ReplicaSet, or else of any, as the Deployment's own. */
function withReplicaFailure(
  conditions: readonly DeploymentCondition[],
  sets: ReplicaSets,
): readonly DeploymentCondition[] {
  const failureOf = (replicaSet: ReplicaSet | undefined) =>
    findCondition(replicaSet?.status?.conditions ?? [], 'ReplicaFailure');
  const failure = failureOf(sets.newest) ?? allOf(sets).map(failureOf).find(Boolean);
  return failure
    ? withCondition(conditions, deploymentFailure(failure))
    : withoutCondition(conditions, 'ReplicaFailure');
}

/** ReplicaSetToDeploymentCondition. */
function deploymentFailure({ status, reason, message, lastTransitionTime }: ReplicaSetCondition): DeploymentCondition {
  return {
    type: 'ReplicaFailure',
    status,
    lastUpdateTime: lastTransitionTime,
    lastTransitionTime,
    reason,
    message,
  };
}
