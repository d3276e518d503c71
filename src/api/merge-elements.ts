// Elements of lists that strategic merge patches merge: what tells them from each other, and where they stand.
import { goJsonScalar, isObject } from '../base/json.ts';

export type JsonMap = Readonly<Record<string, unknown>>;
export type JsonList = readonly unknown[];

/** A patch or an object does not have the shape that merging needs; the text is strategicpatch's. */
export class MergePatchError extends Error {
  override name = 'MergePatchError';
}

/** Up to this many keys are looked through one by one, which takes less than to make a map of them. */
export const few = 16;

/** The first place that each key has in a list. */
export class Places {
  readonly #mergeKey: string;
  readonly #keys: unknown[];
  readonly #byKey: Map<unknown, number> | undefined;

  constructor(list: JsonList, mergeKey: string) {
    this.#mergeKey = mergeKey;
    this.#byKey = list.length > few ? new Map() : undefined;
    this.#keys = [];
    for (const element of list) this.add(element);
  }

  /** -1: nowhere. */
  of(key: unknown): number {
    return this.#byKey ? (this.#byKey.get(key) ?? -1) : this.#keys.indexOf(key);
  }

  /** One more element, at the end. */
  add(element: unknown): void {
    const key = keyOfElement(element, this.#mergeKey);
    const place = this.#keys.push(key) - 1;
    if (this.#byKey && !this.#byKey.has(key)) this.#byKey.set(key, place);
  }
}

/** What tells an element from the others: its merge key's value; a scalar itself. */
export function keyOfElement(element: unknown, mergeKey: string): unknown {
  if (!isObject(element)) return element;
  const key = element[mergeKey];
  if (key !== undefined) return key;
  throw new MergePatchError(`map: ${goText(element)} does not contain declared merge key: ${mergeKey}`);
}

/** What the elements of the lists are; lists of lists and mixed lists cannot be merged. */
export function elementKind(...lists: JsonList[]): 'map' | 'scalar' {
  const kinds = new Set<string>();
  for (const list of lists) {
    for (const item of list) {
      if (Array.isArray(item)) throw new MergePatchError('lists of lists are not supported');
      kinds.add(isObject(item) ? 'map' : typeof item);
    }
  }
  if (kinds.size > 1) throw new MergePatchError(`list element types are not identical: ${goText(lists)}`);
  return kinds.has('map') ? 'map' : 'scalar';
}

/** A value as Go's `%v` prints it: `map[name:web ports:[80]]`. */
export function goText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (!isObject(value)) return value === null || value === undefined ? '<nil>' : scalarText(value);
  const entries = Object.keys(value).sort();
  return `map[${entries.map((key) => `${key}:${goText(value[key])}`).join(' ')}]`;
}

const scalarText = (value: unknown) => (typeof value === 'string' ? value : goJsonScalar(value));
