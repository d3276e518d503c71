// What a PodDisruptionBudget says of itself, set by its controller and by evictions
// (k8s.io/component-helpers/apps/poddisruptionbudget, v1.36).
import type { Condition, PodDisruptionBudgetStatus as Status } from './object.ts';

const type = 'DisruptionAllowed';

/** What stands in a budget that was never looked at. */
export const uncounted: Status = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 };

/** The condition that says whether Pods may be evicted. */
export function disruptionAllowed({ conditions = [] }: Status): Condition | undefined {
  return conditions.find((condition) => condition.type === type);
}

/** Sets that condition by how many Pods may be evicted, or by what kept this from being counted. `now` as metav1.Time. */
export function withDisruptionAllowed(status: Status, now: string, problem?: string): Status {
  const isAllowed = problem === undefined && status.disruptionsAllowed > 0;
  const before = disruptionAllowed(status);
  const value = isAllowed ? 'True' : 'False';
  const counted = isAllowed ? 'SufficientPods' : 'InsufficientPods';
  const condition: Condition = {
    type,
    status: value,
    ...(status.observedGeneration && { observedGeneration: status.observedGeneration }),
    lastTransitionTime: before?.status === value ? before.lastTransitionTime : now,
    reason: problem === undefined ? counted : 'SyncFailed',
    message: problem ?? '',
  };
  const { conditions = [] } = status;
  return {
    ...status,
    conditions: before ? conditions.map((one) => (one === before ? condition : one)) : [...conditions, condition],
  };
}
