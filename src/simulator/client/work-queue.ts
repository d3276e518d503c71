// A controller's queue of keys: a key that is added several times before it is worked on is worked on once (client-go's workqueue).
import type { Kernel, Timer } from '../kernel/kernel.ts';
import type { Participant } from '../trace.ts';

/** How long a key that failed waits: twice as long after each further failure. Virtual milliseconds. */
export interface RetryDelays {
  readonly first: number;
  readonly longest: number;
}

/** client-go's DefaultTypedControllerRateLimiter: 5 ms, 1000 s at most. */
const defaultDelays: RetryDelays = { first: 5, longest: 1_000_000 };

/** A key that waits longer does not keep a run from being quiet: nothing is under way meanwhile. */
const longWait = 1000;

interface Later {
  readonly time: number;
  readonly background: boolean;
  readonly timer: Timer;
}

export class WorkQueue {
  readonly #kernel: Kernel;
  readonly #participant: Participant;
  readonly #work: (key: string) => void;
  readonly #delays: RetryDelays;
  readonly #waiting = new Set<string>();
  readonly #later = new Map<string, Later>();
  readonly #failures = new Map<string, number>();

  constructor(kernel: Kernel, participant: Participant, work: (key: string) => void, delays = defaultDelays) {
    this.#kernel = kernel;
    this.#participant = participant;
    this.#work = work;
    this.#delays = delays;
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

  /** Adds the key at a later time, however often it is worked on before; of several later times the earliest counts. */
  addAfter(key: string, delay: number, { background = true }: { readonly background?: boolean } = {}): void {
    const known = this.#later.get(key);
    known?.timer.cancel();
    const time = Math.min(this.#kernel.now + delay, known?.time ?? Infinity);
    const keepsRunning = !background || known?.background === false;
    const run = () => {
      this.#later.delete(key);
      this.add(key);
    };
    const timer = this.#kernel.after(time - this.#kernel.now, this.#participant, run, { background: !keepsRunning });
    this.#later.set(key, { time, background: !keepsRunning, timer });
  }

  /** Tries again later, each time twice as late; what adds the key meanwhile is not held back. */
  retry(key: string): void {
    const failures = this.failures(key);
    this.#failures.set(key, failures + 1);
    const delay = Math.min(this.#delays.first * 2 ** failures, this.#delays.longest);
    this.addAfter(key, delay, { background: delay > longWait });
  }

  /** How often the key has failed since it last succeeded. */
  failures(key: string): number {
    return this.#failures.get(key) ?? 0;
  }

  /** The work succeeded: the next failure begins with a short delay again. */
  forget(key: string): void {
    this.#failures.delete(key);
  }
}
