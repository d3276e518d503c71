// JSON values and what one does with them.
import { sortedKeys } from './order.ts';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** Whether a value is an object with keys (no list, no null). */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Deep equality of JSON values; a key whose value is undefined counts as absent. */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!deepEqual(a[i], b[i])) return false;
    return true;
  }
  if (!isObject(a) || !isObject(b)) return false;
  for (const key in a) if (!deepEqual(a[key], b[key])) return false;
  for (const key in b) if (b[key] !== undefined && a[key] === undefined) return false;
  return true;
}

/** Compact JSON as Go's encoding/json writes a map: keys in byte order, none that is undefined, HTML characters escaped. */
export function goJson(value: unknown): string {
  return htmlEscaped(sortedJson(value));
}

/** A string, number, boolean or null as encoding/json writes it; a bigint is a number too long for JavaScript's. */
export function goJsonScalar(value: unknown): string {
  return htmlEscaped(scalarJson(value));
}

function sortedJson(value: unknown): string {
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value) text += `${text && ','}${sortedJson(item)}`;
    return `[${text}]`;
  }
  if (!isObject(value)) return scalarJson(value);
  for (const key of sortedKeys(value)) {
    const inner = value[key];
    if (inner !== undefined) text += `${text && ','}${JSON.stringify(key)}:${sortedJson(inner)}`;
  }
  return `{${text}}`;
}

const scalarJson = (value: unknown) => (typeof value === 'bigint' ? String(value) : JSON.stringify(value ?? null));

/** These characters stand nowhere in JSON but in strings, so they can be escaped in the whole text at once. */
const htmlEscaped = (json: string) =>
  json.replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
