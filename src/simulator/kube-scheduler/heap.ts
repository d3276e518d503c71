// A binary heap whose entries may have lost their place: the owner says which entries still count.

/** Hands out the least entry. Entries for which `counts` no longer holds are dropped on the way. */
export class Heap<T> {
  readonly #entries: T[] = [];
  readonly #before: (a: T, b: T) => boolean;
  readonly #counts: (entry: T) => boolean;

  constructor(before: (a: T, b: T) => boolean, counts: (entry: T) => boolean) {
    this.#before = before;
    this.#counts = counts;
  }

  push(entry: T): void {
    const entries = this.#entries;
    let at = entries.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = entries[parent] as T;
      if (!this.#before(entry, above)) break;
      entries[at] = above;
      at = parent;
    }
    entries[at] = entry;
  }

  pop(): T | undefined {
    for (;;) {
      const least = this.#take();
      if (least === undefined || this.#counts(least)) return least;
    }
  }

  get isEmpty(): boolean {
    while (this.#entries.length > 0 && !this.#counts(this.#entries[0] as T)) this.#take();
    return this.#entries.length === 0;
  }

  #take(): T | undefined {
    const entries = this.#entries;
    const least = entries[0];
    const last = entries.pop();
    if (last === undefined || entries.length === 0) return least;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= entries.length) break;
      if (child + 1 < entries.length && this.#before(entries[child + 1] as T, entries[child] as T)) child++;
      const smaller = entries[child] as T;
      if (!this.#before(smaller, last)) break;
      entries[at] = smaller;
      at = child;
    }
    entries[at] = last;
    return least;
  }
}
