// Whether a Job is over, and how it ended (syncJob in k8s.io/kubernetes/pkg/controller/job/job_controller.go, v1.36). A verdict stands in the
// status as FailureTarget or SuccessCriteriaMet until every Pod has been counted, and then as Failed or Complete.
import type { Job, JobCondition, Pod } from '../../../api/object.ts';
import { formatTime, parseTime } from '../../kernel/time.ts';
import { countOf } from './indexes.ts';
import { hasLimitPerIndex, isSuspended, type JobLook } from './look.ts';
import { isPodFailed } from './pods.ts';
import { judgeFailure, successMessage } from './policies.ts';

export function condition(type: string, reason: string, message: string, now: number, status = 'True'): JobCondition {
  const time = formatTime(now);
  return { type, status, lastProbeTime: time, lastTransitionTime: time, reason, message };
}

/** A condition of this type that holds. */
export function trueCondition({ status }: Job, type: string): JobCondition | undefined {
  return status?.conditions?.find((one) => one.type === type && one.status === 'True');
}

/** How the Job ended, if it has. */
export function finishedCondition(job: Job): JobCondition | undefined {
  return trueCondition(job, 'Complete') ?? trueCondition(job, 'Failed');
}

/** As ensureJobConditionStatus: the list as it was if it says so already. What never held is not said not to hold. */
export function withJobCondition(conditions: readonly JobCondition[], added: JobCondition): readonly JobCondition[] {
  const known = conditions.find(({ type }) => type === added.type);
  if (!known) return added.status === 'False' ? conditions : [...conditions, added];
  const same = known.status === added.status && known.reason === added.reason && known.message === added.message;
  return same ? conditions : conditions.map((one) => (one === known ? added : one));
}

/** The verdict before anything is done about the Pods; completions are looked at afterwards. `now` in virtual milliseconds. */
export function verdictOn(look: JobLook, now: number): JobCondition | undefined {
  const { job, pods } = look;
  const met = trueCondition(job, 'SuccessCriteriaMet');
  if (met) return met;
  const target = trueCondition(job, 'FailureTarget');
  if (target) return condition('Failed', target.reason ?? '', target.message ?? '', now);
  const failed = (reason: string, message: string) => condition('FailureTarget', reason, message, now);
  const policy = pods.find((pod) => isPodFailed(pod, job) && judgeFailure(job, pod).failsJob !== undefined);
  if (policy) return failed('PodFailurePolicy', judgeFailure(job, policy).failsJob ?? '');
  if (look.failed > backoffLimit(job) || restartsExceedLimit(job, pods)) {
    return failed('BackoffLimitExceeded', 'Job has reached the specified backoff limit');
  }
  if ((untilDeadline(job, now) ?? Infinity) <= 0) {
    return failed('DeadlineExceeded', 'Job was active longer than specified deadline');
  }
  const indexes = indexFailure(look);
  if (indexes) return failed(...indexes);
  const success = successMessage(job, look.succeededIndexes);
  return success === undefined ? undefined : condition('SuccessCriteriaMet', 'SuccessPolicy', success, now);
}

export function completionsReached(now: number): JobCondition {
  return condition('SuccessCriteriaMet', 'CompletionsReached', 'Reached expected number of succeeded pods', now);
}

/** Without completions a Job is done as soon as one Pod has succeeded and none is left. */
export function isComplete({ job, succeeded }: JobLook, active: number): boolean {
  return active === 0 && succeeded >= (job.spec?.completions ?? 1);
}

/** Virtual milliseconds until the Job has been active for too long; undefined: never. */
export function untilDeadline(job: Job, now: number): number | undefined {
  const { activeDeadlineSeconds } = job.spec ?? {};
  const start = parseTime(job.status?.startTime ?? '');
  if (activeDeadlineSeconds === undefined || start === undefined || isSuspended(job)) return undefined;
  return start + activeDeadlineSeconds * 1000 - now;
}

const backoffLimit = ({ spec }: Job) => spec?.backoffLimit ?? Infinity;

/** Pods that start their containers again themselves do not fail: their restarts count instead. */
function restartsExceedLimit(job: Job, pods: readonly Pod[]): boolean {
  if (job.spec?.template.spec?.restartPolicy !== 'OnFailure') return false;
  let restarts = 0;
  for (const { status } of pods) {
    if (status?.phase !== 'Running' && status?.phase !== 'Pending') continue;
    const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
    for (const { restartCount } of containers) restarts += restartCount;
  }
  return restarts >= Math.max(1, backoffLimit(job));
}

function indexFailure({ job, failedIndexes = [], succeededIndexes }: JobLook): [string, string] | undefined {
  const failed = countOf(failedIndexes);
  if (!hasLimitPerIndex(job) || failed === 0) return undefined;
  const { maxFailedIndexes = Infinity, completions = 0 } = job.spec ?? {};
  if (failed > maxFailedIndexes) {
    return ['MaxFailedIndexesExceeded', 'Job has exceeded the specified maximal number of failed indexes'];
  }
  const all = failed + countOf(succeededIndexes) >= completions;
  return all ? ['FailedIndexes', 'Job has failed indexes'] : undefined;
}
