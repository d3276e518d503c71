// A story as Mermaid sequence diagram text, with an index from the diagram's messages back to the trace.
import { compareBytes } from '../base/order.ts';
import type { Participant } from '../simulator/trace.ts';
import { phaseTitles, type Line } from './line.ts';
import { displayName, rankOf } from './participants.ts';
import type { Story } from './story.ts';

export interface Diagram {
  /** Mermaid text, valid for Mermaid 11 and later. */
  readonly text: string;
  /** For each message and note, in the order of the text, the `seq` of the trace entry it tells; -1 for what tells of none. */
  readonly index: readonly number[];
}

/** The longest text on an arrow from one lane to the next, and how much more each further lane has room for; the rest is in the step list. */
const maxLength = 40;
const lengthOfLane = 22;

/** A note has short lines, and few. */
const noteWidth = 42;
const noteLines = 3;

export function mermaidOf(story: Story): Diagram {
  const everyone = participantsOf(story.chapters.flatMap(({ lines }) => lines));
  const ids = idsOf(everyone);
  const lanes = new Map(everyone.map((participant, lane) => [participant, lane]));
  const out = ['sequenceDiagram', '  autonumber'];
  const index: number[] = [];
  for (const participant of everyone) {
    out.push(`  participant ${ids.get(participant)} as ${escapeText(displayName(participant))}`);
  }
  for (const { title, lines } of story.chapters) {
    out.push('  rect rgba(127, 127, 127, 0.08)');
    out.push(`    Note over ${span(participantsOf(lines), ids)}: ${escapeText(title)}`);
    index.push(lines[0]?.seq ?? -1);
    for (const line of lines) {
      out.push(`    ${messageOf(line, ids, lanes)}`);
      index.push(line.seq);
    }
    out.push('  end');
  }
  for (const phase of everyone.length ? story.unreached : []) {
    out.push(`  Note over ${span(everyone, ids)}: ${escapeText(`✗ never reached: ${phaseTitles[phase]}`)}`);
    index.push(-1);
  }
  return { text: out.join('\n') + '\n', index };
}

function participantsOf(lines: readonly Line[]): Participant[] {
  const all = new Set<Participant>();
  for (const { from, to } of lines) all.add(from).add(to);
  return [...all].sort((a, b) => rankOf(a) - rankOf(b) || compareBytes(a, b));
}

type Ids = ReadonlyMap<Participant, string>;

/** Mermaid reads dashes in an id as the beginning of an arrow, so an id has none; ids that would then be the same are numbered. */
function idsOf(participants: readonly Participant[]): Ids {
  const ids = new Map<Participant, string>();
  const taken = new Set<string>();
  for (const participant of participants) {
    const base = participant.replace(/\W/g, '_');
    let id = base;
    for (let number = 2; taken.has(id); number++) id = `${base}_${number}`;
    taken.add(id);
    ids.set(participant, id);
  }
  return ids;
}

function span(participants: readonly Participant[], ids: Ids): string {
  const [first = '', last = first] = [participants[0], participants.at(-1)];
  return first === last ? (ids.get(first) ?? '') : `${ids.get(first)},${ids.get(last)}`;
}

const marks = { ok: '', failed: '✗ ', unknown: '? ' } as const;

function messageOf(
  { from, to, form, text, result, count }: Line,
  ids: Ids,
  lanes: ReadonlyMap<string, number>,
): string {
  const body = `${marks[result]}${text}${count > 1 ? ` (×${count})` : ''}`;
  if (form === 'note' || from === to)
    return `Note over ${span(from === to ? [from] : [from, to], ids)}: ${noteText(body)}`;
  const arrow = result === 'failed' ? '--x' : form === 'answer' ? '-->>' : '->>';
  const distance = Math.abs((lanes.get(from) ?? 0) - (lanes.get(to) ?? 0));
  return `${ids.get(from)}${arrow}${ids.get(to)}: ${escapeText(shortened(body, maxLength + (distance - 1) * lengthOfLane))}`;
}

/** Cut between words, or at least between characters, never inside one. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = [...text.slice(0, most)].slice(0, -1).join('');
  const space = cut.lastIndexOf(' ');
  return `${space > most / 2 ? cut.slice(0, space) : cut}…`;
}

/** In short lines. */
function noteText(text: string): string {
  const lines = [''];
  for (const word of shortened(text, noteWidth * noteLines).split(/\s+/)) {
    const last = lines.at(-1) ?? '';
    if (last && last.length + word.length >= noteWidth) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines.map(escapeText).join('<br/>');
}

const entities: Readonly<Record<string, string>> = {
  '#': '#35;',
  ';': '#59;',
  '<': '#lt;',
  '>': '#gt;',
  $: '#36;',
  '%': '#37;',
};

/** What Mermaid would read as an entity, the end of a statement, HTML, a formula or a comment. */
function escapeText(text: string): string {
  return text.replace(/[#;<>$%]/g, (character) => entities[character] ?? '').replace(/\s+/g, ' ');
}
