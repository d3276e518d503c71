// The moves that validation rules are made of. A rule adds what it finds to a list, in the order in which the server finds it.
import { Attached } from '../../../base/attached.ts';
import { invalid, notSupported, required, type FieldError } from '../../../api/field-error.ts';
import type { FieldPath } from '../../../api/field-path.ts';
import { portNameProblems, portNumberProblems } from '../../../api/names.ts';
import { formatQuantity, parseQuantity } from '../../../api/quantity.ts';

/** The errors found so far; rules add to its end. */
export type Errors = FieldError[];

/**
 * A check of a value by itself, which looks at each object only until nothing is found wrong with it: Pods share with their template, and
 * a ReplicaSet with its Deployment, most of what they hold.
 */
export function once<T extends object>(
  check: (value: T, path: FieldPath, errors: Errors) => void,
): (value: T, path: FieldPath, errors: Errors) => void {
  const sound = new Attached<T, true>();
  return (value, path, errors) => {
    if (sound.get(value)) return;
    const before = errors.length;
    check(value, path, errors);
    if (errors.length === before) sound.set(value, true);
  };
}

export const maxInt32 = 2 ** 31 - 1;

/** One "Invalid value" for each problem with the value. */
export function addInvalid(errors: Errors, path: FieldPath, value: unknown, problems: readonly string[]): void {
  for (const problem of problems) errors.push(invalid(path, value, problem));
}

/** ValidateNonnegativeField; what is absent is fine. */
export function checkNonNegative(value: number | undefined, path: FieldPath, errors: Errors): void {
  if (value !== undefined && value < 0) errors.push(invalid(path, value, 'must be greater than or equal to 0'));
}

/** ValidateNonnegativeQuantity; what is absent is fine. */
export function checkAmountNotNegative(value: string | number | undefined, path: FieldPath, errors: Errors): void {
  const amount = value === undefined ? undefined : parseQuantity(value);
  if (!amount || amount.mantissa >= 0n) return;
  errors.push(invalid(path, formatQuantity(amount), 'must be greater than or equal to 0'));
}

/** The value is one of those supported; they are printed in the order given. What is absent is fine. */
export function checkSupported(
  value: string | undefined,
  supported: readonly string[],
  path: FieldPath,
  errors: Errors,
): void {
  if (value !== undefined && !supported.includes(value)) errors.push(notSupported(path, value, supported));
}

/** The value is given and one of those supported. */
export function checkRequiredSupported(
  value: string | undefined,
  supported: readonly string[],
  path: FieldPath,
  errors: Errors,
): void {
  if (!value) errors.push(required(path));
  else checkSupported(value, supported, path, errors);
}

/** A text that must be there. */
export function checkGiven(value: string | undefined, path: FieldPath, errors: Errors): void {
  if (!value) errors.push(required(path));
}

/** ValidatePortNumOrName. */
export function checkPort(port: number | string | undefined, path: FieldPath, errors: Errors): void {
  const value = port ?? 0;
  addInvalid(errors, path, value, typeof value === 'number' ? portNumberProblems(value) : portNameProblems(value));
}

/** IsValidUserID and IsValidGroupID. */
export function checkId(id: number | undefined, path: FieldPath, errors: Errors): void {
  if (id === undefined || (id >= 0 && id <= maxInt32)) return;
  errors.push(invalid(path, id, `must be between 0 and ${maxInt32}, inclusive`));
}

/** validatePathNoBacksteps: no part of the path is `..`. */
export function checkNoBacksteps(value: string, path: FieldPath, errors: Errors): void {
  if (hasBacksteps(value)) errors.push(invalid(path, value, "must not contain '..'"));
}

export const hasBacksteps = (value: string): boolean => value.includes('..') && value.split('/').includes('..');

/** validateLocalDescendingPath: relative, and never upwards. */
export function checkDescendingPath(value: string, path: FieldPath, errors: Errors): void {
  if (value.startsWith('/')) errors.push(invalid(path, value, 'must be a relative path'));
  checkNoBacksteps(value, path, errors);
}

/** ValidateLocalNonReservedPath: as checkDescendingPath, and no name that begins with `..`. */
export function checkNonReservedPath(value: string, path: FieldPath, errors: Errors): void {
  checkDescendingPath(value, path, errors);
  if (value.startsWith('..') && !value.startsWith('../')) errors.push(invalid(path, value, "must not start with '..'"));
}
