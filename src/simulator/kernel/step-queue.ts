// The queue of steps: pieces of simulator work, ordered by virtual time and, at the same time, by when they were asked for.
import type { Participant } from '../trace.ts';

/** A piece of queued work. Who asked for it can call it off. */
export class Step {
  readonly time: number;
  readonly participant: Participant;
  /** `seq` of the trace entry that asked for it. */
  readonly cause: number | undefined;
  /** Background steps (resync, back-off that nobody waits for) do not keep a run from being quiet. */
  readonly background: boolean;
  readonly #queue: StepQueue;
  #run: (() => void) | undefined;

  constructor(
    queue: StepQueue,
    time: number,
    participant: Participant,
    cause: number | undefined,
    background: boolean,
    run: () => void,
  ) {
    this.#queue = queue;
    this.time = time;
    this.participant = participant;
    this.cause = cause;
    this.background = background;
    this.#run = run;
  }

  /** The work, which is then no longer to be done; undefined if it is done or was called off. */
  take(): (() => void) | undefined {
    const run = this.#run;
    if (run && !this.background) this.#queue.foreground--;
    this.#run = undefined;
    return run;
  }

  cancel(): void {
    this.take();
  }
}

/** The steps of one moment, in the order of asking; those before `next` are done. */
interface Moment {
  readonly time: number;
  readonly steps: Step[];
  next: number;
}

/** Much happens at the same moment, so moments are what a binary heap orders. A cancelled step stays, without work, until its time comes. */
export class StepQueue {
  readonly #heap: Moment[] = [];
  readonly #moments = new Map<number, Moment>();
  /** The steps to be done that are no background steps. */
  foreground = 0;

  push(step: Step): void {
    if (!step.background) this.foreground++;
    const known = this.#moments.get(step.time);
    if (known) {
      known.steps.push(step);
      return;
    }
    const moment = { time: step.time, steps: [step], next: 0 };
    this.#moments.set(step.time, moment);
    this.#rise(moment);
  }

  peek(): Step | undefined {
    const first = this.#heap[0];
    return first?.steps[first.next];
  }

  pop(): Step | undefined {
    const first = this.#heap[0];
    if (!first) return undefined;
    const step = first.steps[first.next++];
    if (first.next === first.steps.length) this.#remove(first);
    return step;
  }

  #remove(first: Moment): void {
    const heap = this.#heap;
    this.#moments.delete(first.time);
    const last = heap.pop();
    if (last && last !== first) this.#sink(last);
  }

  #rise(moment: Moment): void {
    const heap = this.#heap;
    let at = heap.push(moment) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] as Moment;
      if (above.time < moment.time) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = moment;
  }

  #sink(moment: Moment): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      const right = heap[child + 1];
      if (right && right.time < (heap[child] as Moment).time) child++;
      const smaller = heap[child] as Moment;
      if (moment.time < smaller.time) break;
      heap[at] = smaller;
      at = child;
    }
    heap[at] = moment;
  }
}
