// Work that waits for others and looks from time to time whether they are done. A look that nothing has led up to finds nothing
// new, and does not keep a run from being quiet.
import type { Kernel, Timer } from '../kernel/kernel.ts';
import type { Participant } from '../trace.ts';

interface Wait {
  readonly time: number;
  readonly look: () => void;
  timer: Timer | undefined;
}

export class Waits {
  readonly #kernel: Kernel;
  readonly #participant: Participant;
  readonly #waits = new Set<Wait>();

  constructor(kernel: Kernel, participant: Participant) {
    this.#kernel = kernel;
    this.#participant = participant;
  }

  /** Looks again after that many virtual milliseconds. */
  add(delay: number, look: () => void): void {
    const wait: Wait = { time: this.#kernel.now + delay, look, timer: undefined };
    this.#waits.add(wait);
    this.#arm(wait, true);
  }

  /** Something happened that may be what is waited for: the next look of each is in the foreground. */
  expect(): void {
    for (const wait of this.#waits) this.#arm(wait, false);
  }

  #arm(wait: Wait, background: boolean): void {
    wait.timer?.cancel();
    const look = () => {
      this.#waits.delete(wait);
      wait.look();
    };
    wait.timer = this.#kernel.after(wait.time - this.#kernel.now, this.#participant, look, { background });
  }
}
