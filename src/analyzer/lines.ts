// The lines of a trace by their type, sorted out once: every rule looks for a few among thousands.
import { Attached } from '../base/attached.ts';
import type { Trace, TraceDetails, TraceEntry } from '../simulator/trace.ts';

type Type = TraceDetails['type'];
type Line<T extends Type> = Extract<TraceEntry, { readonly type: T }>;

interface Sorted {
  /** How many lines the trace had: it grows while its run goes on. */
  readonly length: number;
  readonly lines: ReadonlyMap<Type, readonly TraceEntry[]>;
}

const sorted = new Attached<Trace, Sorted>();

/** The lines of a type, in their order. */
export function linesOf<T extends Type>(trace: Trace, type: T): readonly Line<T>[] {
  let known = sorted.get(trace);
  if (known?.length !== trace.length) sorted.set(trace, (known = { length: trace.length, lines: sort(trace) }));
  return (known.lines.get(type) ?? []) as readonly Line<T>[];
}

function sort(trace: Trace): ReadonlyMap<Type, readonly TraceEntry[]> {
  const lines = new Map<Type, TraceEntry[]>();
  for (const entry of trace) {
    const alike = lines.get(entry.type);
    if (alike) alike.push(entry);
    else lines.set(entry.type, [entry]);
  }
  return lines;
}
