// Lists of conditions as the workload controllers keep them: one of each type, a changed one goes to the end
// (k8s.io/kubernetes/pkg/controller/deployment/util and pkg/controller/replicaset/replica_set_utils.go).
import { copyWith } from '../../base/copy.ts';

interface ConditionLike {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly lastTransitionTime?: string | null;
}

export function findCondition<C extends ConditionLike>(conditions: readonly C[], type: string): C | undefined {
  return conditions.find((condition) => condition.type === type);
}

export function withoutCondition<C extends ConditionLike>(conditions: readonly C[], type: string): readonly C[] {
  return conditions.filter((condition) => condition.type !== type);
}

/** Sets a condition unless it stands with the same status and reason; with the same status it keeps its transition time. */
export function withCondition<C extends ConditionLike>(conditions: readonly C[], condition: C): readonly C[] {
  const current = findCondition(conditions, condition.type);
  if (current?.status === condition.status && current.reason === condition.reason) return conditions;
  const kept =
    current?.status === condition.status
      ? copyWith(condition, { lastTransitionTime: current.lastTransitionTime })
      : condition;
  return [...withoutCondition(conditions, condition.type), kept];
}
