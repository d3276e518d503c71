// A run as text for people: the story of phases and arrows, the verdicts, and what kubectl would print.
import {
  displayName,
  mermaidOf,
  phaseTitles,
  tellStory,
  type Chapter,
  type Line,
  type StoryDepth,
} from '../diagram/index.ts';
import type { Applied, CommandOutput } from './apply.ts';
import type { LocatedFinding } from './locate.ts';
import type { Outcome } from './outcome.ts';

/** How a part of the text is meant; the terminal paints it, a pipe leaves it. */
export type Style = 'title' | 'time' | 'participant' | 'error' | 'warning' | 'info' | 'ok' | 'dim';
export type Paint = (style: Style, text: string) => string;

export const plain: Paint = (_, text) => text;

/** The run as a person wants to read it. */
export function textReport(applied: Applied, depth: StoryDepth, paint: Paint): string {
  const { chapters, unreached } = tellStory(applied.trace, depth);
  const never = unreached.map((phase) => phaseTitles[phase].replace(/:.*/, '')).join(', ');
  const parts = [
    ...chapters.map((chapter) => chapterText(chapter, applied.begin, paint)),
    never && paint('dim', `Never reached: ${never}`),
    verdictsText(applied, paint),
    ...[applied.apply, ...applied.then].map((command) => commandText(command, paint)),
  ];
  return parts.filter(Boolean).join('\n\n') + '\n';
}

function chapterText({ title, lines }: Chapter, begin: number, paint: Paint): string {
  const route = ({ from, to, form }: Line) =>
    form === 'note' || from === to ? displayName(from) : `${displayName(from)} → ${displayName(to)}`;
  const width = lines.reduce((widest, line) => Math.max(widest, route(line).length), 0);
  const rows = lines.map((line) => {
    const mark = { ok: ' ', failed: paint('error', '✗'), unknown: paint('warning', '?') }[line.result];
    const text = `${line.form === 'answer' ? '↩ ' : ''}${line.text}${line.count > 1 ? paint('dim', ` (×${line.count})`) : ''}`;
    return `${paint('time', clock(line.time - begin))} ${mark} ${paint('participant', route(line).padEnd(width))}  ${text}`;
  });
  return [paint('title', title), ...rows].join('\n');
}

/** `  4.005 s` since the apply began. */
function clock(milliseconds: number): string {
  return `${(Math.round(milliseconds) / 1000).toFixed(3).padStart(8)} s`;
}

function verdictsText({ outcomes, findings }: Applied, paint: Paint): string {
  if (outcomes.length === 0 && findings.length === 0) return '';
  const width = outcomes.reduce((widest, { object }) => Math.max(widest, nameOf(object).length), 0);
  const rows = outcomes.map((outcome) => outcomeText(outcome, width, findings, paint));
  const notes = findings.map(({ id, severity, message, explanation, file, line, column }) =>
    [
      `  ${paint(severity, severity)} ${paint('dim', `${id}, ${file}:${line}:${column}`)}`,
      ...`${message}\n${explanation}`.split('\n').map((text) => `    ${text}`),
    ].join('\n'),
  );
  return [paint('title', 'Verdict'), ...rows, ...notes].join('\n');
}

const nameOf = ({ kind, name }: Outcome['object']) => `${kind.toLowerCase()}/${name || '<no name>'}`;

function outcomeText(
  { object, says = 'created' }: Outcome,
  width: number,
  findings: readonly LocatedFinding[],
  paint: Paint,
): string {
  const own = findings.filter(({ subject }) => subject.kind === object.kind && subject.name === object.name);
  const isBad = own.some(({ severity }) => severity !== 'info') || says === 'not created' || says === 'deleted';
  const isOpen = own.some(({ id }) => id === 'unknown' || id === 'unknown-kind');
  const style = isBad ? 'error' : isOpen ? 'warning' : 'ok';
  return `  ${nameOf(object).padEnd(width)}  ${paint(style, isOpen ? `${says} (partly unknown)` : says)}`;
}

function commandText({ command, output }: CommandOutput, paint: Paint): string {
  return `${paint('dim', `$ kubectl ${command}`)}\n${output || paint('dim', '(nothing is applied)')}`.trimEnd();
}

/** The run as a Markdown report with its diagram. */
export function markdownReport(applied: Applied, depth: StoryDepth): string {
  const { outcomes, findings, apply, then } = applied;
  const rows = outcomes.map(
    ({ object, says }) => `| ${cell(object.kind)} | ${cell(object.name)} | ${cell(says ?? 'created')} |`,
  );
  const notes = findings.map(
    ({ id, severity, message, explanation, file, line }) =>
      `- **${severity}** ${id}, ${file}:${line}: ${escaped(message)}\n  ${escaped(explanation)}`,
  );
  const commands = [apply, ...then].map((command) => fenced('console', commandText(command, plain)));
  const parts = [
    `# kubectl ${apply.command}`,
    ['| Kind | Name | At the end |', '| --- | --- | --- |', ...rows].join('\n'),
    notes.join('\n'),
    fenced('mermaid', mermaidReport(applied, depth).trimEnd()),
    ...commands,
  ];
  return parts.filter(Boolean).join('\n\n') + '\n';
}

/** Characters that would be Markdown. */
const escaped = (text: string) => text.replace(/\s+/g, ' ').replace(/[\\`*_<>[\]|]/g, '\\$&');
const cell = escaped;

/** A fence that is longer than any in the text. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** The run's diagram as Mermaid text. */
export function mermaidReport(applied: Applied, depth: StoryDepth): string {
  return mermaidOf(tellStory(applied.trace, depth)).text;
}
