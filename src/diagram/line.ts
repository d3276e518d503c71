// A line of the story: who told whom what, with what came of it. Diagram, terminal and report are made of these.
import type { Participant } from '../simulator/trace.ts';

/** The parts of the flow, in order. */
export const phases = ['apply', 'control', 'schedule', 'run', 'reach'] as const;
export type Phase = (typeof phases)[number];

export const phaseTitles: Readonly<Record<Phase, string>> = {
  apply: 'Apply: kubectl hands the objects over',
  control: 'Control: loops create what was asked for',
  schedule: 'Schedule: a node for every Pod',
  run: 'Run: the node makes it real',
  reach: 'Reach: address and name',
};

/** 1: in the story; 2: in the flow as well; 3: only on the wire. */
export type Depth = 1 | 2 | 3;

/** What one entry of the trace tells by itself. */
export interface Told {
  readonly depth: Depth;
  /** An arrow from one to the other, the way back, or a note over one. */
  readonly form: 'arrow' | 'answer' | 'note';
  readonly text: string;
  /** Lines of the same key, told by and to programs of the same kind, are one line in the story: three Pods, one arrow. */
  readonly key: string;
  /** Which of them is told: the first, or the last word on a matter that changes. None: each is told for itself. */
  readonly merge: 'first' | 'last' | 'never';
  /** `failed`: the step where it went wrong; `unknown`: not modelled. */
  readonly result: 'ok' | 'failed' | 'unknown';
  /** Where the entry's own ends are not those of the arrow. */
  readonly between?: readonly [Participant, Participant];
}

export interface Line extends Omit<Told, 'between'> {
  /** `seq` of the trace entry it tells. */
  readonly seq: number;
  /** Virtual milliseconds. */
  readonly time: number;
  readonly from: Participant;
  readonly to: Participant;
  readonly phase: Phase;
  /** How many lines of the trace this one stands for. */
  readonly count: number;
}

/** Most lines are arrows of something that went well, the first of their kind told. */
export function told(depth: Depth, key: string, text: string, more: Partial<Told> = {}): Told {
  return { depth, form: 'arrow', text, key, merge: 'first', result: 'ok', ...more };
}
