// What is worked out about an object of a run, kept with the object. A WeakMap of the module would do, but V8 takes the values in an old
// WeakMap for alive until its next full collection, and what hangs on them, up to whole runs, is moved into the old generation.

/** A value for each object, which goes with it; copies and listings of the object do not show it. */
export class Attached<K extends object, V> {
  readonly #key = Symbol('attached');

  get(object: K): V | undefined {
    return (object as { readonly [key: symbol]: V | undefined })[this.#key];
  }

  /** Nothing is kept with an object that is frozen. */
  set(object: K, value: V): void {
    if (Object.isExtensible(object)) {
      Object.defineProperty(object, this.#key, { value, writable: true, configurable: true });
    }
  }
}
