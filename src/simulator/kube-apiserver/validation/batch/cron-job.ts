// CronJobs (pkg/apis/batch/validation, ValidateCronJobCreate and ValidateCronJobUpdate, Kubernetes 1.36).
import { invalid, notSupported, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import { byteLength } from '../../../../api/go-text.ts';
import type { CronJob, CronJobSpec, JobSpec } from '../../../../api/object.ts';
import { parseCronSchedule } from '../../../../api/cron-schedule.ts';
import { isTimeZone } from '../../../../api/time-zones.ts';
import { checkNonNegative, type Errors } from '../checks.ts';
import { shownSelector } from '../go-struct.ts';
import { kindRules } from '../kind-rules.ts';
import { metadataPath, subdomainName } from '../object-meta.ts';
import { unmodelledOfTemplate } from '../pod/unmodelled.ts';
import type { KindRules } from '../validation.ts';
import { checkJobSpec, unmodelledOfJobSpec } from './job-spec.ts';

const path = FieldPath.of('spec');
/** A Job's name has what tells the time behind the name of the CronJob. */
const longestName = 52;

function checkSchedule({ schedule, timeZone }: CronJobSpec, old: CronJobSpec | undefined, errors: Errors): void {
  const at = path.child('schedule');
  if (!schedule) return void errors.push(required(at));
  const parsed = parseCronSchedule(schedule);
  if ('problem' in parsed) errors.push(invalid(at, schedule, parsed.problem));
  if (!schedule.includes('TZ')) return;
  if (!old?.schedule?.includes('TZ')) {
    errors.push(invalid(at, schedule, 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead'));
  } else if (timeZone !== undefined) {
    errors.push(invalid(at, schedule, 'cannot use both timeZone field and TZ or CRON_TZ in schedule'));
  }
}

/** The parts of a name of the time zone database. */
const zonePart = /^[A-Za-z._0-9+][A-Za-z.\-_0-9+]{0,13}$/;

function checkTimeZone(zone: string, at: FieldPath, errors: Errors): void {
  if (!zone) return void errors.push(invalid(at, zone, 'timeZone must be nil or non-empty string'));
  const named = zone.split('/').every((part) => zonePart.test(part) && part !== '.' && part !== '..');
  if (zone.toLowerCase() === 'local') {
    const detail = 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones';
    errors.push(invalid(at, zone, detail));
    if (zone === 'Local') return;
  }
  if (!named || !isTimeZone(zone)) errors.push(invalid(at, zone, `unknown time zone ${zone}`));
}

function checkConcurrency(policy: string | undefined, at: FieldPath, errors: Errors): void {
  const policies = ['Allow', 'Forbid', 'Replace'];
  if (!policy) errors.push(required(at));
  else if (!policies.includes(policy)) errors.push(notSupported(at, policy, policies));
}

function checkTemplate(spec: JobSpec, at: FieldPath, errors: Errors): void {
  checkJobSpec(spec, at, errors);
  if (spec.selector) {
    errors.push(invalid(at.child('selector'), shownSelector(spec.selector), '`selector` will be auto-generated'));
  }
  if (spec.manualSelector) errors.push(notSupported(at.child('manualSelector'), true, ['nil', 'false']));
}

const noJob: JobSpec = { template: {} };
const noSpec: CronJobSpec = { schedule: '', jobTemplate: {} };

function checkSpec({ spec = noSpec }: CronJob, errors: Errors, old?: CronJob): void {
  checkSchedule(spec, old?.spec, errors);
  checkNonNegative(spec.startingDeadlineSeconds, path.child('startingDeadlineSeconds'), errors);
  if (spec.timeZone !== undefined && old?.spec?.timeZone !== spec.timeZone) {
    checkTimeZone(spec.timeZone, path.child('timeZone'), errors);
  }
  checkConcurrency(spec.concurrencyPolicy, path.child('concurrencyPolicy'), errors);
  checkTemplate(spec.jobTemplate?.spec ?? noJob, path.child('jobTemplate', 'spec'), errors);
  checkNonNegative(spec.successfulJobsHistoryLimit, path.child('successfulJobsHistoryLimit'), errors);
  checkNonNegative(spec.failedJobsHistoryLimit, path.child('failedJobsHistoryLimit'), errors);
}

const rules = kindRules<CronJob>({
  meta: { namespaced: true, name: subdomainName },
  content: checkSpec,
  unmodelled: [
    ...unmodelledOfTemplate('spec.jobTemplate.spec.template'),
    ...unmodelledOfJobSpec.map((field) => ({ ...field, within: 'spec.jobTemplate.spec' })),
  ],
});

export const cronJobRules: KindRules<CronJob> = {
  ...rules,
  create(cronJob, errors) {
    rules.create(cronJob, errors);
    const { name = '' } = cronJob.metadata;
    if (byteLength(name) <= longestName) return;
    errors.push(invalid(metadataPath.child('name'), name, `must be no more than ${longestName} characters`));
  },
};
