// What Jobs and the template of a CronJob have in common (pkg/apis/batch/validation, validateJobSpec, Kubernetes 1.36).
import { invalid, notSupported, required, tooLong } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import { byteLength } from '../../../../api/go-text.ts';
import type { JobSpec } from '../../../../api/object.ts';
import { checkNonNegative, type Errors } from '../checks.ts';
import { checkDomainPrefixedPath } from '../domain-names.ts';
import { goStruct } from '../go-struct.ts';
import { checkPodTemplate } from '../pod-template.ts';
import type { UnmodelledField } from '../validation.ts';
import { checkFailurePolicy, checkSuccessPolicy } from './failure-policy.ts';

const longestManager = 63;
const mostWithIndexes = 100_000;
const manyCompletions = 100_000;
/** The most that may run or fail at a time where there are many completions and each index has a limit of its own. */
const mostOfMany = 10_000;

const counts = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
] as const;

const atMost = (limit: number) => `must be less than or equal to ${limit}`;

function checkIndexed(spec: JobSpec, path: FieldPath, errors: Errors): void {
  const { completions, parallelism = 0, maxFailedIndexes: failed, backoffLimitPerIndex } = spec;
  const failedPath = path.child('maxFailedIndexes');
  const parallelPath = path.child('parallelism');
  if (completions === undefined) errors.push(required(path.child('completions'), 'when completion mode is Indexed'));
  if (parallelism > mostWithIndexes) {
    errors.push(invalid(parallelPath, parallelism, `${atMost(mostWithIndexes)} when completion mode is Indexed`));
  }
  if (completions !== undefined && failed !== undefined && failed > completions) {
    errors.push(invalid(failedPath, failed, 'must be less than or equal to completions'));
  }
  if (failed !== undefined && failed > mostWithIndexes) {
    errors.push(invalid(failedPath, failed, atMost(mostWithIndexes)));
  }
  if (completions === undefined || completions <= manyCompletions || backoffLimitPerIndex === undefined) return;
  const detail = `${atMost(mostOfMany)} when completions are above ${manyCompletions} and used with backoff limit per index`;
  if (failed === undefined) {
    errors.push(required(failedPath, `must be specified when completions is above ${manyCompletions}`));
  }
  if (parallelism > mostOfMany) errors.push(invalid(parallelPath, parallelism, detail));
  if (failed !== undefined && failed > mostOfMany) errors.push(invalid(failedPath, failed, detail));
}

function checkCompletionMode(spec: JobSpec, path: FieldPath, errors: Errors): void {
  const { completionMode = 'NonIndexed' } = spec;
  const modes = ['NonIndexed', 'Indexed'];
  if (!modes.includes(completionMode)) {
    errors.push(notSupported(path.child('completionMode'), completionMode, modes));
  } else if (completionMode === 'Indexed') checkIndexed(spec, path, errors);
  else {
    for (const name of ['backoffLimitPerIndex', 'maxFailedIndexes'] as const) {
      if (spec[name] === undefined) continue;
      errors.push(invalid(path.child(name), spec[name], 'requires indexed completion mode'));
    }
  }
}

function checkReplacementPolicy(spec: JobSpec, path: FieldPath, errors: Errors): void {
  const { podReplacementPolicy: policy, podFailurePolicy } = spec;
  const supported = podFailurePolicy ? ['Failed'] : ['Failed', 'TerminatingOrFailed'];
  if (policy !== undefined && !supported.includes(policy)) errors.push(notSupported(path, policy, supported));
}

/** Pods of a Job come to an end. */
function checkRestartPolicy({ template, podFailurePolicy }: JobSpec, path: FieldPath, errors: Errors): void {
  const policy = template.spec?.restartPolicy ?? '';
  const at = path.child('template', 'spec', 'restartPolicy');
  if (!policy || policy === 'Always') errors.push(required(at, 'valid values: "OnFailure", "Never"'));
  else if (policy !== 'OnFailure' && policy !== 'Never') errors.push(notSupported(at, policy, ['OnFailure', 'Never']));
  else if (podFailurePolicy && policy !== 'Never') {
    errors.push(invalid(at, policy, 'only "Never" is supported when podFailurePolicy is specified'));
  }
}

export function checkJobSpec(spec: JobSpec, path: FieldPath, errors: Errors): void {
  const { managedBy, completionMode, successPolicy } = spec;
  for (const name of counts) checkNonNegative(spec[name], path.child(name), errors);
  if (spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined) {
    errors.push(required(path.child('backoffLimitPerIndex'), 'when maxFailedIndexes is specified'));
  }
  if (managedBy !== undefined) {
    const at = path.child('managedBy');
    checkDomainPrefixedPath(managedBy, at, errors);
    if (byteLength(managedBy) > longestManager) errors.push(tooLong(at, longestManager));
  }
  checkCompletionMode(spec, path, errors);
  if (spec.podFailurePolicy) checkFailurePolicy(spec, path.child('podFailurePolicy'), errors);
  if (successPolicy) {
    const at = path.child('successPolicy');
    if (completionMode === 'Indexed') checkSuccessPolicy(spec, at, errors);
    else
      errors.push(invalid(at, goStruct('batch/v1.SuccessPolicy', successPolicy), 'requires indexed completion mode'));
  }
  checkReplacementPolicy(spec, path.child('podReplacementPolicy'), errors);
  checkPodTemplate(spec.template, path.child('template'), errors);
  checkRestartPolicy(spec, path, errors);
}

/** 1.36 breaks off while it looks at what some indexes are compared with, where that is not given. */
export const unmodelledOfJobSpec: readonly UnmodelledField[] = ['succeededIndexes', 'succeededCount'].map((name) => ({
  pattern: `successPolicy.rules[*].${name}`,
  reason: 'the server breaks off the request of a Job with a successPolicy and without completions',
  applies: (_value, _key, root) => {
    const { completionMode, completions } = root as Partial<JobSpec>;
    return completionMode === 'Indexed' && completions === undefined;
  },
}));
