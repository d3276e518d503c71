// How much of a device's capacity can be asked for (pkg/apis/resource/validation, validateRequestPolicy, Kubernetes 1.36).
import { duplicate, forbidden, invalid, required } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import type { CapacityRequestPolicy } from '../../../../api/object.ts';
import {
  addQuantities,
  compareQuantities,
  formatQuantity,
  int64Value,
  parseQuantity,
  type Quantity,
} from '../../../../api/quantity.ts';
import type { Errors } from '../checks.ts';
import { isShort } from './devices.ts';

const optionsLimit = 10;

type Given = string | number;

const zero = { mantissa: 0n, scale: 0 } as Quantity;
const amountOf = (value: Given) => parseQuantity(value) ?? zero;
const isMore = (a: Quantity, b: Quantity) => compareQuantities(a, b) > 0;

export function checkRequestPolicy(
  capacity: Given,
  policy: CapacityRequestPolicy,
  path: FieldPath,
  errors: Errors,
): void {
  const { default: usual, validValues = [], validRange } = policy;
  if (validValues.length && validRange) {
    const detail =
      'exactly one policy can be specified, cannot specify "validValues" and "validRange" at the same time';
    errors.push(forbidden(path, detail));
    return;
  }
  const kind = validValues.length ? 'validValues' : validRange && 'validRange';
  if (!kind) return;
  if (usual === undefined) return void errors.push(required(path.child('default'), `required when ${kind} is defined`));
  const context = { usual: amountOf(usual), most: amountOf(capacity), path: path.child(kind), errors };
  if (validRange) checkRange(validRange, context);
  else checkValues(validValues, context);
}

interface Context {
  /** What is meant where nothing is asked for. */
  readonly usual: Quantity;
  readonly most: Quantity;
  readonly path: FieldPath;
  readonly errors: Errors;
}

function checkValues(given: readonly Given[], { usual, most, path, errors }: Context): void {
  const values = given.map(amountOf);
  const say = (at: FieldPath, value: Quantity, detail: string) =>
    errors.push(invalid(at, formatQuantity(value), detail));
  values.forEach((value, i) => {
    const before = values[i - 1];
    if (before && isMore(before, value)) say(path.index(i), value, 'values must be sorted in ascending order');
  });
  const isLooked = isShort(values, optionsLimit, path, errors);
  if (isLooked) {
    values.forEach((value, i) => {
      if (isMore(value, most)) {
        say(path.index(i), value, `option is larger than capacity value: ${formatQuantity(most)}`);
      }
    });
    const keys = values.map((value) => String(int64Value(value)));
    keys.forEach((key, i) => {
      if (keys.indexOf(key) < i) errors.push(duplicate(path.index(i), key));
    });
  }
  const isFound = isLooked && values.some((value) => compareQuantities(value, usual) === 0);
  if (!isFound) say(path, usual, 'default value is not valid according to the requestPolicy');
}

function checkRange(
  { min: least, max, step }: NonNullable<CapacityRequestPolicy['validRange']>,
  { usual, most, path, errors }: Context,
): void {
  if (least === undefined) {
    return void errors.push(required(path.child('min'), 'required when validRange is defined'));
  }
  const min = amountOf(least);
  const say = (field: string, value: Quantity, detail: string) =>
    errors.push(invalid(path.child(field), formatQuantity(value), detail));
  const larger = (what: string) => `${what} is larger than capacity value: ${formatQuantity(most)}`;
  if (isMore(min, most)) say('min', min, larger('min'));
  if (isMore(min, usual)) say('min', usual, `default is less than min: ${formatQuantity(min)}`);
  const top = max === undefined ? undefined : amountOf(max);
  if (top) {
    if (isMore(min, top)) say('max', min, `min is larger than max: ${formatQuantity(top)}`);
    if (isMore(top, most)) say('max', top, larger('max'));
    if (isMore(usual, top)) say('max', usual, `default is more than max: ${formatQuantity(top)}`);
  }
  if (step === undefined) return;
  const by = amountOf(step);
  const first = addQuantities(min, by);
  if (isMore(first, most)) say('step', by, larger(`one step ${formatQuantity(first)}`));
  for (const value of top ? [usual, top] : [usual]) {
    const width = int64Value(by);
    // the server divides by zero here, and answers nothing
    if (width === 0n || (int64Value(value) - int64Value(min)) % width === 0n) continue;
    const text = `value is not a multiple of a given step (${formatQuantity(by)}) from (${formatQuantity(min)})`;
    say('step', value, text);
  }
}
