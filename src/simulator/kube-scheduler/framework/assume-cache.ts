// Objects as they will be once the scheduler's own writes have come through: what one Pod was promised, the next does not get
// (volumebinding's passive assume cache).
import { keyOf, type KubeObject } from '../../../api/object.ts';
import type { Lister } from './lister.ts';

export class AssumeCache<T extends KubeObject> implements Lister<T> {
  readonly #lister: Lister<T>;
  readonly #assumed = new Map<string, T>();

  constructor(lister: Lister<T>) {
    this.#lister = lister;
  }

  get(key: string): T | undefined {
    const stored = this.#lister.get(key);
    return stored && this.#newest(stored);
  }

  *values(): Generator<T> {
    for (const stored of this.#lister.values()) yield this.#assumed.size === 0 ? stored : this.#newest(stored);
  }

  /** Takes the object for what is stored, until something newer comes. False if something newer is there already. */
  assume(object: T): boolean {
    const key = keyOf(object);
    const stored = this.#lister.get(key);
    if (stored?.metadata.resourceVersion !== object.metadata.resourceVersion) return false;
    this.#assumed.set(key, object);
    return true;
  }

  /** Takes an assumption back, if it is the one that holds. */
  restore(object: T): void {
    const key = keyOf(object);
    if (this.#assumed.get(key) === object) this.#assumed.delete(key);
  }

  /** What is assumed of an object holds for the version it was made from. */
  #newest(stored: T): T {
    const key = keyOf(stored);
    const assumed = this.#assumed.get(key);
    if (!assumed) return stored;
    if (assumed.metadata.resourceVersion === stored.metadata.resourceVersion) return assumed;
    this.#assumed.delete(key);
    return stored;
  }
}
