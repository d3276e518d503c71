// The kernel owns everything a run must not leave to chance: time, order, randomness, ids, and the trace they are written to.
import { finished, never, type Gradual, type IsDue } from '../../base/gradual.ts';
import { InvariantError } from '../../base/invariant.ts';
import type { Participant, Trace, TraceDetails, TraceEntry } from '../trace.ts';
import { lineOf } from './line.ts';
import { Random } from './random.ts';
import { Step, StepQueue } from './step-queue.ts';
import { formatMicroTime, formatTime, unixNanoseconds } from './time.ts';

/** Sequential work of one participant: yields the virtual milliseconds it waits before it goes on. */
export type Process = Generator<number, void, void>;

/** Something that was asked for and can still be called off. */
export interface Timer {
  cancel(): void;
}

export interface StepOptions {
  /** Does not keep the run from being quiet. */
  readonly background?: boolean;
}

/** How a stretch of a run ended. */
export type RunEnd = 'quiet' | 'reached' | 'horizon' | 'step-cap';

export interface RunLimits {
  /** Virtual milliseconds at which the run is cut. */
  readonly horizon: number;
  /** Steps and lines of the trace, together, after which the run is cut, whatever the time. */
  readonly maxSteps: number;
}

/** What came before the run, so that a run on a forked cluster continues it. */
export interface KernelStart {
  readonly seed: number;
  readonly time?: number;
  readonly brief?: boolean;
}

export class Kernel {
  readonly random: Random;
  /** Nobody reads of what goes well: components need not tell it. All else is as ever, names and times included. */
  readonly isBrief: boolean;
  readonly #queue = new StepQueue();
  readonly #trace: TraceEntry[] = [];
  #now: number;
  /** The second of the last timestamp, and its text: much happens within a second. */
  #second: number | undefined;
  #timestamp = '';
  #nanoseconds = 0n;
  #cause: number | undefined;
  #silent = false;

  constructor({ seed, time = 0, brief = false }: KernelStart) {
    this.random = new Random(seed);
    this.isBrief = brief;
    this.#now = time;
  }

  /** Virtual milliseconds. */
  get now(): number {
    return this.#now;
  }

  /** The current moment as metav1.Time. */
  timestamp(): string {
    const second = Math.floor(this.#now / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#timestamp = formatTime(this.#now);
    }
    return this.#timestamp;
  }

  /** The current moment as metav1.MicroTime. */
  microTimestamp(): string {
    return formatMicroTime(this.#now);
  }

  /**
   * The current moment in nanoseconds since 1970, in hexadecimal, as Events are named: never one twice, and in the order of asking.
   * Steps take place at milliseconds; the rest is chance.
   */
  nanoSuffix(): string {
    const microseconds = this.random.next() % 1000;
    const nanoseconds = unixNanoseconds(this.#now, microseconds * 1000 + (this.random.next() % 1000));
    this.#nanoseconds = nanoseconds > this.#nanoseconds ? nanoseconds : this.#nanoseconds + 1n;
    return this.#nanoseconds.toString(16);
  }

  get trace(): Trace {
    return this.#trace;
  }

  /** `seq` of the entry that brought about what is being worked on, for work that is put off by other means than a step. */
  get cause(): number | undefined {
    return this.#cause;
  }

  /** Writes a line into the trace, caused by what is being worked on; returns its `seq` (-1 while nothing is traced). */
  record(from: Participant, to: Participant, details: TraceDetails): number {
    if (this.#silent) return -1;
    const seq = this.#trace.length;
    this.#trace.push(lineOf(seq, this.#now, from, to, this.#cause, details));
    return seq;
  }

  /** Nothing is traced at the moment. */
  get isSilent(): boolean {
    return this.#silent;
  }

  /** Does the work without writing a trace: a look from outside, which is no part of the run. */
  untraced<T>(work: () => T): T {
    const outer = this.#silent;
    this.#silent = true;
    try {
      return work();
    } finally {
      this.#silent = outer;
    }
  }

  /** Does the work with another cause: what it records and asks for was brought about by that entry. */
  causedBy<T>(seq: number, work: () => T): T {
    const outer = this.#cause;
    if (seq >= 0) this.#cause = seq;
    try {
      return work();
    } finally {
      this.#cause = outer;
    }
  }

  /** Asks for work `delay` virtual milliseconds from now. Work asked for at the same time is done in the order of asking. */
  after(delay: number, participant: Participant, run: () => void, { background = false }: StepOptions = {}): Timer {
    if (!(delay >= 0)) throw new InvariantError(`a step cannot lie in the past: ${delay}`);
    const step = new Step(this.#queue, this.#now + delay, participant, this.#cause, background, run);
    this.#queue.push(step);
    return step;
  }

  /** Runs sequential work step by step; each yielded number is a wait in virtual milliseconds. */
  start(participant: Participant, process: Process): Timer {
    let pending: Timer | undefined;
    const advance = () => {
      const { value, done } = process.next();
      pending = done ? undefined : this.after(value, participant, advance);
    };
    pending = this.after(0, participant, advance);
    return { cancel: () => pending?.cancel() };
  }

  /** Works until nothing but background steps is left, `until` holds, or a limit is reached. */
  run(limits: RunLimits, until?: () => boolean): RunEnd {
    return finished(this.runGradually(limits, never, until));
  }

  /** The same with pauses between steps. Nothing else may be done with the kernel before it has ended, but to drop it. */
  *runGradually({ horizon, maxSteps }: RunLimits, isDue: IsDue, until?: () => boolean): Gradual<RunEnd> {
    const written = this.#trace.length;
    for (let steps = 0; ; steps++) {
      if (until?.()) return 'reached';
      if (!until && this.#queue.foreground === 0) return 'quiet';
      const step = this.#queue.peek();
      if (!step) return 'quiet';
      if (step.time > horizon) {
        this.#now = Math.max(this.#now, horizon);
        return 'horizon';
      }
      // one step may ask the server a thousand things: what it wrote into the trace counts, too
      if (steps + this.#trace.length - written >= maxSteps) return 'step-cap';
      if (isDue()) yield;
      this.#queue.pop();
      this.#work(step);
    }
  }

  /** Works through everything up to a moment, and sets the clock to it. */
  runTo(time: number, maxSteps: number): RunEnd {
    const end = this.run({ horizon: time, maxSteps }, () => false);
    if (end !== 'step-cap') this.#now = Math.max(this.#now, time);
    return end;
  }

  #work(step: Step): void {
    this.#now = step.time;
    const run = step.take();
    if (!run) return;
    this.#cause = step.cause;
    try {
      run();
    } finally {
      this.#cause = undefined;
    }
  }
}
