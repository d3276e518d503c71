// A story as Mermaid sequence diagram text, with an index from the diagram's messages back to the trace.
import type { Participant } from '../simulator/trace.ts';
import type { Line } from './line.ts';
import { displayName, rankOf } from './participants.ts';
import type { Story } from './story.ts';
import { compareBytes } from '../base/order.ts';
import { phaseTitles } from './line.ts';

export interface Diagram {
  /** Mermaid text, valid for Mermaid 12. */
  readonly text: string;
  /** For each message and note, in the order of the text, the `seq` of the trace entry it tells. */
  readonly index: readonly number[];
}

/** The longest text on an arrow; the rest is in the step list. */
const maxLength = 110;

export function mermaidOf(story: Story): Diagram {
  const lines = story.chapters.flatMap((chapter) => chapter.lines);
  const out = ['sequenceDiagram'];
  const index: number[] = [];
  for (const participant of participantsOf(lines)) {
    out.push(`  participant ${idOf(participant)} as ${escapeText(displayName(participant))}`);
  }
  for (const { title, lines: own } of story.chapters) {
    out.push(`  rect rgba(127, 127, 127, 0.08)`);
    out.push(`    Note over ${span(own)}: ${escapeText(title)}`);
    index.push(own[0]?.seq ?? 0);
    for (const line of own) {
      out.push(`    ${messageOf(line)}`);
      index.push(line.seq);
    }
    out.push('  end');
  }
  const everyone = participantsOf(lines);
  for (const phase of story.unreached) {
    out.push(`  Note over ${span(lines, everyone)}: ✗ never reached — ${escapeText(phaseTitles[phase])}`);
    index.push(-1);
  }
  return { text: out.join('\n') + '\n', index };
}

function participantsOf(lines: readonly Line[]): Participant[] {
  const all = new Set(lines.flatMap(({ from, to }) => [from, to]));
  return [...all].sort((a, b) => rankOf(a) - rankOf(b) || compareBytes(a, b));
}

/** Participants' ids may hold letters, digits, dashes and underscores. */
const idOf = (participant: Participant) => participant.replace(/[^\w-]/g, '_');

function span(lines: readonly Line[], among = participantsOf(lines)): string {
  const [first, last] = [among[0], among.at(-1)];
  return first === undefined || last === undefined || first === last
    ? idOf(first ?? '')
    : `${idOf(first)},${idOf(last)}`;
}

const marks = { ok: '', failed: '✗ ', unknown: '? ' } as const;

function messageOf({ from, to, form, text, result, count }: Line): string {
  const body = escapeText(`${marks[result]}${shortened(text)}${count > 1 ? ` (×${count})` : ''}`);
  if (form === 'note' || from === to)
    return `Note over ${from === to ? idOf(from) : `${idOf(from)},${idOf(to)}`}: ${body}`;
  const arrow = result === 'failed' ? '--x' : form === 'answer' ? '-->>' : '->>';
  return `${idOf(from)}${arrow}${idOf(to)}: ${body}`;
}

const shortened = (text: string) => (text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text);

/** What Mermaid would read as syntax: `#` and `;` begin or end entities and statements, a line break ends one. */
function escapeText(text: string): string {
  return text
    .replaceAll('#', '#35;')
    .replace(/;(?<!#35;)/g, '#59;')
    .replace(/\s+/g, ' ')
    .replaceAll('<', '#lt;')
    .replaceAll('>', '#gt;');
}
