// Where two JSON values differ. The order of keys is free, that of lists is not; null and absent are the same.
import { isObject } from '../../../src/base/json.ts';

export interface Difference {
  readonly at: string;
  readonly recorded: unknown;
  readonly answer: unknown;
}

export function differencesOf(recorded: unknown, answer: unknown, at = ''): Difference[] {
  if (recorded === answer || (recorded == null && answer == null)) return [];
  if (Array.isArray(recorded) && Array.isArray(answer)) {
    const [a, b] = [recorded as unknown[], answer as unknown[]];
    return Array.from({ length: Math.max(a.length, b.length) }, (_, i) =>
      differencesOf(a[i], b[i], `${at}[${i}]`),
    ).flat();
  }
  if (isObject(recorded) && isObject(answer)) {
    const keys = new Set([...Object.keys(recorded), ...Object.keys(answer)]);
    return [...keys].flatMap((key) => differencesOf(recorded[key], answer[key], at ? `${at}.${key}` : key));
  }
  return [{ at, recorded, answer }];
}

export const same = (a: unknown, b: unknown) => differencesOf(a, b).length === 0;

/** The same value with the keys of objects sorted, so that equal values have equal texts. */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, canonical(value[key])]),
  );
}

export const order = (a = '', b = '') => (a < b ? -1 : a > b ? 1 : 0);
