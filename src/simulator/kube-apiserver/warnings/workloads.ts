// Warnings about workloads: those of their templates, and what would surprise in the names of their Pods
// (pkg/registry/{apps,batch,core}/*/strategy.go, Kubernetes 1.36).
import { FieldPath } from '../../../api/field-path.ts';
import { dns1123LabelProblems } from '../../../api/names.ts';
import type {
  CronJob,
  Deployment,
  Job,
  JobSpec,
  KubeObject,
  PodTemplateSpec,
  ReplicaSet,
  ReplicationController,
  StatefulSet,
} from '../../../api/object.ts';
import { claimWarnings } from './claim.ts';
import { podWarnings } from './pod.ts';

const spec = FieldPath.of('spec');
const templatePath = spec.child('template');

/** A name that is no DNS label is a bad hostname. `used`: what the name is used in. */
export function nameWarnings({ metadata: { name = '' } }: KubeObject, used: string): string[] {
  const problems = dns1123LabelProblems(name);
  if (!problems.length) return [];
  const advice = 'which can result in surprising behavior; a DNS label is recommended';
  return [`metadata.name: this is used in ${used}, ${advice}: [${problems.join(' ')}]`];
}

export const templateWarnings = (template: PodTemplateSpec | undefined, path = templatePath): string[] =>
  template ? podWarnings(template.metadata ?? {}, template.spec, path) : [];

const podNames = 'Pod names and hostnames';

type Templated = Deployment | ReplicaSet | ReplicationController;

export const newWorkloadWarnings = (workload: Templated): string[] => [
  ...nameWarnings(workload, podNames),
  ...templateWarnings(workload.spec?.template),
];

/** Nothing is told of an update that leaves what is desired as it was. */
export const isOther = (object: KubeObject, old: KubeObject): boolean =>
  object.metadata.generation !== old.metadata.generation;

function claimTemplateWarnings({ spec: given }: StatefulSet, within: string | undefined): string[] {
  const found = (given?.volumeClaimTemplates ?? []).flatMap((claim, i) => {
    const at = spec.child('volumeClaimTemplates').index(i);
    return claimWarnings(claim.spec, within ? at.child(within) : at);
  });
  if ((given?.revisionHistoryLimit ?? 0) < 0) {
    const advice = 'a negative value retains all historical revisions; a value >= 0 is recommended';
    found.push(`spec.revisionHistoryLimit: ${advice}`);
  }
  return found;
}

export const newStatefulSetWarnings = (set: StatefulSet): string[] => [
  ...templateWarnings(set.spec?.template),
  ...claimTemplateWarnings(set, undefined),
];

export const statefulSetWarnings = (set: StatefulSet, old: StatefulSet): string[] => [
  ...(isOther(set, old) ? templateWarnings(set.spec?.template) : []),
  ...claimTemplateWarnings(set, 'Spec'),
];

const many = 100_000;
const manyAtOnce = 10_000;

function jobSpecWarnings(job: JobSpec | undefined, path: FieldPath): string[] {
  const { completionMode, completions = 0, parallelism = 0, template } = job ?? { template: {} };
  const untracked = completionMode === 'Indexed' && completions > many && parallelism > manyAtOnce;
  const advice =
    'In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail';
  return [...(untracked ? [`${path}: ${advice}`] : []), ...templateWarnings(template, path.child('template'))];
}

export const newJobWarnings = (job: Job): string[] => [
  ...nameWarnings(job, podNames),
  ...jobSpecWarnings(job.spec, spec),
];

export const jobWarnings = (job: Job, old: Job): string[] => (isOther(job, old) ? jobSpecWarnings(job.spec, spec) : []);

const ofCronJob = (cronJob: CronJob) =>
  jobSpecWarnings(cronJob.spec?.jobTemplate?.spec, spec.child('jobTemplate', 'spec'));

export const newCronJobWarnings = (cronJob: CronJob): string[] => [
  ...nameWarnings(cronJob, podNames),
  ...ofCronJob(cronJob),
];

/** A zone in the schedule could only have been there before. */
export function cronJobWarnings(cronJob: CronJob, old: CronJob): string[] {
  const advice =
    'cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details';
  return [
    ...(isOther(cronJob, old) ? ofCronJob(cronJob) : []),
    ...(cronJob.spec?.schedule?.includes('TZ') ? [advice] : []),
  ];
}
