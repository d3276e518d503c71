// Numbers by topology domain that can be changed for a supposition without copying them all: what changes lies in a layer above.

/** How many of something each domain has. A domain is counted once it has been added to, even if nothing is left in it. */
export class DomainCounts {
  readonly #base: ReadonlyMap<string, number>;
  readonly #changed: Map<string, number>;
  #size: number;
  #nonZero: number;

  private constructor(base: ReadonlyMap<string, number>, changed: Map<string, number>, size: number, nonZero: number) {
    this.#base = base;
    this.#changed = changed;
    this.#size = size;
    this.#nonZero = nonZero;
  }

  static empty(): DomainCounts {
    return new DomainCounts(noCounts, new Map(), 0, 0);
  }

  /** Counts that are there already, `nonZero` of them: the map is not changed by what is added. */
  static over(counts: ReadonlyMap<string, number>, nonZero: number): DomainCounts {
    return new DomainCounts(counts, new Map(), counts.size, nonZero);
  }

  get(domain: string): number | undefined {
    return this.#changed.get(domain) ?? this.#base.get(domain);
  }

  get size(): number {
    return this.#size;
  }

  get isZero(): boolean {
    return this.#nonZero === 0;
  }

  add(domain: string, amount: number): void {
    const before = this.get(domain);
    const after = (before ?? 0) + amount;
    this.#changed.set(domain, after);
    if (before === undefined) this.#size++;
    this.#nonZero += Number(after !== 0) - Number((before ?? 0) !== 0);
  }

  /** A copy to be changed on its own; this one is not to be changed any more. */
  fork(): DomainCounts {
    // The first layer becomes the ground; layers above it hold the domains of one node.
    return this.#base === noCounts
      ? new DomainCounts(this.#changed, new Map(), this.#size, this.#nonZero)
      : new DomainCounts(this.#base, new Map(this.#changed), this.#size, this.#nonZero);
  }

  /** The domains as they were counted at first. */
  *entries(): Generator<readonly [string, number]> {
    for (const [domain, count] of this.#base) if (!this.#changed.has(domain)) yield [domain, count];
    yield* this.#changed;
  }
}

const noCounts: ReadonlyMap<string, number> = new Map();
