// What a line of the story needs to know of the other lines: found in one pass over the trace, before anything is told.
import { programOf, type Decision, type Trace, type TraceEntry } from '../simulator/trace.ts';

export interface Background {
  readonly trace: Trace;
  /** Requests (their `seq`) that a decision of the server refused; what it said need not be said again by the answer. */
  readonly refused: ReadonlySet<number>;
  /** Request → the user it came from, as authenticated. */
  readonly users: ReadonlyMap<number, string>;
  /** Writes of the user (their `seq`) that were allowed for a reason that was said of none before. */
  readonly newlyAllowed: ReadonlySet<number>;
  /** Request → the admission plugins that completed its object, in order. */
  readonly completedBy: ReadonlyMap<number, readonly string[]>;
  /** What was brought about by an entry (its `seq`) touched what is not modelled. */
  readonly unknown: ReadonlySet<number>;
  /** Some controller wrote something, or would have if it were modelled. */
  readonly controllersAct: boolean;
}

export function backgroundOf(trace: Trace): Background {
  const refused = new Set<number>();
  const users = new Map<number, string>();
  const newlyAllowed = new Map<string, number>();
  const completedBy = new Map<number, string[]>();
  const unknown = new Set<number>();
  let controllersAct = false;
  for (const entry of trace) {
    if (entry.type === 'decision') {
      const { decision, cause = -1 } = entry;
      if (decision.type === 'authentication') users.set(cause, decision.user);
      else note(cause, decision, refused, completedBy);
      if (decision.type === 'authorization' && decision.allowed && isWriteOfUser(trace[cause])) {
        const access = `${users.get(cause)} ${decision.reason}`;
        if (!newlyAllowed.has(access)) newlyAllowed.set(access, cause);
      }
    }
    if (entry.type === 'unknown' && entry.cause !== undefined) unknown.add(entry.cause);
    controllersAct ||= programOf(entry.from) === 'kube-controller-manager' && isDeed(entry);
  }
  return {
    trace,
    refused,
    users,
    completedBy,
    unknown,
    controllersAct,
    newlyAllowed: new Set(newlyAllowed.values()),
  };
}

export function isWriteOfUser(asked: TraceEntry | undefined): boolean {
  return asked?.type === 'request' && asked.from === 'kubectl' && !['get', 'list', 'watch'].includes(asked.verb);
}

function note(request: number, decision: Decision, refused: Set<number>, completedBy: Map<number, string[]>): void {
  if (decision.type !== 'admission' && decision.type !== 'authorization' && decision.type !== 'validation') return;
  if (!decision.allowed) refused.add(request);
  else if (decision.type === 'admission' && decision.changed?.length) {
    const plugins = completedBy.get(request);
    if (plugins) plugins.push(decision.plugin);
    else completedBy.set(request, [decision.plugin]);
  }
}

/** Looking is no deed. */
function isDeed(entry: TraceEntry): boolean {
  return entry.type !== 'request' || !['get', 'list', 'watch'].includes(entry.verb);
}
