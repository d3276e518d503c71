// Field errors of k8s.io/apimachinery/pkg/util/validation/field: what a validation rule says about one field, and how all of
// them together become the answer "Invalid" (apimachinery/pkg/api/errors.NewInvalid).
import type { FieldPath } from './field-path.ts';
import { formatFloat, quote, structJson } from './go-text.ts';
import { failure, type ApiStatus } from './status.ts';

const titles = {
  FieldValueNotFound: 'Not found',
  FieldValueRequired: 'Required value',
  FieldValueDuplicate: 'Duplicate value',
  FieldValueInvalid: 'Invalid value',
  FieldValueNotSupported: 'Unsupported value',
  FieldValueForbidden: 'Forbidden',
  FieldValueTooLong: 'Too long',
  FieldValueTooMany: 'Too many',
  FieldValueTooFew: 'Too few',
  FieldValueTooShort: 'Too short',
  FieldValueTypeInvalid: 'Invalid value',
  InternalError: 'Internal error',
} as const;

export type FieldErrorType = keyof typeof titles;

/** One thing that is wrong with one field. `field` is the path as text; `path` is kept where there is one, to find the source. */
export interface FieldError {
  readonly type: FieldErrorType;
  readonly field: string;
  readonly path?: FieldPath;
  /** The value as Go shows it: structs as objects with Go's names in Go's order. Undefined: the message has no value. */
  readonly badValue?: unknown;
  readonly detail: string;
}

/** A path, or its text where it is none of ours (`<nil>`, say). */
type Where = FieldPath | string;

function fieldError(type: FieldErrorType, where: Where, badValue: unknown, detail: string): FieldError {
  if (typeof where === 'string') return { type, field: where, badValue, detail };
  return { type, field: where.toString(), path: where, badValue, detail };
}

export const required = (where: Where, detail = '') => fieldError('FieldValueRequired', where, undefined, detail);

export const forbidden = (where: Where, detail: string) => fieldError('FieldValueForbidden', where, undefined, detail);

export const invalid = (where: Where, badValue: unknown, detail: string) =>
  fieldError('FieldValueInvalid', where, badValue, detail);

export const typeInvalid = (where: Where, badValue: unknown, detail: string) =>
  fieldError('FieldValueTypeInvalid', where, badValue, detail);

export const duplicate = (where: Where, badValue: unknown, detail = '') =>
  fieldError('FieldValueDuplicate', where, badValue, detail);

export const notFound = (where: Where, badValue: unknown, detail = '') =>
  fieldError('FieldValueNotFound', where, badValue, detail);

/** Go sorts the values in most places, so the caller gives them in the order to be printed. */
export function notSupported(where: Where, badValue: unknown, supported: readonly string[]): FieldError {
  const detail = supported.length ? `supported values: ${supported.map(quote).join(', ')}` : '';
  return fieldError('FieldValueNotSupported', where, badValue, detail);
}

/** The value is longer than `maximum` bytes. */
export const tooLong = (where: Where, maximum: number) =>
  fieldError('FieldValueTooLong', where, undefined, `may not be more than ${counted(maximum, 'byte')}`);

/** The list has `actual` items, more than `maximum`. */
export const tooMany = (where: Where, actual: number, maximum: number) =>
  fieldError('FieldValueTooMany', where, actual, `must have at most ${counted(maximum, 'item')}`);

/** The text has fewer than `minimum` characters. */
export const tooShort = (where: Where, minimum: number) =>
  fieldError('FieldValueTooShort', where, undefined, `must be at least ${counted(minimum, 'character')}`);

export const internal = (where: Where, detail: string) => fieldError('InternalError', where, undefined, detail);

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** field.Error.ErrorBody: the message without the field's path, as a cause of a Status shows it. */
export function messageBody({ type, badValue, detail }: FieldError): string {
  const value = badValue === undefined ? '' : `: ${valueText(badValue)}`;
  return `${titles[type]}${value}${detail && `: ${detail}`}`;
}

/** field.Error.Error: `spec.replicas: Invalid value: -1: must be greater than or equal to 0`. */
export function message(error: FieldError): string {
  return `${error.field}: ${messageBody(error)}`;
}

function valueText(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'bigint') return String(value);
  // nearly every number of the API is an integer; a float64 that happens to be whole is shown as one
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : formatFloat(value);
  return structJson(value);
}

/** The kind that an Invalid answer names, as `Deployment.apps`. */
export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

/** errors.NewInvalid: 422 with every error as a cause; the message names each different error once. */
export function invalidStatus({ group, kind }: GroupKind, name: string, errors: readonly FieldError[]): ApiStatus {
  const causes = errors.map((error) => ({ reason: error.type, message: messageBody(error), field: error.field }));
  const texts = [...new Set(errors.map(message))];
  const list = texts.length > 1 ? `[${texts.join(', ')}]` : (texts[0] ?? '');
  const subject = `${group ? `${kind}.${group}` : kind} ${quote(name)} is invalid`;
  return failure(422, 'Invalid', list ? `${subject}: ${list}` : subject, {
    ...(name && { name }),
    ...(group && { group }),
    kind,
    causes,
  });
}
