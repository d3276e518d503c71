// Completion: what may stand where somebody types. The run is not waited for: the cluster as it is, and what the files declare, are enough.
import {
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
  type CompletionItem,
  type CompletionParams,
  type Range,
  type ServerCapabilities,
} from 'vscode-languageserver';
import { completionsAt, documentationOf, type Completion } from '../features/editor.ts';
import type { Context } from './context.ts';
import { canonical } from './uri.ts';

/** A space opens the list of values behind a colon; fields are offered once a letter is typed. */
export const completionProvider: ServerCapabilities['completionProvider'] = {
  triggerCharacters: [' '],
  resolveProvider: true,
};

export async function complete(context: Context, params: CompletionParams): Promise<CompletionItem[]> {
  const uri = canonical(params.textDocument.uri);
  const { workspace } = context;
  const settings = await context.settingsFor(uri);
  const [known, docs] = await Promise.all([
    settings.completion === 'off' ? undefined : workspace.knownTo(uri, settings),
    context.fieldDocs(),
  ]);
  const [file] = known?.files ?? [];
  if (!known || !file) return [];
  const places = workspace.files.placesIn(file);
  const offset = places.offsetAt(params.position);
  const line = file.manifest.text.slice(file.manifest.text.lastIndexOf('\n', offset - 1) + 1, offset);
  // who indents a line is not asking
  if (params.context?.triggerCharacter === ' ' && line.trim() === '') return [];
  return completionsAt({ ...known, file, offset, docs, namespace: settings.namespace })
    .filter(({ kind }) => kind === 'reference' || settings.completion !== 'references')
    .map((one, index) => itemOf(context, one, index, places.rangeOf(one.word)));
}

const kinds = {
  field: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  reference: CompletionItemKind.Reference,
} as const;

function itemOf(context: Context, one: Completion, index: number, range: Range): CompletionItem {
  const { label, kind, detail, text, filter, rank, isStandard, goesOn, documented, documentation } = one;
  const isSnippet = context.takesSnippets();
  return {
    label,
    kind: kinds[kind],
    filterText: filter,
    sortText: `${rank}${String(index).padStart(4, '0')}`,
    textEdit: { range, newText: isSnippet ? text : withoutStops(text) },
    ...(isSnippet && { insertTextFormat: InsertTextFormat.Snippet }),
    insertTextMode: InsertTextMode.adjustIndentation,
    ...(detail && { detail }),
    ...(isStandard && { preselect: true }),
    ...(documentation !== undefined && { documentation }),
    ...(documented && { data: documented }),
    ...(goesOn && context.client().commands && { command: { title: '', command: 'editor.action.triggerSuggest' } }),
  };
}

/** A snippet as plain text. */
const withoutStops = (snippet: string) => snippet.replace(/(?<!\\)\$\d+/g, '').replace(/\\([\\$}])/g, '$1');

/** The documentation of a field: it is large, and few are looked at. */
export async function resolved(context: Context, item: CompletionItem): Promise<CompletionItem> {
  const { type, field } = (item.data ?? {}) as Partial<NonNullable<Completion['documented']>>;
  const docs = type === undefined ? undefined : await context.fieldDocs();
  const value = docs && type !== undefined && field !== undefined ? documentationOf(docs, type, field) : undefined;
  return value === undefined ? item : { ...item, documentation: { kind: MarkupKind.Markdown, value } };
}
