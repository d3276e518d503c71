// Hovers: the verdict where it is decided, and what a field is. What was found there an editor shows itself, in the same place.
import { MarkupKind, type Hover, type HoverParams } from 'vscode-languageserver';
import { fieldDoc, hoverAt, type FieldDoc, type FieldDocs, type HoverVerdict } from '../features/editor.ts';
import { simulateCommand, type SimulateArguments } from '../protocol/commands.ts';
import type { RunRequest } from '../protocol/panel.ts';
import { runRequestOf } from './code-lens.ts';
import { judgementOf, type Context } from './context.ts';
import { canonical } from './uri.ts';

/** Nodes that a table shows; those that say something else first. */
const mostNodes = 8;

/** Letters of a name that is kept on one line. */
const longestName = 24;

export async function hover(context: Context, params: HoverParams): Promise<Hover | null> {
  const uri = canonical(params.textDocument.uri);
  const judgement = await judgementOf(context, params);
  const { files } = context.workspace;
  const file = files.openFile(uri)?.file;
  if (!file || !judgement) return null;
  const places = files.placesIn(file);
  const found = hoverAt(file, places.offsetAt(params.position), judgement.told);
  if (!found) return null;
  const settings = await context.settingsFor(uri);
  // what `kind` is needs no words beside what became of the object
  const wantsDoc = settings.fieldDocumentation && !(found.verdict && found.field.names.join() === 'kind');
  const doc = wantsDoc ? documentation(await context.fieldDocs(), found.field) : undefined;
  const request = runRequestOf(judgement.task, settings.scope);
  const parts = [
    found.verdict && verdictText(found.verdict, context.client().commands ? request : undefined),
    doc && docText(doc),
  ].filter((part) => part !== undefined);
  if (parts.length === 0) return null;
  return {
    range: places.rangeOf(found.range),
    contents: { kind: MarkupKind.Markdown, value: parts.join('\n\n---\n\n') },
  };
}

const documentation = (
  docs: FieldDocs | undefined,
  field: { apiVersion: string; kind: string; names: readonly string[] },
) => docs && fieldDoc(docs, field.apiVersion, field.kind, field.names);

function verdictText({ object, says, nodes, seq }: HoverVerdict, request: RunRequest | undefined): string {
  const sentence = `**${escaped(object.kind)} ${escaped(object.name)}**: ${escaped(says ?? 'created')}`;
  const shown = [...nodes].sort((a, b) => Number(b.chosen) - Number(a.chosen)).slice(0, mostNodes);
  const rows = shown.map(
    ({ node, says: text, chosen }) => `| ${chosen ? `**${cell(node)}**` : cell(node)} | ${cell(text)} |`,
  );
  const more = nodes.length > shown.length ? [`| … | ${nodes.length - shown.length} more |`] : [];
  const head = `| Node${request ? roomFor(shown.map(({ node }) => node)) : ''} | Says |`;
  const table = rows.length ? `\n\n${[head, '| :-- | :-- |', ...rows, ...more].join('\n')}` : '';
  const link = request ? `\n\n[Show the run${seq === undefined ? '' : ' at this step'}](${linkTo(request, seq)})` : '';
  return sentence + table + link;
}

/**
 * Spaces that make a column as wide as its names are: in a narrow hover of VS Code they would be broken at their dashes. A space is two
 * thirds of a letter.
 */
function roomFor(names: readonly string[]): string {
  const widest = Math.max(0, ...names.map(({ length }) => length).filter((length) => length <= longestName));
  return '&nbsp;'.repeat(Math.ceil(Math.max(0, widest - 'Node'.length) * 1.5));
}

function linkTo(request: RunRequest, seq: number | undefined): string {
  const given: SimulateArguments = seq === undefined ? [request] : [request, seq];
  return `command:${simulateCommand}?${encodeURIComponent(JSON.stringify(given))}`;
}

function docText({ name, type, text, standard }: FieldDoc): string {
  const head = `\`${name}\`: \`${type}\`${standard === undefined ? '' : `, default \`${standard}\``}`;
  return text ? `${head}\n\n${text}` : head;
}

/** Characters that would be Markdown. */
const escaped = (text: string) => text.replace(/[\\`*_<>[\]|#]/g, '\\$&').replaceAll('\n', '  \n');
const cell = (text: string) => escaped(text.replace(/\s+/g, ' '));
