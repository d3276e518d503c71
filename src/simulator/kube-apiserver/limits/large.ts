// Whether a value may be too large for a request or for etcd: nearly none is, and then no limit has to be looked at.
import type { KubeObject } from '../../../api/object.ts';

/** Fewer characters than this are within every limit, whatever is written around them. */
const small = 700_000;
/** An object of no more characters does not become large when another one is made from it. */
const tiny = 100_000;

/** Counts the characters of texts and keys until there are too many. */
export const isLarge = (value: unknown): boolean => left(value, undefined, small) < 0;

/** The same of objects that are written again and again: only what is new in them is counted. */
export class Growth {
  /** By key of the store, how many characters may at least be added to what is stored. */
  readonly #left = new Map<string, number>();
  #isAllTiny = true;

  /**
   * Whether an object may be too large that is written over the previous one. What a program of the cluster writes (`derived`) is
   * hardly larger than what it makes it from, and is only looked at once there was something that is not tiny.
   */
  isLarge(key: string, object: KubeObject, previous: KubeObject | undefined, derived: boolean): boolean {
    if (derived && this.#isAllTiny) return false;
    const before = previous && this.#left.get(key);
    let after = before === undefined ? -1 : left(object, previous, before);
    // what has gone was not taken off, so that the count is by far too high in the end
    if (after < 0) after = left(object, undefined, small);
    this.#left.set(key, after);
    this.#isAllTiny &&= after > small - tiny;
    return after < 0;
  }
}

function left(value: unknown, known: unknown, budget: number): number {
  if (value === known) return budget;
  if (typeof value === 'string') return budget - value.length;
  if (typeof value !== 'object' || value === null) return budget - 1;
  let rest = budget;
  const other = typeof known === 'object' && known !== null ? (known as Readonly<Record<string, unknown>>) : undefined;
  // every object that is written comes through here: pairs of keys and values would be a twelfth of what a check allocates
  for (const key in value) {
    rest = left((value as Readonly<Record<string, unknown>>)[key], other?.[key], rest - key.length);
    if (rest < 0) return rest;
  }
  return rest;
}
