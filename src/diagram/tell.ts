// Tells one entry of the trace as a line, in plain words. What a reader should see first has depth 1.
import { programOf, type Participant, type Trace, type TraceEntry } from '../simulator/trace.ts';
import type { Background } from './background.ts';
import { told, type Line, type Phase, type Told } from './line.ts';
import { tellAction } from './tell-action.ts';
import { tellDecision } from './tell-decision.ts';
import { tellRequest, tellResponse, tellStore, tellWatch } from './tell-request.ts';

/** The entry as a line, or undefined for entries that tell nothing by themselves. */
export function tell(entry: TraceEntry, background: Background): Line | undefined {
  const line = toldOf(entry, background);
  if (!line) return undefined;
  const { between = [entry.from, entry.to], ...rest } = line;
  const { seq, time } = entry;
  return { seq, time, from: between[0], to: between[1], phase: phaseOf(entry, background.trace), count: 1, ...rest };
}

function toldOf(entry: TraceEntry, background: Background): Told | undefined {
  switch (entry.type) {
    case 'request':
      return tellRequest(entry, entry.from);
    case 'response':
      return tellResponse(entry, background);
    case 'store':
      return tellStore(entry);
    case 'watch':
      return tellWatch(entry, entry.to, background);
    case 'decision':
      return tellDecision(entry.decision, entry.subject, entry.cause, background);
    case 'action':
      return tellAction(entry.action, entry.subject, entry.from, entry.to);
    case 'unknown': {
      const text = `unknown: ${entry.reason}${entry.path ? ` (${entry.path})` : ''}`;
      return told(1, text, text, { form: 'note', result: 'unknown' });
    }
    case 'command':
      return told(1, 'command', `kubectl ${entry.args.join(' ')}`, { merge: 'never' });
    case 'output':
      return tellOutput(entry.stream, entry.text);
  }
}

/** What kubectl prints is its answer; that all went well has been told before. */
function tellOutput(stream: 'stdout' | 'stderr', text: string): Told {
  const isError = stream === 'stderr' && !text.startsWith('Warning:');
  const more = { form: 'answer', merge: 'never', result: isError ? 'failed' : 'ok' } as const;
  return told(isError ? 1 : 2, 'output', onOneLine(text), more);
}

/** Lines after one another; the items of a list follow the colon that announces them. */
const onOneLine = (text: string) =>
  text
    .trim()
    .replace(/: *\n\* /g, ': ')
    .replace(/\n(\* )?/g, '; ');

const phaseOfProgram: Readonly<Record<string, Phase>> = {
  user: 'apply',
  kubectl: 'apply',
  'kube-apiserver': 'apply',
  'kube-scheduler': 'schedule',
  kubelet: 'run',
  containerd: 'run',
  calico: 'run',
  'kube-proxy': 'reach',
  coredns: 'reach',
  pod: 'reach',
};

/** Whose part of the flow it is: what the API server does, it does for somebody. */
function phaseOf(entry: TraceEntry, trace: Trace): Phase {
  return phaseOfProgram[programOf(actorOf(entry, trace))] ?? 'control';
}

function actorOf(entry: TraceEntry, trace: Trace): Participant {
  const { from, to, cause } = entry;
  const actor = entry.type === 'store' ? entry.actor : from === 'kube-apiserver' ? to : from;
  const asked = actor === 'kube-apiserver' && cause !== undefined ? trace[cause] : undefined;
  return asked ? actorOf(asked, trace) : actor;
}
