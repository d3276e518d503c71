// A trace as a story: its lines at one of three depths, in phases, what many Pods do alike told once.
import { programOf, type Participant, type Trace } from '../simulator/trace.ts';
import { backgroundOf } from './background.ts';
import { phases, phaseTitles, type Depth, type Line, type Phase } from './line.ts';
import { tell } from './tell.ts';

export type StoryDepth = 'story' | 'flow' | 'wire';

export interface Chapter {
  readonly title: string;
  readonly lines: readonly Line[];
}

export interface Story {
  readonly depth: StoryDepth;
  readonly chapters: readonly Chapter[];
  /** The phases that were never reached because something failed before them. */
  readonly unreached: readonly Phase[];
}

const depths: Readonly<Record<StoryDepth, Depth>> = { story: 1, flow: 2, wire: 3 };

/** Tells a trace: in phases, or on the wire in the order in which everything happened. */
export function tellStory(trace: Trace, depth: StoryDepth): Story {
  const background = backgroundOf(trace);
  const lines: Line[] = [];
  for (const entry of trace) {
    const line = tell(entry, background);
    if (line && line.depth <= depths[depth]) lines.push(line);
  }
  const unreached = unreachedBy(lines, trace);
  if (depth === 'wire') {
    return { depth, chapters: lines.length ? [{ title: 'On the wire: everything, in order', lines }] : [], unreached };
  }
  return { depth, chapters: byPhase(depth === 'story' ? merged(lines) : lines), unreached };
}

/** A chapter for each phase, its lines in the order in which they happened. */
function byPhase(lines: readonly Line[]): Chapter[] {
  return phases
    .map((phase) => ({ title: phaseTitles[phase], lines: lines.filter((line) => line.phase === phase) }))
    .filter(({ lines: own }) => own.length > 0);
}

/** Lines of one key between programs of the same kind are told once, with their number. */
function merged(lines: readonly Line[]): Line[] {
  const groups = new Map<string, Line[]>();
  for (const line of lines) {
    const ends = `${kindOf(line.from)} ${kindOf(line.to)}`;
    const key = line.merge === 'never' ? String(line.seq) : `${ends} ${line.key} ${line.result}`;
    const group = groups.get(key);
    if (group) group.push(line);
    else groups.set(key, [line]);
  }
  return [...groups.values()]
    .flatMap((group) => representativeOf(group) ?? [])
    .sort((a, b) => a.time - b.time || a.seq - b.seq);
}

/** The same program on every node is of one kind; controllers that share a program are not. */
function kindOf(participant: Participant): string {
  const program = programOf(participant);
  return program === 'kube-controller-manager' ? participant : program;
}

/** Of a matter that changes, every participant's last word is counted once. */
function representativeOf(group: readonly Line[]): Line | undefined {
  const [first] = group;
  if (first?.merge !== 'last') return first && { ...first, count: group.length };
  const last = group.at(-1);
  const agreeing = group.filter(({ text }) => text === last?.text);
  return last && { ...last, count: new Set(agreeing.map(({ from }) => from)).size };
}

/** Kinds that become Pods; what fails before that never gets further. */
const runs = /^(pods|deployments|replicasets|statefulsets|daemonsets|jobs|cronjobs|replicationcontrollers)\b/;

/** The phases after the last one that was reached, if something failed that would have gone on. */
function unreachedBy(lines: readonly Line[], trace: Trace): Phase[] {
  const failures = lines.filter(({ result }) => result === 'failed');
  if (!failures.some(({ seq }) => isOnTheWay(trace, seq))) return [];
  const reached = Math.max(...lines.map(({ phase }) => phases.indexOf(phase)));
  return phases.filter((_, rank) => rank > reached);
}

/** A refusal counts where the refused object would have run; every other failure is one of a Pod on its way. */
function isOnTheWay(trace: Trace, seq: number): boolean {
  const entry = trace[seq];
  // what kubectl complains of has failed before
  if (entry?.type === 'output') return false;
  if (entry?.type !== 'response') return entry !== undefined && programOf(entry.from) !== 'kube-apiserver';
  const request = trace[entry.request];
  return request?.type === 'request' && runs.test(request.target.resource);
}
