// A run as text for people: the story of phases and arrows, the verdicts, and what kubectl would print.
import { displayName, mermaidOf, tellStory, type Chapter, type Line, type StoryDepth } from '../diagram/index.ts';
import type { Applied, Outcome } from './apply.ts';
import type { LocatedFinding } from './locate.ts';

/** How a part of the text is meant; the terminal paints it, a pipe leaves it. */
export type Style = 'title' | 'time' | 'participant' | 'error' | 'warning' | 'info' | 'ok' | 'dim';
export type Paint = (style: Style, text: string) => string;

export const plain: Paint = (_, text) => text;

/** The run as a person wants to read it. */
export function textReport(applied: Applied, depth: StoryDepth, paint: Paint): string {
  const { chapters, unreached } = tellStory(applied.trace, depth);
  const parts = [
    ...chapters.map((chapter) => chapterText(chapter, applied.begin, paint)),
    ...unreached.map((phase) => paint('dim', `${phase}: never reached`)),
    verdictsText(applied, paint),
    `${paint('dim', `$ kubectl ${applied.apply.command}`)}\n${applied.apply.output.trimEnd()}`,
    ...applied.then.map(({ command, output }) => `${paint('dim', `$ kubectl ${command}`)}\n${output.trimEnd()}`),
  ];
  return parts.filter(Boolean).join('\n\n') + '\n';
}

function chapterText({ title, lines }: Chapter, begin: number, paint: Paint): string {
  const route = ({ from, to, form }: Line) =>
    form === 'note' || from === to ? displayName(from) : `${displayName(from)} → ${displayName(to)}`;
  const width = Math.max(...lines.map((line) => route(line).length));
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
  const rows = outcomes.map((outcome) => outcomeText(outcome, findings, paint));
  const notes = findings.map(({ severity, message, explanation, file, line, column }) =>
    [
      `${paint(severity, `${severity}:`)} ${message}`,
      `  ${explanation}`,
      paint('dim', `  at ${file}:${line}:${column}`),
    ].join('\n'),
  );
  return [paint('title', 'Verdict'), ...rows, ...notes].join('\n');
}

function outcomeText({ object, says }: Outcome, findings: readonly LocatedFinding[], paint: Paint): string {
  const name = `${object.kind.toLowerCase()}/${object.metadata.name ?? ''}`;
  const own = findings.filter(({ subject }) => subject.kind === object.kind && subject.name === object.metadata.name);
  const bad = own.find(({ severity }) => severity !== 'info');
  const open = own.some(({ id }) => id === 'unknown');
  const verdict = says ?? 'created';
  return `  ${name}: ${bad ? paint('error', verdict) : open ? paint('warning', `${verdict} (partly unknown)`) : paint('ok', verdict)}`;
}

/** The run as a Markdown report with its diagram. */
export function markdownReport(applied: Applied, depth: StoryDepth): string {
  const { text } = mermaidOf(tellStory(applied.trace, depth));
  const { outcomes, findings, apply, then } = applied;
  const rows = outcomes.map(
    ({ object, says }) => `| ${object.kind} | ${object.metadata.name ?? ''} | ${says ?? 'created'} |`,
  );
  const notes = findings.map(
    ({ severity, message, explanation, file, line }) =>
      `- **${severity}** ${file}:${line}: ${message}\n  ${explanation}`,
  );
  const commands = [apply, ...then].map(
    ({ command, output }) => `\`\`\`console\n$ kubectl ${command}\n${output.trimEnd()}\n\`\`\``,
  );
  return (
    [
      `# kubectl ${apply.command}`,
      ['| Kind | Name | At the end |', '| --- | --- | --- |', ...rows].join('\n'),
      ...(notes.length ? [notes.join('\n')] : []),
      `\`\`\`mermaid\n${text}\`\`\``,
      ...commands,
    ].join('\n\n') + '\n'
  );
}

/** The run's diagram as Mermaid text. */
export function mermaidReport(applied: Applied, depth: StoryDepth): string {
  return mermaidOf(tellStory(applied.trace, depth)).text;
}
