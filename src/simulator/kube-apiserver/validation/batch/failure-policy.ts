// When a Job fails for good, and when it has succeeded early (pkg/apis/batch/validation, validatePodFailurePolicy and
// validateSuccessPolicy, Kubernetes 1.36).
import { duplicate, invalid, notSupported, required, tooLong, tooMany } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import { byteLength, quote } from '../../../../api/go-text.ts';
import type {
  JobSpec,
  PodFailurePolicyOnExitCodesRequirement as ExitCodes,
  PodFailurePolicyOnPodConditionsPattern as ConditionPattern,
  PodFailurePolicyRule,
  SuccessPolicyRule,
} from '../../../../api/object.ts';
import { checkNonNegative, type Errors } from '../checks.ts';
import { shownList } from '../go-struct.ts';
import { checkQualifiedName } from '../labels.ts';
import { countIndexes } from './indexes.ts';

const mostRules = 20;
const mostPatterns = 20;
const mostExitCodes = 255;
const longestIndexes = 64 * 1024;

const actions = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const operators = ['In', 'NotIn'];
const statuses = ['False', 'True', 'Unknown'];

/** `["In" "NotIn"]`, as Go's %q shows a list. */
const goList = (values: readonly string[]) => `[${values.map(quote).join(' ')}]`;

function checkListed(value: string, supported: readonly string[], path: FieldPath, errors: Errors): void {
  if (!value) errors.push(required(path, `valid values: ${goList(supported)}`));
  else if (!supported.includes(value)) errors.push(notSupported(path, value, supported));
}

function checkExitCodes(codes: ExitCodes, names: readonly string[], path: FieldPath, errors: Errors): void {
  const { operator = '', containerName, values } = codes;
  const at = path.child('values');
  checkListed(operator, operators, path.child('operator'), errors);
  if (containerName !== undefined && !names.includes(containerName)) {
    const detail = 'must be one of the container or initContainer names in the pod template';
    errors.push(invalid(path.child('containerName'), containerName, detail));
  }
  if (!values?.length) return void errors.push(invalid(at, shownList(values), 'at least one value is required'));
  if (values.length > mostExitCodes) errors.push(tooMany(at, values.length, mostExitCodes));
  const seen = new Set<number>();
  values.forEach((value, i) => {
    if (operator === 'In' && value === 0) {
      errors.push(invalid(at.index(i), value, 'must not be 0 for the In operator'));
    }
    if (seen.has(value)) errors.push(duplicate(at.index(i), value));
    seen.add(value);
  });
  if (values.some((value, i) => i > 0 && (values[i - 1] ?? 0) > value)) {
    errors.push(invalid(at, values, 'must be ordered'));
  }
}

function checkPatterns(patterns: readonly ConditionPattern[], path: FieldPath, errors: Errors): void {
  if (patterns.length > mostPatterns) errors.push(tooMany(path, patterns.length, mostPatterns));
  patterns.forEach(({ type = '', status = '' }, i) => {
    checkQualifiedName(type, path.index(i).child('type'), errors);
    checkListed(status, statuses, path.index(i).child('status'), errors);
  });
}

function checkFailureRule(
  { action = '', onExitCodes, onPodConditions = [] }: PodFailurePolicyRule,
  spec: JobSpec,
  path: FieldPath,
  errors: Errors,
): void {
  const at = path.child('action');
  if (action !== 'FailIndex') checkListed(action, actions, at, errors);
  else if (spec.backoffLimitPerIndex === undefined) {
    errors.push(invalid(at, action, 'requires the backoffLimitPerIndex to be set'));
  }
  const { containers = [], initContainers = [] } = spec.template.spec ?? {};
  const names = [...containers, ...initContainers].map(({ name }) => name ?? '');
  if (onExitCodes) checkExitCodes(onExitCodes, names, path.child('onExitCodes'), errors);
  if (onPodConditions.length) checkPatterns(onPodConditions, path.child('onPodConditions'), errors);
  if (onExitCodes && onPodConditions.length) {
    const detail = 'specifying both OnExitCodes and OnPodConditions is not supported';
    errors.push(invalid(path, undefined, detail));
  } else if (!onExitCodes && !onPodConditions.length) {
    errors.push(invalid(path, undefined, 'specifying one of OnExitCodes and OnPodConditions is required'));
  }
}

export function checkFailurePolicy(spec: JobSpec, path: FieldPath, errors: Errors): void {
  const { rules = [] } = spec.podFailurePolicy ?? {};
  const at = path.child('rules');
  if (rules.length > mostRules) errors.push(tooMany(at, rules.length, mostRules));
  rules.forEach((rule, i) => checkFailureRule(rule, spec, at.index(i), errors));
}

function checkSuccessRule(
  { succeededCount: count, succeededIndexes: indexes }: SuccessPolicyRule,
  completions: number,
  path: FieldPath,
  errors: Errors,
): void {
  if (count === undefined && indexes === undefined) {
    errors.push(required(path, 'at least one of succeededCount or succeededIndexes must be specified'));
  }
  let total = 0;
  if (indexes !== undefined) {
    const at = path.child('succeededIndexes');
    if (byteLength(indexes) > longestIndexes) errors.push(tooLong(at, longestIndexes));
    const counted = countIndexes(indexes, completions);
    if (typeof counted === 'number') total = counted;
    else errors.push(invalid(at, indexes, `error parsing succeededIndexes: ${counted}`));
  }
  if (count === undefined) return;
  const at = path.child('succeededCount');
  checkNonNegative(count, at, errors);
  const limit = 'must be less than or equal to';
  if (count > completions) {
    errors.push(invalid(at, count, `${limit} ${completions} (the number of specified completions)`));
  }
  if (indexes !== undefined && count > total) {
    const detail = `${limit} ${total} (the number of indexes in the specified succeededIndexes field)`;
    errors.push(invalid(at, count, detail));
  }
}

/** The Job is one with indexes. */
export function checkSuccessPolicy({ successPolicy, completions }: JobSpec, path: FieldPath, errors: Errors): void {
  const { rules = [] } = successPolicy ?? {};
  const at = path.child('rules');
  if (!rules.length) {
    errors.push(required(at, 'at least one rules must be specified when the successPolicy is specified'));
  }
  if (rules.length > mostRules) errors.push(tooMany(at, rules.length, mostRules));
  rules.forEach((rule, i) => checkSuccessRule(rule, completions ?? 0, at.index(i), errors));
}
