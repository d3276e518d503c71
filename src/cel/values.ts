// What CEL says of any two values: whether they are equal, and which is less.
import { isObject } from '../base/json.ts';
import { compareBytes } from '../base/order.ts';

/** Equality of CEL: numbers across their types, lists and maps by what is in them. */
export function areEqual(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => areEqual(item, b[i]));
  if (a instanceof Map && b instanceof Map) {
    return a.size === b.size && [...a].every(([key, value]) => b.has(key) && areEqual(value, b.get(key)));
  }
  return a === b || order(a, b) === 0;
}

/** Negative if `a` is less; undefined for what has no order. */
export function order(a: unknown, b: unknown): number | undefined {
  const [left, right] = [plain(a), plain(b)];
  if (isNumber(left) && isNumber(right)) return left < right ? -1 : left > right ? 1 : 0;
  if (typeof left === 'string' && typeof right === 'string') return compareBytes(left, right);
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  return undefined;
}

/** A timestamp is an object whose value is a number. */
const plain = (value: unknown): unknown => (typeof value === 'object' && value !== null ? value.valueOf() : value);
const isNumber = (value: unknown): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';

/** A value of JSON as expressions see it where nothing says of what type it is: whole numbers are integers. */
export function plainValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (!isObject(value)) return value ?? null;
  const fields = new Map<string, unknown>();
  for (const [key, field] of Object.entries(value)) if (field !== undefined) fields.set(key, plainValue(field));
  return fields;
}
