// The Jobs of a CronJob: how they are made, found in its status, and removed (k8s.io/kubernetes/pkg/controller/cronjob, v1.36).
import { refOf, type CronJob, type CronJobStatus, type Job, type ObjectReference } from '../../../api/object.ts';
import { compareBytes } from '../../../base/order.ts';
import { formatTime, parseTime, unixNanoseconds } from '../../kernel/time.ts';
import { finishedCondition } from '../job/verdict.ts';
import { controllerReference } from '../owner-reference.ts';

const scheduledAt = 'batch.kubernetes.io/cronjob-scheduled-timestamp';

/** The name tells the minute, so that no Job is made twice. `time` in virtual milliseconds. */
export function jobName({ metadata }: CronJob, time: number): string {
  return `${metadata.name}-${unixNanoseconds(time, 0) / 60_000_000_000n}`;
}

export function newJob(cronJob: CronJob, time: number): Job {
  const { metadata, spec } = cronJob.spec?.jobTemplate ?? {};
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: jobName(cronJob, time),
      ...(metadata?.labels && { labels: metadata.labels }),
      annotations: { ...metadata?.annotations, [scheduledAt]: formatTime(time) },
      ownerReferences: [controllerReference(cronJob)],
    },
    ...(spec && { spec }),
  };
}

export function activeReference(job: Job): ObjectReference {
  const { uid = '', resourceVersion = '' } = job.metadata;
  return { ...refOf(job), uid, resourceVersion };
}

export const isActive = ({ active }: CronJobStatus, { metadata: { uid } }: Job) =>
  active?.some((reference) => reference.uid === uid) ?? false;

export function withoutActive(status: CronJobStatus, uid: string | undefined): CronJobStatus {
  const { active = [], ...rest } = status;
  const left = active.filter((reference) => reference.uid !== uid);
  return left.length > 0 ? { ...rest, active: left } : rest;
}

/** The finished Jobs that are more than the CronJob is to keep, the oldest first. */
export function outdatedJobs({ spec }: CronJob, jobs: readonly Job[]): Job[] {
  const ended = (type: string) => jobs.filter((job) => finishedCondition(job)?.type === type).sort(byStart);
  const oldest = (list: Job[], limit = Infinity) => list.slice(0, Math.max(0, list.length - limit));
  const { successfulJobsHistoryLimit, failedJobsHistoryLimit } = spec ?? {};
  return [...oldest(ended('Complete'), successfulJobsHistoryLimit), ...oldest(ended('Failed'), failedJobsHistoryLimit)];
}

function byStart(a: Job, b: Job): number {
  const start = ({ status }: Job) => parseTime(status?.startTime ?? '') ?? Infinity;
  return start(a) === start(b) ? compareBytes(a.metadata.name ?? '', b.metadata.name ?? '') : start(a) - start(b);
}
