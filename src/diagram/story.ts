// A trace as a story: its lines at one of three depths, in phases, what many Pods do alike told once.
import { programOf, type Trace } from '../simulator/trace.ts';
import { phases, phaseTitles, type Depth, type Line, type Phase } from './line.ts';
import { tell } from './tell.ts';

export type StoryDepth = 'story' | 'flow' | 'wire';

export interface Chapter {
  readonly phase: Phase;
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

/** Tells a trace. Each command of the user begins the chapters anew. */
export function tellStory(trace: Trace, depth: StoryDepth): Story {
  const lines = trace.flatMap((entry) => tell(entry, trace) ?? []).filter((line) => line.depth <= depths[depth]);
  const chapters = depth === 'wire' ? inOrder(lines) : byPhase(depth === 'story' ? merged(lines) : lines);
  const reached = new Set(lines.map((line) => line.phase));
  const failed = lines.some((line) => line.result === 'failed');
  const last = Math.max(
    ...lines.filter((line) => line.result === 'failed').map((line) => phases.indexOf(line.phase)),
    -1,
  );
  const unreached = failed ? phases.filter((phase, rank) => rank > last && !reached.has(phase)) : [];
  return { depth, chapters, unreached };
}

const chapter = (phase: Phase, lines: readonly Line[]): Chapter => ({ phase, title: phaseTitles[phase], lines });

/** A chapter for each phase, its lines in the order in which they happened. */
function byPhase(lines: readonly Line[]): Chapter[] {
  return phases
    .map((phase) =>
      chapter(
        phase,
        lines.filter((line) => line.phase === phase),
      ),
    )
    .filter(({ lines: own }) => own.length > 0);
}

/** Chapters that change whenever the phase does: the true order, as on the wire. */
function inOrder(lines: readonly Line[]): Chapter[] {
  const chapters: { phase: Phase; lines: Line[] }[] = [];
  for (const line of lines) {
    const current = chapters.at(-1);
    if (current?.phase === line.phase) current.lines.push(line);
    else chapters.push({ phase: line.phase, lines: [line] });
  }
  return chapters.map(({ phase, lines: own }) => chapter(phase, own));
}

/** Lines of one key between programs of the same kind are told once, with their number. */
function merged(lines: readonly Line[]): Line[] {
  const first = new Map<string, number>();
  const told: Line[] = [];
  for (const line of lines) {
    const key = [programOf(line.from), programOf(line.to), line.key, line.result].join(' ');
    const at = first.get(key);
    const before = at === undefined ? undefined : told[at];
    if (at === undefined || !before || line.form === 'answer') {
      first.set(key, told.length);
      told.push(line);
    } else told[at] = { ...before, count: before.count + 1 };
  }
  return told;
}
