// What CEL says of any values: what is in them, whether two are equal, and which is less.
import { isObject } from '../base/json.ts';
import { compareBytes } from '../base/order.ts';
import { CelError } from './error.ts';

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

/** The list's items. Throws a CelError for any other value. */
export function itemsOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new CelError('no such overload');
  return value;
}

/** Keys and values of a map; undefined for any other value. Literals make plain objects. */
export function entriesOf(value: unknown): readonly (readonly [unknown, unknown])[] | undefined {
  if (value instanceof Map) return [...value];
  const isPlain = isObject(value) && Object.getPrototypeOf(value) === Object.prototype;
  return isPlain ? Object.entries(value) : undefined;
}

/** The items in the order of their keys. Throws a CelError for keys without an order. */
export function sorted(items: readonly unknown[], keys: readonly unknown[]): readonly unknown[] {
  const [first] = keys;
  if (keys.length > 0 && order(first, first) === undefined) throw new CelError('list elements must be comparable');
  if (keys.some((key) => typeof key !== typeof first)) throw new CelError('list elements must have the same type');
  return items
    .map((item, i) => [item, keys[i]] as const)
    .sort(([, a], [, b]) => order(a, b) ?? 0)
    .map(([item]) => item);
}

/** A value of JSON as expressions see it where nothing says of what type it is: whole numbers are integers. */
export function plainValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (!isObject(value)) return value ?? null;
  const fields = new Map<string, unknown>();
  for (const [key, field] of Object.entries(value)) if (field !== undefined) fields.set(key, plainValue(field));
  return fields;
}
