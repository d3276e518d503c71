// `kubectl get jobs|cronjobs`.
import type { CronJob, Job } from '../../../../api/object.ts';
import { parseTime } from '../../../kernel/time.ts';
import { age, humanDuration } from '../../human-duration.ts';
import { tablePrinter } from '../table.ts';
import { ageOf, containersAndImages, nameOf, none, selectorText } from './cells.ts';

export const jobPrinter = tablePrinter<Job>(
  ['Name', 'Status', 'Completions', 'Duration', 'Age', '[Containers]', '[Images]', '[Selector]'],
  (job, moment) => [
    nameOf(job),
    statusOf(job),
    completions(job),
    durationOf(job, moment.now),
    ageOf(job, moment),
    ...containersAndImages(job.spec?.template),
    selectorText(job.spec?.selector),
  ],
);

function statusOf({ metadata, status }: Job): string {
  const isTrue = (type: string) => status?.conditions?.some((c) => c.type === type && c.status === 'True');
  if (isTrue('Complete')) return 'Complete';
  if (isTrue('Failed')) return 'Failed';
  if (metadata.deletionTimestamp) return 'Terminating';
  return ['Suspended', 'FailureTarget', 'SuccessCriteriaMet'].find(isTrue) ?? 'Running';
}

function completions({ spec, status }: Job): string {
  const succeeded = status?.succeeded ?? 0;
  if (spec?.completions !== undefined) return `${succeeded}/${spec.completions}`;
  const parallelism = spec?.parallelism ?? 0;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function durationOf({ status }: Job, now: number): string {
  if (!status?.startTime) return '';
  if (!status.completionTime) return age(now, status.startTime);
  return humanDuration((parseTime(status.completionTime) ?? 0) - (parseTime(status.startTime) ?? 0));
}

export const cronJobPrinter = tablePrinter<CronJob>(
  [
    'Name',
    'Schedule',
    'Timezone',
    'Suspend',
    'Active',
    'Last Schedule',
    'Age',
    '[Containers]',
    '[Images]',
    '[Selector]',
  ],
  (cronJob, moment) => {
    const { spec, status } = cronJob;
    const template = spec?.jobTemplate?.spec;
    return [
      nameOf(cronJob),
      spec?.schedule ?? '',
      spec?.timeZone ?? none,
      spec?.suspend === undefined ? '<unset>' : spec.suspend ? 'True' : 'False',
      status?.active?.length ?? 0,
      status?.lastScheduleTime ? age(moment.now, status.lastScheduleTime) : none,
      ageOf(cronJob, moment),
      ...containersAndImages(template?.template),
      selectorText(template?.selector),
    ];
  },
);
