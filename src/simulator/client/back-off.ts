// Exponential back-off by key, as k8s.io/client-go/util/flowcontrol.Backoff counts it.

interface Entry {
  readonly duration: number;
  readonly updatedAt: number;
}

/** Times and durations are virtual milliseconds. */
export class BackOff {
  readonly #entries = new Map<string, Entry>();
  readonly #initial: number;
  readonly #maximum: number;

  constructor(initial: number, maximum: number) {
    this.#initial = initial;
    this.#maximum = maximum;
  }

  /** Something failed at `at`, noticed `now`: the next wait is twice as long, or the first one. */
  next(key: string, at: number, now: number): void {
    const entry = this.#entries.get(key);
    const duration = entry && !this.#expired(entry, at) ? Math.min(entry.duration * 2, this.#maximum) : this.#initial;
    this.#entries.set(key, { duration, updatedAt: now });
  }

  /** How long the current wait is. */
  duration(key: string): number {
    return this.#entries.get(key)?.duration ?? 0;
  }

  /** What is left of the wait that counts from `since`; 0: none. */
  leftSince(key: string, since: number, now: number): number {
    const entry = this.#entries.get(key);
    return entry && !this.#expired(entry, since) ? Math.max(0, since + entry.duration - now) : 0;
  }

  /** What is left of the wait that counts from the last failure; 0: none. */
  leftSinceUpdate(key: string, now: number): number {
    const entry = this.#entries.get(key);
    return entry && !this.#expired(entry, now) ? Math.max(0, entry.updatedAt + entry.duration - now) : 0;
  }

  /** An entry that has not been touched for twice the maximum is forgotten. */
  #expired({ updatedAt }: Entry, at: number): boolean {
    return at - updatedAt > 2 * this.#maximum;
  }
}
