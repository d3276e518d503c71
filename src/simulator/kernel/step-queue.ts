// The queue of steps: pieces of simulator work, ordered by virtual time and, at the same time, by when they were asked for.
import type { Participant } from '../trace.ts';

/** A piece of queued work. */
export interface Step {
  readonly time: number;
  readonly order: number;
  readonly participant: Participant;
  /** `seq` of the trace entry that asked for it. */
  readonly cause: number | undefined;
  /** Background steps (resync, back-off that nobody waits for) do not keep a run from being quiet. */
  readonly background: boolean;
  run: (() => void) | undefined;
}

const before = (a: Step, b: Step) => a.time < b.time || (a.time === b.time && a.order < b.order);

/** A binary heap of steps. A cancelled step stays in the heap, without work, until its time comes. */
export class StepQueue {
  readonly #heap: Step[] = [];

  push(step: Step): void {
    const heap = this.#heap;
    let at = heap.push(step) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] as Step;
      if (!before(step, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = step;
  }

  peek(): Step | undefined {
    return this.#heap[0];
  }

  pop(): Step | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last && heap.length > 0) this.#sink(last);
    return first;
  }

  #sink(step: Step): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      const right = heap[child + 1];
      if (right && before(right, heap[child] as Step)) child++;
      const smaller = heap[child] as Step;
      if (!before(smaller, step)) break;
      heap[at] = smaller;
      at = child;
    }
    heap[at] = step;
  }
}
