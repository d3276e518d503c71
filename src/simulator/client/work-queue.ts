// A controller's queue of keys: a key that is added several times before it is worked on is worked on once (client-go's workqueue).
import type { Kernel } from '../kernel/kernel.ts';
import type { Participant } from '../trace.ts';

/** client-go's default: 5 ms for the first retry, doubled for each further one, 1000 s at most. */
const baseDelay = 5;
const maxDelay = 1_000_000;

export class WorkQueue {
  readonly #kernel: Kernel;
  readonly #participant: Participant;
  readonly #work: (key: string) => void;
  readonly #waiting = new Set<string>();
  readonly #failures = new Map<string, number>();

  constructor(kernel: Kernel, participant: Participant, work: (key: string) => void) {
    this.#kernel = kernel;
    this.#participant = participant;
    this.#work = work;
  }

  /** Works on the key in a step of its own, after `delay` virtual milliseconds. */
  add(key: string, delay = 0): void {
    if (this.#waiting.has(key)) return;
    this.#waiting.add(key);
    this.#kernel.after(delay, this.#participant, () => {
      this.#waiting.delete(key);
      this.#work(key);
    });
  }

  /** Works on the key at a later time, however often it is worked on before. */
  addAfter(key: string, delay: number): void {
    this.#kernel.after(delay, this.#participant, () => this.add(key), { background: true });
  }

  /** Tries again later, each time twice as late. */
  retry(key: string): void {
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    this.add(key, Math.min(baseDelay * 2 ** failures, maxDelay));
  }

  /** The work succeeded: the next failure begins with a short delay again. */
  forget(key: string): void {
    this.#failures.delete(key);
  }
}
