// Two sentences for somebody who sees this for the first time: what the component is, and why it acts now.
import { displayName, programs } from '../../diagram/index.ts';
import { programOf, type Participant, type TraceEntry } from '../../simulator/trace.ts';
import type { PanelRun } from './panel-run.ts';

export function teachingOf(run: PanelRun, entry: TraceEntry): string {
  // of a message that somebody only receives, the receiver is the one to understand
  const who = entry.type === 'watch' ? entry.to : entry.from;
  return [roleOf(who), whyNow(run, entry)].filter(Boolean).join(' ');
}

function roleOf(participant: Participant): string | undefined {
  const program = programOf(participant);
  const role = programs.find(({ name }) => name === program)?.role;
  return role && `${displayName(participant)}: ${role}`;
}

function whyNow(run: PanelRun, entry: TraceEntry): string {
  switch (entry.type) {
    case 'watch':
      return 'Nobody calls it: it watches, and the server tells it of every change at once.';
    case 'store':
      return 'From this write on it is true for everybody, and everyone who watches is told.';
    case 'response': {
      const request = run.entry(entry.request);
      return `It answers ${request ? displayName(request.from) : 'the request'}.`;
    }
    case 'request':
      return entry.from === 'kubectl' ? 'It acts because you ran kubectl apply.' : because(run, entry);
    case 'decision':
      return entry.decision.type === 'scheduling'
        ? `${entry.subject.name} has no node yet, so it is its turn.`
        : because(run, entry);
    case 'action':
    case 'unknown':
      return because(run, entry);
    case 'command':
      return 'Nothing below happens without it.';
    case 'output':
      return 'It is done with what you asked for.';
  }
}

/** By the nearest cause that tells something. */
function because(run: PanelRun, { cause }: TraceEntry): string {
  const line = cause === undefined ? undefined : run.lines.get(cause);
  if (!line) return '';
  const route = line.from === line.to ? displayName(line.from) : `${displayName(line.from)} to ${displayName(line.to)}`;
  return `Why now: ${route}: ${line.text}.`;
}
