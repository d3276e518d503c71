// What a sync of a Job finds: its Pods, counted (the first half of syncJob in k8s.io/kubernetes/pkg/controller/job/job_controller.go, v1.36).
import type { Job, Pod } from '../../../api/object.ts';
import { isPodActive, isPodReady, isPodTerminating } from '../pod-state.ts';
import { nextBackOff, type BackOff } from './back-off.ts';
import { countOf, hasIndex, indexesOf, parseIndexes, union, type Indexes } from './indexes.ts';
import { allFailures, completionIndex, failureCount, finishedAt, indexFailures } from './pods.ts';
import { isPodFailed, isTracked, validIndex } from './pods.ts';
import { counts, judgeFailure } from './policies.ts';

export interface JobLook {
  readonly job: Job;
  readonly pods: readonly Pod[];
  readonly active: readonly Pod[];
  readonly ready: number;
  readonly terminating: number;
  /** With those whose Pods are not counted in the status yet. */
  readonly succeeded: number;
  readonly failed: number;
  readonly backOff: BackOff;
  /** Uids of Pods whose finalizer is on its way out. */
  readonly lettingGo: ReadonlySet<string>;
  readonly uncountedSucceeded: ReadonlySet<string>;
  readonly uncountedFailed: ReadonlySet<string>;
  /** Of an indexed Job: what the status says, and with the Pods that have ended since. */
  readonly countedIndexes: Indexes;
  readonly succeededIndexes: Indexes;
  /** Where each index has a back-off limit of its own. */
  readonly failedIndexes: Indexes | undefined;
  /** Failed Pods of an index that stay until there is another one to carry on the count of failures. */
  readonly kept: ReadonlyMap<number, Pod>;
}

export const isIndexed = ({ spec }: Job) => spec?.completionMode === 'Indexed';
export const hasLimitPerIndex = ({ spec }: Job) => spec?.backoffLimitPerIndex !== undefined;
export const isSuspended = ({ spec }: Job) => spec?.suspend === true;

export function lookAt(job: Job, pods: readonly Pod[], lettingGo: ReadonlySet<string>, known: BackOff): JobLook {
  const { status } = job;
  const active = pods.filter(isPodActive);
  const uncountedSucceeded = new Set(status?.uncountedTerminatedPods?.succeeded);
  const uncountedFailed = new Set(status?.uncountedTerminatedPods?.failed);
  const valid = pods.filter(
    (pod) => isTracked(pod) && !lettingGo.has(pod.metadata.uid ?? '') && (!isIndexed(job) || hasValidIndex(pod, job)),
  );
  const isNew = (pod: Pod, uncounted: ReadonlySet<string>) => !uncounted.has(pod.metadata.uid ?? '');
  const newSucceeded = valid.filter((pod) => pod.status?.phase === 'Succeeded' && isNew(pod, uncountedSucceeded));
  const newFailed = valid.filter((pod) => isPodFailed(pod, job) && isNew(pod, uncountedFailed));
  const counted = newFailed.filter((pod) => counts(judgeFailure(job, pod)));
  const indexes = indexesIn(job, pods, active, valid);
  return {
    job,
    pods,
    active,
    lettingGo,
    uncountedSucceeded,
    uncountedFailed,
    ...indexes,
    ready: active.filter(isPodReady).length,
    terminating: pods.filter(isPodTerminating).length,
    succeeded: isIndexed(job)
      ? countOf(indexes.succeededIndexes)
      : (status?.succeeded ?? 0) + newSucceeded.length + uncountedSucceeded.size,
    failed: (status?.failed ?? 0) + counted.length + uncountedFailed.size,
    backOff: nextBackOff(known, newSucceeded, newFailed),
  };
}

const hasValidIndex = (pod: Pod, job: Job) => validIndex(pod, job) !== undefined;

type IndexLook = Pick<JobLook, 'countedIndexes' | 'succeededIndexes' | 'failedIndexes' | 'kept'>;

const noIndexes: IndexLook = { countedIndexes: [], succeededIndexes: [], failedIndexes: undefined, kept: new Map() };

function indexesIn(job: Job, pods: readonly Pod[], active: readonly Pod[], valid: readonly Pod[]): IndexLook {
  if (!isIndexed(job)) return noIndexes;
  const { completions = 0 } = job.spec ?? {};
  const withIndex = (holds: (pod: Pod) => boolean) =>
    indexesOf(
      pods
        .filter((pod) => isTracked(pod) && holds(pod))
        .map((pod) => validIndex(pod, job))
        .filter((index) => index !== undefined),
    );
  const countedIndexes = parseIndexes(job.status?.completedIndexes, completions);
  const succeededIndexes = union(
    countedIndexes,
    withIndex(({ status }) => status?.phase === 'Succeeded'),
  );
  if (!hasLimitPerIndex(job)) return { ...noIndexes, countedIndexes, succeededIndexes };
  const failedBefore = parseIndexes(job.status?.failedIndexes, completions);
  const failedIndexes = union(
    failedBefore,
    withIndex((pod) => failsItsIndex(pod, job)),
  );
  const busy = [union(succeededIndexes, failedIndexes), indexesOf(podIndexes(active))];
  const kept = lastFailedPods(
    valid.filter((pod) => isPodFailed(pod, job)),
    busy.reduce(union),
  );
  return { countedIndexes, succeededIndexes, failedIndexes, kept };
}

/** The indexes of Pods that have one. */
export function podIndexes(pods: readonly Pod[]): number[] {
  return pods.map(completionIndex).filter((index) => index !== undefined);
}

function failsItsIndex(pod: Pod, job: Job): boolean {
  if (!isPodFailed(pod, job)) return false;
  const verdict = judgeFailure(job, pod);
  if (verdict.action === 'FailIndex') return true;
  return counts(verdict) && failureCount(pod, indexFailures) >= (job.spec?.backoffLimitPerIndex ?? 0);
}

/** Of each index that is not busy the failed Pod with most failures behind it, of equal ones the one that ended last. */
function lastFailedPods(failed: readonly Pod[], busy: Indexes): Map<number, Pod> {
  const last = new Map<number, Pod>();
  for (const pod of failed) {
    const index = completionIndex(pod);
    if (index === undefined || hasIndex(busy, index)) continue;
    const known = last.get(index);
    const isLater = !known || (allFailures(known) <= allFailures(pod) && finishedAt(pod) >= finishedAt(known));
    if (isLater) last.set(index, pod);
  }
  return last;
}
