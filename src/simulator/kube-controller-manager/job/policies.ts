// What a Job's policies say to Pods that failed and to indexes that succeeded
// (k8s.io/kubernetes/pkg/controller/job: pod_failure_policy.go and success_policy.go, v1.36).
import type {
  ContainerStatus,
  Job,
  Pod,
  PodCondition,
  PodFailurePolicyOnExitCodesRequirement,
  PodFailurePolicyOnPodConditionsPattern,
} from '../../../api/object.ts';
import { countOf, overlap, parseIndexes, type Indexes } from './indexes.ts';

export interface FailureVerdict {
  /** `FailJob`, `FailIndex`, `Ignore`, `Count`; undefined: no rule matches. */
  readonly action?: string;
  /** Why the Job fails with this Pod. */
  readonly failsJob?: string;
}

/** Whether the failure counts against the back-off limits. */
export const counts = ({ action }: FailureVerdict) => action !== 'Ignore';

/** The first rule that matches a Pod which failed. */
export function judgeFailure({ spec }: Job, pod: Pod): FailureVerdict {
  for (const [index, { action, onExitCodes, onPodConditions }] of (spec?.podFailurePolicy?.rules ?? []).entries()) {
    const by = `matching ${action} rule at index ${index}`;
    const { namespace, name } = pod.metadata;
    const container = onExitCodes && endedContainer(pod, onExitCodes);
    const condition = !onExitCodes && onPodConditions && matchingCondition(pod, onPodConditions);
    if (!container && !condition) continue;
    if (action !== 'FailJob') return { action };
    const failsJob = container
      ? `Container ${container.name} for pod ${namespace}/${name} failed with exit code ${container.state?.terminated?.exitCode} ${by}`
      : `Pod ${namespace}/${name} has condition ${condition ? condition.type : ''} ${by}`;
    return { action, failsJob };
  }
  return {};
}

function endedContainer(
  { status }: Pod,
  { containerName, operator, values }: PodFailurePolicyOnExitCodesRequirement,
): ContainerStatus | undefined {
  const all = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])];
  return all.find(({ name, state }) => {
    const exitCode = state?.terminated?.exitCode ?? 0;
    if (exitCode === 0 || (containerName !== undefined && containerName !== name)) return false;
    return values?.includes(exitCode) === (operator === 'In');
  });
}

function matchingCondition(
  { status }: Pod,
  patterns: readonly PodFailurePolicyOnPodConditionsPattern[],
): PodCondition | undefined {
  return status?.conditions?.find((condition) =>
    patterns.some(({ type, status }) => type === condition.type && status === condition.status),
  );
}

/** Which rule says that enough has succeeded. */
export function successMessage({ spec }: Job, succeeded: Indexes): string | undefined {
  if (succeeded.length === 0) return undefined;
  const rule = (spec?.successPolicy?.rules ?? []).findIndex(({ succeededIndexes, succeededCount = Infinity }) => {
    if (succeededIndexes === undefined) return countOf(succeeded) >= succeededCount;
    const required = parseIndexes(succeededIndexes, spec?.completions ?? 0);
    const found = overlap(required, succeeded);
    return required.length > 0 && (found === countOf(required) || found >= succeededCount);
  });
  return rule < 0 ? undefined : `Matched rules at index ${rule}`;
}
