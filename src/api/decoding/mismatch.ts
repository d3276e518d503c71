// What a decoder says about a JSON value that does not go into a Go type.

/** A value of the wrong kind. */
export interface Mismatch {
  /** `string`, `number 1.5`, ... */
  readonly value: string;
  readonly goType: string;
  /** The innermost struct that has the field; empty outside of any. */
  readonly struct: string;
  /** Field names from the root, embedded structs included. */
  readonly path: readonly string[];
}

/** What is wrong with a body: a mismatch, or a text that stands alone. */
export type DecodingError = Mismatch | string;

export function errorText(error: DecodingError): string {
  if (typeof error === 'string') return error;
  const { value, goType, struct, path } = error;
  const target = struct ? `Go struct field ${struct}.${path.join('.')}` : 'Go value';
  return `json: cannot unmarshal ${value} into ${target} of type ${goType}`;
}

/** The kind of a JSON value, as Go calls it. */
export function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'bigint' ? 'number' : typeof value;
}

/** The least value, and the first one that is too large. */
const ranges: Readonly<Record<string, readonly [least: number, beyond: number]>> = {
  int: [-(2 ** 63), 2 ** 63],
  int32: [-(2 ** 31), 2 ** 31],
  int64: [-(2 ** 63), 2 ** 63],
  uint8: [0, 256],
};

/** Whether a number is written as an integer (no fraction, no exponent) and lies in the range of the Go type. */
export function integerFits(value: unknown, form: string): boolean {
  if (typeof value !== 'bigint' && !Number.isInteger(value)) return false;
  const [least = 0, beyond = 0] = ranges[form] ?? [];
  return (value as number | bigint) >= least && (value as number | bigint) < beyond;
}

/** The value of a mismatch with an integer type: a number that does not fit is shown as it is written. */
export function integerMismatch(value: unknown): string {
  return typeof value === 'number' || typeof value === 'bigint' ? `number ${value}` : kindOf(value);
}
