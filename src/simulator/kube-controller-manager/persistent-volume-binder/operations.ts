// Work on storage itself, one at a time for each object; what failed is not tried again before its back-off has ended
// (pkg/util/goroutinemap with exponential back-off).
import type { Kernel } from '../../kernel/kernel.ts';
import { isRequestFailure } from '../controller.ts';

const firstDelay = 500;
const longestDelay = 122_000;

export class Operations {
  readonly #kernel: Kernel;
  readonly #failed = new Map<string, { readonly delay: number; readonly until: number }>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** Runs the operation, unless it backs off. It fails by a request that fails, or by answering false. */
  run(name: string, operation: () => boolean): void {
    const before = this.#failed.get(name);
    if (before && this.#kernel.now < before.until) return;
    if (succeeds(operation)) {
      this.#failed.delete(name);
      return;
    }
    const delay = before ? Math.min(before.delay * 2, longestDelay) : firstDelay;
    this.#failed.set(name, { delay, until: this.#kernel.now + delay });
  }
}

function succeeds(operation: () => boolean): boolean {
  try {
    return operation();
  } catch (error) {
    if (isRequestFailure(error)) return false;
    throw error;
  }
}
