// Jobs and CronJobs (pkg/apis/batch/v1/defaults.go, Kubernetes 1.36). The template of a CronJob gets the defaults of its Pods
// alone: those of a Job wait for the Job.
import type { CronJob, Job, JobSpec, PodFailurePolicy } from '../../../api/object.ts';
import { defaultPodTemplate } from './pod.ts';
import { withDefaults, withField, withItems } from './with-defaults.ts';
import { withLabelsOf } from './template-labels.ts';

const maxInt32 = 2 ** 31 - 1;

function defaultFailurePolicy(policy: PodFailurePolicy): PodFailurePolicy {
  return withField(policy, 'rules', (rules) =>
    withItems(rules, (rule) =>
      withField(rule, 'onPodConditions', (patterns) =>
        withItems(patterns, (pattern) => (pattern.status ? pattern : { ...pattern, status: 'True' })),
      ),
    ),
  );
}

/** What the specs of Jobs and of a CronJob's template have in common. */
function defaultEmbedded(spec: JobSpec): JobSpec {
  return withField(withField(spec, 'template', defaultPodTemplate), 'podFailurePolicy', defaultFailurePolicy);
}

/** A Job without labels has those of its template; until they are written they are the same map, which the server knows. */
export function defaultJob(job: Job): Job {
  return withLabelsOf(job.spec?.template, withJobSpec(job));
}

function withJobSpec(job: Job): Job {
  return withField(job, 'spec', (given) => {
    const spec = defaultEmbedded(given);
    return withDefaults(spec, {
      // a Job that gives no counts at all runs one Pod to its end
      ...(spec.completions === undefined && spec.parallelism === undefined && { completions: 1 }),
      parallelism: 1,
      backoffLimit: spec.backoffLimitPerIndex === undefined ? 6 : maxInt32,
      completionMode: 'NonIndexed',
      suspend: false,
      podReplacementPolicy: spec.podFailurePolicy ? 'Failed' : 'TerminatingOrFailed',
      manualSelector: false,
    });
  });
}

export function defaultCronJob(cronJob: CronJob): CronJob {
  return withField(cronJob, 'spec', (given) => {
    const spec = withField(given, 'jobTemplate', (template) => withField(template, 'spec', defaultEmbedded));
    return withDefaults(spec, {
      concurrencyPolicy: 'Allow',
      suspend: false,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
    });
  });
}
