// Counts that may be given as a percentage (pkg/apis/apps/validation, ValidatePositiveIntOrPercent, Kubernetes 1.36).
import { invalid } from '../../../api/field-error.ts';
import type { FieldPath } from '../../../api/field-path.ts';
import { percentProblems } from '../../../api/names.ts';
import { addInvalid, checkNonNegative, type Errors } from './checks.ts';

export type IntOrPercent = number | string;

export function checkIntOrPercent(value: IntOrPercent | undefined, path: FieldPath, errors: Errors): void {
  if (typeof value === 'string') addInvalid(errors, path, value, percentProblems(value));
  else checkNonNegative(value, path, errors);
}

const percentOf = (value: IntOrPercent) =>
  typeof value === 'string' && percentProblems(value).length === 0 ? Number(value.slice(0, -1)) : undefined;

/** The number in front of the percent sign, or the number itself; 0 for what is neither. */
export function amountOf(value: IntOrPercent | undefined): number {
  if (value === undefined) return 0;
  const amount = percentOf(value) ?? Number(value);
  return Number.isNaN(amount) ? 0 : amount;
}

/** IsNotMoreThan100Percent. */
export function checkAtMostAll(value: IntOrPercent | undefined, path: FieldPath, errors: Errors): void {
  if (value === undefined || (percentOf(value) ?? 0) <= 100) return;
  errors.push(invalid(path, value, 'must not be greater than 100%'));
}
