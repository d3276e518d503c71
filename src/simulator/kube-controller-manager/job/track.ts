// How a Job counts each Pod exactly once: the uids of Pods that ended go into the status, then their finalizers are removed, and only then
// the counters rise; the end of the Job is declared last (trackJobStatusAndRemoveFinalizers in
// k8s.io/kubernetes/pkg/controller/job/job_controller.go, v1.36).
import type { Job, JobCondition, JobStatus, Pod, UncountedTerminatedPods } from '../../../api/object.ts';
import type { ApiStatus } from '../../../api/status.ts';
import type { EventRecorder } from '../../client/event-recorder.ts';
import { failSync, succeeded, type ControllerContext } from '../controller.ts';
import { count, nonEmpty, withoutUndefined } from '../go-status.ts';
import { countOf, formatIndexes, hasIndex, indexesOf, union } from './indexes.ts';
import { isIndexed, type JobLook } from './look.ts';
import { lettingGo } from './manage.ts';
import { completionIndex, isPodFailed, isTracked, validIndex } from './pods.ts';
import { counts, judgeFailure } from './policies.ts';
import { condition, trueCondition, withJobCondition } from './verdict.ts';

/** So many uids the status may hold. */
const maxUncounted = 500;

/** What the sync found out, and what is done when something of it becomes known. */
export interface Tracking {
  readonly look: JobLook;
  /** The status with what the sync has changed so far. */
  readonly status: JobStatus;
  readonly verdict: JobCondition | undefined;
  readonly terminating: number;
  /** Something of the status is news. */
  readonly changed: boolean;
  /** The first status with the new Pods is written. */
  readonly onCounted: () => void;
  /** Which Pods' finalizers are about to go, by uid; and that one has not gone. */
  readonly onLettingGo: (uids: readonly string[]) => void;
  readonly onKept: (uid: string) => void;
}

export class JobTracker {
  readonly #context: ControllerContext;
  readonly #recorder: EventRecorder;

  constructor(context: ControllerContext, recorder: EventRecorder) {
    this.#context = context;
    this.#recorder = recorder;
  }

  /** Returns whether the Job's end was written. */
  track(tracking: Tracking): boolean {
    const { look, verdict } = tracking;
    const { now } = this.#context.kernel;
    const held = new Set(look.pods.filter((pod) => isHeld(pod, look)).map(uidOf));
    const before = countReleased(tracking.status, held);
    const found = countEnded(look, before, verdict);
    const interim = withInterim(found.status, look.job, verdict);
    let { job } = look;
    let flushed = interim;
    if (tracking.changed || before !== tracking.status || interim !== before) {
      job = this.#write(job, interim);
      flushed = job.status ?? interim;
      tracking.onCounted();
    }
    const failure = this.#release(tracking, found.ended, held);
    const counted = countReleased(flushed, held);
    if (failure) {
      if (counted !== flushed) this.#write(job, counted);
      failSync(failure);
    }
    const end = found.complete && verdict && !hasUncounted(counted) && tracking.terminating === 0;
    const final = end ? finalCondition(verdict, now) : undefined;
    const finished = final ? withEnd(counted, final) : counted;
    if (finished !== flushed) job = this.#write(job, finished);
    if (final) this.#tell(job, final);
    return final !== undefined;
  }

  #write(job: Job, status: JobStatus): Job {
    const { namespace = '', name = '' } = job.metadata;
    const target = { resource: 'jobs.batch', namespace, name, subresource: 'status' };
    return succeeded(this.#context.client.update<Job>(target, { ...job, status: withoutUndefined(status) }));
  }

  /** Removes the finalizers; a Pod that has gone has let go as well. Returns the first refusal. */
  #release(tracking: Tracking, pods: readonly Pod[], held: Set<string>): ApiStatus | undefined {
    if (pods.length === 0) return undefined;
    tracking.onLettingGo(pods.map(uidOf));
    let failure: ApiStatus | undefined;
    for (const pod of pods) {
      const { namespace = '', name = '' } = pod.metadata;
      const response = this.#context.client.patch<Pod>({ resource: 'pods', namespace, name }, 'strategic', lettingGo);
      if (!response.ok) tracking.onKept(uidOf(pod));
      if (response.ok || response.status.reason === 'NotFound') held.delete(uidOf(pod));
      else failure ??= response.status;
    }
    return failure;
  }

  #tell(job: Job, { type, reason = '', message = '' }: JobCondition): void {
    if (type !== 'Complete') return this.#recorder.event(job, 'Warning', reason, message);
    if ((job.status?.succeeded ?? 0) > (job.spec?.completions ?? Infinity)) {
      const surplus = 'Too many succeeded pods running after completion count reached';
      this.#recorder.event(job, 'Warning', 'TooManySucceededPods', surplus);
    }
    this.#recorder.event(job, 'Normal', 'Completed', 'Job completed');
  }
}

const uidOf = ({ metadata }: Pod) => metadata.uid ?? '';

const isHeld = (pod: Pod, look: JobLook) => isTracked(pod) && !look.lettingGo.has(uidOf(pod));

const hasUncounted = ({ uncountedTerminatedPods: pods }: JobStatus) =>
  (pods?.succeeded?.length ?? 0) + (pods?.failed?.length ?? 0) > 0;

/** Counts the Pods in the status whose finalizers have gone (cleanUncountedPodsWithoutFinalizers). */
function countReleased(status: JobStatus, held: ReadonlySet<string>): JobStatus {
  const { succeeded = [], failed = [] } = status.uncountedTerminatedPods ?? {};
  const [stillSucceeded, stillFailed] = [succeeded, failed].map((uids) => uids.filter((uid) => held.has(uid)));
  const [moreSucceeded, moreFailed] = [
    succeeded.length - (stillSucceeded?.length ?? 0),
    failed.length - (stillFailed?.length ?? 0),
  ];
  if (moreSucceeded + moreFailed === 0) return status;
  return {
    ...status,
    succeeded: count((status.succeeded ?? 0) + moreSucceeded),
    failed: count((status.failed ?? 0) + moreFailed),
    uncountedTerminatedPods: uncounted(stillSucceeded ?? [], stillFailed ?? []),
  };
}

function uncounted(succeeded: readonly string[], failed: readonly string[]): UncountedTerminatedPods {
  return withoutUndefined({ succeeded: nonEmpty(succeeded), failed: nonEmpty(failed) });
}

interface Ended {
  readonly status: JobStatus;
  /** Pods whose finalizers may go. */
  readonly ended: readonly Pod[];
  /** No Pod had to be left for another sync. */
  readonly complete: boolean;
}

/** Notes every Pod that has ended, or of a Job that is over every Pod there is. */
function countEnded(look: JobLook, status: JobStatus, verdict: JobCondition | undefined): Ended {
  const { job } = look;
  const known = status.uncountedTerminatedPods ?? {};
  const succeeded = [...(known.succeeded ?? [])];
  const failed = [...(known.failed ?? [])];
  const indexes: number[] = [];
  const ended: Pod[] = [];
  const order = (pod: Pod) => completionIndex(pod) ?? -1;
  let complete = true;
  for (const pod of isIndexed(job) ? look.pods.toSorted((a, b) => order(a) - order(b)) : look.pods) {
    if (!isHeld(pod, look) || !mayGo(pod, look, verdict)) continue;
    ended.push(pod);
    const uid = uidOf(pod);
    const index = validIndex(pod, job);
    if (pod.status?.phase === 'Succeeded' && !look.uncountedFailed.has(uid)) {
      if (!isIndexed(job)) {
        if (!look.uncountedSucceeded.has(uid)) succeeded.push(uid);
      } else if (index !== undefined && !hasIndex(look.countedIndexes, index)) indexes.push(index);
    } else if (isPodFailed(pod, job) || (verdict && verdict.type !== 'SuccessCriteriaMet')) {
      const isNew = !look.uncountedFailed.has(uid) && (!isIndexed(job) || index !== undefined);
      if (isNew && counts(judgeFailure(job, pod))) failed.push(uid);
    }
    complete = indexes.length + succeeded.length + failed.length < maxUncounted;
    if (!complete) break;
  }
  const isNews = succeeded.length + failed.length > (known.succeeded?.length ?? 0) + (known.failed?.length ?? 0);
  const noted = isNews ? { ...status, uncountedTerminatedPods: uncounted(succeeded, failed) } : status;
  return { status: withIndexes(noted, look, indexes), ended, complete };
}

/** canRemoveFinalizer: a failed Pod of an index with a limit stays until it is replaced. */
function mayGo(pod: Pod, look: JobLook, verdict: JobCondition | undefined): boolean {
  const { job, kept } = look;
  if (job.metadata.deletionTimestamp || verdict || pod.status?.phase === 'Succeeded') return true;
  return isPodFailed(pod, job) && kept.get(completionIndex(pod) ?? -1) !== pod;
}

function withIndexes(status: JobStatus, look: JobLook, more: readonly number[]): JobStatus {
  if (!isIndexed(look.job)) return status;
  const all = union(look.succeededIndexes, indexesOf(more));
  const completedIndexes = formatIndexes(all) || undefined;
  const failedIndexes = look.failedIndexes && formatIndexes(look.failedIndexes);
  const succeeded = count(countOf(all));
  const same =
    completedIndexes === status.completedIndexes &&
    failedIndexes === status.failedIndexes &&
    succeeded === status.succeeded;
  return same ? status : { ...status, completedIndexes, failedIndexes, succeeded };
}

/** The verdict, until it is final. */
function withInterim(status: JobStatus, job: Job, verdict: JobCondition | undefined): JobStatus {
  const isInterim = verdict?.type === 'FailureTarget' || verdict?.type === 'SuccessCriteriaMet';
  if (!verdict || !isInterim || trueCondition(job, verdict.type)) return status;
  return { ...status, conditions: [...(status.conditions ?? []), verdict] };
}

function finalCondition({ type, reason = '', message = '' }: JobCondition, now: number): JobCondition {
  return condition(type === 'SuccessCriteriaMet' ? 'Complete' : 'Failed', reason, message, now);
}

function withEnd(status: JobStatus, end: JobCondition): JobStatus {
  const conditions = withJobCondition(status.conditions ?? [], end);
  return { ...status, conditions, ...(end.type === 'Complete' && { completionTime: end.lastTransitionTime }) };
}
