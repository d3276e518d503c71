// `"%s is %d".format([…])` (cel-go/ext/formatting.go, version 2).
import { quote, utf8Of } from '../api/go-text.ts';
import { compareBytes } from '../base/order.ts';
import { CelDoubt, CelError } from './error.ts';
import { bytesText, doubleText } from './own-functions.ts';
import { durationText, timestampText, type CelDuration, type CelTimestamp } from './times.ts';
import { entriesOf } from './values.ts';

/** The template with the values in place of its clauses. */
export function format(template: string, values: readonly unknown[]): string {
  let next = 0;
  return template.replace(/%(%|(?:\.(\d*))?([^])?)/g, (_, clause: string, precision?: string, verb?: string) => {
    if (clause === '%') return '%';
    if (next >= values.length) throw new CelError(`index ${next} out of range`);
    if (clause === '') throw new CelError('unexpected end of string');
    return formatted(verb, values[next++], precision === undefined ? 6 : Number(precision));
  });
}

function formatted(verb: string | undefined, value: unknown, digits: number): string {
  switch (verb) {
    case 's':
      return textOf(value);
    case 'd':
      return isWhole(value) ? String(value) : refused('decimal clause can only be used on integers', value);
    case 'f':
      return typeof value === 'number'
        ? grouped(value, digits)
        : refused('fixed-point clause can only be used on doubles', value);
    case 'b':
      if (typeof value === 'boolean') return String(Number(value));
      return isWhole(value) ? radix(value, 2) : refused('only integers and bools can be formatted as binary', value);
    case 'o':
      return isWhole(value) ? radix(value, 8) : refused('octal clause can only be used on integers', value);
    case 'x':
      return hex(value);
    case 'X':
      return hex(value).toUpperCase();
    default:
      throw new CelDoubt(`the clause ${quote(`%${verb ?? ''}`)} cannot be followed`);
  }
}

/** Integers; unsigned ones are objects that have such a value. */
const isWhole = (value: unknown): value is { valueOf: () => bigint } =>
  value !== null && value !== undefined && typeof value.valueOf() === 'bigint';
const radix = (value: { valueOf: () => bigint }, base: number) => value.valueOf().toString(base);

function hex(value: unknown): string {
  const bytes =
    value instanceof Uint8Array
      ? Array.from(value)
      : typeof value === 'string'
        ? Array.from(value).flatMap((character) => utf8Of(character.codePointAt(0) ?? 0))
        : undefined;
  if (bytes) return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return isWhole(value)
    ? radix(value, 16)
    : refused('only integers, byte buffers, and strings can be formatted as hex', value);
}

/** A number with its thousands apart, as in American English. */
function grouped(value: number, digits: number): string {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e21) throw new CelDoubt('the number cannot be followed');
  const [whole = '', fraction] = value.toFixed(digits).split('.');
  const thousands = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === undefined ? thousands : `${thousands}.${fraction}`;
}

function refused(why: string, value: unknown): never {
  const type = typeName(value);
  if (type === undefined) throw new CelDoubt('the value to format cannot be followed');
  throw new CelError(`error during formatting: ${why}, was given ${type}`);
}

function typeName(value: unknown): string | undefined {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return 'double';
  if (typeof value === 'boolean') return 'bool';
  if (value === null) return 'null_type';
  if (Array.isArray(value)) return 'list';
  return entriesOf(value) ? 'map' : undefined;
}

/** `%s` of a value. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return doubleText(value);
  if (isTimestamp(value)) return timestampText(value);
  if (isDuration(value)) return durationText(value);
  if (value instanceof Uint8Array) return bytesText(value);
  return literalOf(value);
}

const isTimestamp = (value: unknown): value is CelTimestamp =>
  typeof value === 'object' && value !== null && 'toISOString' in value;

const isDuration = (value: unknown): value is CelDuration =>
  typeof value === 'object' && value !== null && 'seconds' in value && 'nanos' in value;

/** A value within another: as an expression would write it. */
function literalOf(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'boolean' || isWhole(value)) return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value.toFixed(6) : quote(doubleText(value));
  if (value === null) return 'null';
  if (isTimestamp(value)) return `timestamp(${quote(timestampText(value))})`;
  if (isDuration(value)) return `duration(${quote(durationText(value))})`;
  if (value instanceof Uint8Array) return `b${quote(bytesText(value))}`;
  if (Array.isArray(value)) return `[${value.map(literalOf).join(', ')}]`;
  const entries = entriesOf(value)?.map(([key, item]) => [literalOf(key), literalOf(item)] as const);
  if (!entries) throw new CelDoubt('the value to format cannot be followed');
  const sorted = entries.toSorted(([a], [b]) => compareBytes(a, b));
  return `{${sorted.map(([key, item]) => `${key}:${item}`).join(', ')}}`;
}
