// A Job has given up: too many of its Pods failed, its time was up, or its own policy says so.
import { controllerOf, type ContainerStatus, type Job, type Pod } from '../../api/object.ts';
import type { Trace } from '../../simulator/index.ts';
import type { Evidence, Finding, Rule } from '../finding.ts';
import { attribute } from '../subject.ts';

/** By the reason of the condition: the field of the Job that says so, and what can be done. */
const reasons: Readonly<Record<string, readonly [path: string, advice: string]>> = {
  BackoffLimitExceeded: ['spec.backoffLimit', 'no more failures are allowed (backoffLimit)'],
  DeadlineExceeded: ['spec.activeDeadlineSeconds', 'the time that it may take is up (activeDeadlineSeconds)'],
  PodFailurePolicy: ['spec.podFailurePolicy', 'its podFailurePolicy ends the Job with such a failure'],
  FailedIndexes: ['spec.backoffLimitPerIndex', 'an index may not be tried again (backoffLimitPerIndex)'],
  MaxFailedIndexesExceeded: ['spec.maxFailedIndexes', 'too many indexes have failed (maxFailedIndexes)'],
};

export const jobFailed: Rule = {
  ids: ['job-failed'],
  find: (evidence) =>
    [...evidence.final.values()].flatMap((object) =>
      object.kind === 'Job' ? (findingOf(object as Job, evidence) ?? []) : [],
    ),
};

function findingOf(job: Job, evidence: Evidence): Finding | undefined {
  const failed = job.status?.conditions?.find(({ type, status }) => type === 'Failed' && status === 'True');
  if (!failed) return undefined;
  const { reason = '', message = '' } = failed;
  const [decides = 'spec', why = 'it has failed'] = reasons[reason] ?? [];
  const end = lastFailure(job, evidence.trace);
  // what ended decides it; of a Job whose time was up, the time
  const path = end && reason !== 'DeadlineExceeded' ? `spec.template.${end.path}` : decides;
  const { subject } = attribute(job, evidence);
  const last = evidence.trace.findLast((entry) => entry.type === 'store' && entry.object === job);
  return {
    id: 'job-failed',
    severity: 'error',
    subject,
    related: [],
    field: { path: subject.kind === 'CronJob' ? `spec.jobTemplate.${path}` : path },
    message: `${reason}: ${message}`,
    explanation: `${end ? `${end.says}, and ` : ''}${end ? why : capitalized(why)}: the Job does not try again.`,
    steps: last ? [last.seq] : [],
  };
}

interface Failure {
  /** Of the container, in the Pod. */
  readonly path: string;
  readonly says: string;
}

/** How the last container of the Job's Pods ended that did not end well. */
function lastFailure({ metadata }: Job, trace: Trace): Failure | undefined {
  for (let seq = trace.length - 1; seq >= 0; seq--) {
    const entry = trace[seq];
    if (entry?.type !== 'store' || entry.object.kind !== 'Pod') continue;
    if (controllerOf(entry.object)?.uid !== metadata.uid) continue;
    const failure = failureIn(entry.object as Pod);
    if (failure) return failure;
  }
  return undefined;
}

function failureIn({ spec, status }: Pod): Failure | undefined {
  for (const list of ['containers', 'initContainers'] as const) {
    const statuses = status?.[list === 'containers' ? 'containerStatuses' : 'initContainerStatuses'] ?? [];
    const failed = statuses.find((one) => exitOf(one) !== undefined);
    const index = spec?.[list]?.findIndex(({ name }) => name === failed?.name) ?? -1;
    if (!failed || index < 0) continue;
    return { path: `spec.${list}[${index}].name`, says: `Container ${failed.name} ended with ${exitOf(failed)}` };
  }
  return undefined;
}

function exitOf({ state, lastState }: ContainerStatus): string | undefined {
  const { exitCode = 0, reason } = state?.terminated ?? lastState?.terminated ?? {};
  if (exitCode === 0) return undefined;
  return `exit code ${exitCode}${reason ? ` (${reason})` : ''}`;
}

const capitalized = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);
