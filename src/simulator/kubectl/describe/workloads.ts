// `kubectl describe statefulset|daemonset|job|cronjob`.
import type {
  CronJob,
  DaemonSet,
  Job,
  JobTemplateSpec,
  PersistentVolumeClaim,
  Pod,
  StatefulSet,
} from '../../../api/object.ts';
import { formatLabels } from '../../../api/label-selector.ts';
import { parseTime } from '../../kernel/time.ts';
import { humanDuration, longTime } from '../human-duration.ts';
import { quantityText, selectorText } from '../printing/tables/cells.ts';
import { storageClassOf } from '../printing/tables/storage.ts';
import { describer, writeController, writeLabels, writeName } from './describer.ts';
import { yesNo, type Description } from './description.ts';
import { describePodTemplate, podCounts, selectedPods } from './pod-template.ts';

const unset = '<unset>';

export const statefulSetDescriber = describer<StatefulSet, readonly Pod[]>({
  related: (session, statefulSet) => selectedPods(session, statefulSet, statefulSet.spec?.selector),
  write(description, statefulSet, pods) {
    const { metadata, spec, status } = statefulSet;
    writeName(description, statefulSet);
    description.field('CreationTimestamp', longTime(metadata.creationTimestamp));
    description.field('Selector', selectorText(spec?.selector));
    writeLabels(description, statefulSet);
    description.field('Replicas', `${spec?.replicas ?? 0} desired | ${status?.replicas ?? 0} total`);
    description.field('Update Strategy', spec?.updateStrategy?.type ?? '');
    const { partition, maxUnavailable } = spec?.updateStrategy?.rollingUpdate ?? {};
    if (partition !== undefined) {
      description.field('Partition', partition, 1);
      if (maxUnavailable !== undefined) description.field('MaxUnavailable', maxUnavailable, 1);
    }
    description.field('Pods Status', podCounts(statefulSet, pods));
    describePodTemplate(description, spec?.template);
    describeClaimTemplates(description, spec?.volumeClaimTemplates);
  },
});

function describeClaimTemplates(description: Description, claims: readonly PersistentVolumeClaim[] = []): void {
  if (claims.length === 0) {
    description.field('Volume Claims', '<none>');
    return;
  }
  description.line('Volume Claims:');
  for (const claim of claims) {
    const { metadata, spec } = claim;
    const storage = spec?.resources?.requests?.storage;
    description.field('Name', metadata.name ?? '', 1);
    description.field('StorageClass', storageClassOf(claim), 1);
    description.labels('Labels', metadata.labels, 1);
    description.labels('Annotations', metadata.annotations, 1);
    description.field('Capacity', storage === undefined ? '<default>' : quantityText(storage), 1);
    description.field('Access Modes', `[${(spec?.accessModes ?? []).join(' ')}]`, 1);
  }
}

export const daemonSetDescriber = describer<DaemonSet, readonly Pod[]>({
  related: (session, daemonSet) => selectedPods(session, daemonSet, daemonSet.spec?.selector),
  write(description, daemonSet, pods) {
    const { spec, status } = daemonSet;
    writeName(description, daemonSet);
    description.field('Selector', selectorText(spec?.selector));
    description.field('Node-Selector', formatLabels(spec?.template?.spec?.nodeSelector));
    writeLabels(description, daemonSet);
    description.line(`Desired Number of Nodes Scheduled: ${status?.desiredNumberScheduled ?? 0}`);
    description.line(`Current Number of Nodes Scheduled: ${status?.currentNumberScheduled ?? 0}`);
    description.line(`Number of Nodes Scheduled with Up-to-date Pods: ${status?.updatedNumberScheduled ?? 0}`);
    description.line(`Number of Nodes Scheduled with Available Pods: ${status?.numberAvailable ?? 0}`);
    description.line(`Number of Nodes Misscheduled: ${status?.numberMisscheduled ?? 0}`);
    description.field('Pods Status', podCounts(daemonSet, pods));
    describePodTemplate(description, spec?.template);
  },
});

export const jobDescriber = describer<Job>({
  write(description, job) {
    const { spec, status } = job;
    writeName(description, job);
    description.field('Selector', selectorText(spec?.selector));
    writeLabels(description, job);
    writeController(description, job);
    if (spec?.parallelism !== undefined) description.field('Parallelism', spec.parallelism);
    description.field('Completions', spec?.completions ?? unset);
    if (spec?.completionMode) description.field('Completion Mode', spec.completionMode);
    if (spec?.suspend !== undefined) description.field('Suspend', spec.suspend);
    if (spec?.backoffLimit !== undefined) description.field('Backoff Limit', spec.backoffLimit);
    if (spec?.ttlSecondsAfterFinished !== undefined) {
      description.field('TTL Seconds After Finished', spec.ttlSecondsAfterFinished);
    }
    describeJobTimes(description, job);
    const { active = 0, ready, succeeded = 0, failed = 0 } = status ?? {};
    const readyText = ready === undefined ? '' : ` (${ready} Ready)`;
    description.field('Pods Statuses', `${active} Active${readyText} / ${succeeded} Succeeded / ${failed} Failed`);
    if (spec?.completionMode === 'Indexed') {
      description.field('Completed Indexes', shortIndexes(status?.completedIndexes ?? ''));
    }
    describePodTemplate(description, spec?.template);
  },
});

function describeJobTimes(description: Description, { spec, status }: Job): void {
  const { startTime, completionTime } = status ?? {};
  if (startTime) description.field('Start Time', longTime(startTime));
  if (completionTime) description.field('Completed At', longTime(completionTime));
  if (startTime && completionTime) {
    const duration = (parseTime(completionTime) ?? 0) - (parseTime(startTime) ?? 0);
    description.field('Duration', humanDuration(duration));
  }
  if (spec?.activeDeadlineSeconds !== undefined) {
    description.field('Active Deadline Seconds', `${spec.activeDeadlineSeconds}s`);
  }
}

/** At most the indexes that begin within the first 50 characters. */
function shortIndexes(indexes: string): string {
  const end = indexes.indexOf(',', 50);
  if (indexes === '') return '<none>';
  return end < 0 ? indexes : `${indexes.slice(0, end + 1)}...`;
}

export const cronJobDescriber = describer<CronJob>({
  write(description, cronJob) {
    const { spec, status } = cronJob;
    writeName(description, cronJob);
    writeLabels(description, cronJob);
    description.field('Schedule', spec?.schedule ?? '');
    description.field('Concurrency Policy', spec?.concurrencyPolicy ?? '');
    description.field('Suspend', spec?.suspend === undefined ? unset : yesNo(spec.suspend));
    description.field('Time Zone', spec?.timeZone ?? unset);
    description.field('Successful Job History Limit', spec?.successfulJobsHistoryLimit ?? unset);
    description.field('Failed Job History Limit', spec?.failedJobsHistoryLimit ?? unset);
    const deadline = spec?.startingDeadlineSeconds;
    description.field('Starting Deadline Seconds', deadline === undefined ? unset : `${deadline}s`);
    describeJobTemplate(description, spec?.jobTemplate);
    const last = status?.lastScheduleTime;
    description.field('Last Schedule Time', last ? longTime(last) : unset);
    const active = (status?.active ?? []).map(({ name = '' }) => name);
    description.field('Active Jobs', active.join(', ') || '<none>');
  },
});

function describeJobTemplate(description: Description, template: JobTemplateSpec | undefined): void {
  const spec = template?.spec;
  description.field('Selector', spec?.selector ? selectorText(spec.selector) : unset);
  description.field('Parallelism', spec?.parallelism ?? unset);
  description.field('Completions', spec?.completions ?? unset);
  if (spec?.activeDeadlineSeconds !== undefined) {
    description.field('Active Deadline Seconds', `${spec.activeDeadlineSeconds}s`);
  }
  describePodTemplate(description, spec?.template);
}
