// A ReplicaSet's status (k8s.io/kubernetes/pkg/controller/replicaset/replica_set_utils.go, v1.36).
import type {
  Pod,
  ReplicaSet,
  ReplicaSetCondition,
  ReplicaSetStatus,
  ReplicationController,
} from '../../../api/object.ts';
import { formatTime } from '../../kernel/time.ts';
import { findCondition, withCondition, withoutCondition } from '../conditions.ts';
import { count, nonEmpty } from '../go-status.ts';
import { isPodAvailable } from '../pod-state.ts';
import { podFactsOf } from './pod-facts.ts';

/** What a sync found: the Pods that count, how many are on their way out, and what the sync failed at. */
export interface ReplicaSetPods {
  readonly active: readonly Pod[];
  readonly terminating: number | undefined;
  readonly failure: string | undefined;
}

/** calculateStatus; `now` in virtual milliseconds. */
export function replicaSetStatus(
  replicaSet: ReplicaSet | ReplicationController,
  pods: ReplicaSetPods,
  now: number,
): ReplicaSetStatus {
  const { spec, metadata, status } = replicaSet;
  const { active, terminating, failure } = pods;
  const minReadySeconds = spec?.minReadySeconds ?? 0;
  let [fullyLabeled, ready, available] = [0, 0, 0];
  for (const pod of active) {
    const { isFullyLabeled, isReady } = podFactsOf(pod, replicaSet);
    if (isFullyLabeled) fullyLabeled++;
    if (!isReady) continue;
    ready++;
    if (minReadySeconds === 0 || isPodAvailable(pod, minReadySeconds, now)) available++;
  }
  return {
    replicas: active.length,
    fullyLabeledReplicas: count(fullyLabeled),
    readyReplicas: count(ready),
    availableReplicas: count(available),
    terminatingReplicas: terminating,
    observedGeneration: metadata.generation,
    conditions: nonEmpty(
      withFailure(status?.conditions ?? [], failure, active.length - (spec?.replicas ?? 1), formatTime(now)),
    ),
  };
}

/** A failure is told once, with what it kept from happening, and taken back when a sync goes well. */
function withFailure(
  conditions: readonly ReplicaSetCondition[],
  failure: string | undefined,
  surplus: number,
  lastTransitionTime: string,
): readonly ReplicaSetCondition[] {
  const type = 'ReplicaFailure';
  if (failure === undefined) return withoutCondition(conditions, type);
  if (findCondition(conditions, type)) return conditions;
  const reason = surplus < 0 ? 'FailedCreate' : 'FailedDelete';
  return withCondition(conditions, { type, status: 'True', reason, message: failure, lastTransitionTime });
}
