// What mends a finding. Every fix was proved by a run before it is offered; or the finding is ignored, with a reason.
import {
  CodeActionKind,
  type CodeAction,
  type CodeActionParams,
  type Range,
  type TextEdit,
} from 'vscode-languageserver';
import type { LocatedFinding } from '../features/index.ts';
import { findingsAbout, fixAll, fixesFor, type FileEdits, type Fix, type Told } from '../features/editor.ts';
import { judgementOf, type Context } from './context.ts';
import { diagnosticOf, type Showing } from './diagnostics.ts';
import type { Task } from './workspace.ts';

/** All that can be mended without a choice. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.applyscope`;

/** Lines of the trace of a run that is not made a dozen times while somebody waits. */
const long = 4000;

/** Fixes are asked for with every move of the cursor. */
const known = new WeakMap<LocatedFinding, readonly Fix[]>();

export async function codeActions(context: Context, params: CodeActionParams): Promise<CodeAction[]> {
  const { only } = params.context;
  const wants = (kind: string) => !only || only.some((one) => kind === one || kind.startsWith(`${one}.`));
  const wantsAll = only?.some((one) => fixAllKind === one || fixAllKind.startsWith(`${one}.`)) ?? false;
  if (!wants(CodeActionKind.QuickFix) && !wantsAll) return [];
  const judgement = await judgementOf(context, params, { whole: true });
  if (!judgement?.told) return [];
  const { task, told } = judgement;
  const settings = await context.settingsFor(task.uri);
  const places = context.workspace.files.placesIn(task.file);
  const asked: Asked = { context, task, told, showing: { places, settings, explanations: context.explanations() } };
  return [
    ...(wants(CodeActionKind.QuickFix) ? quickFixes(asked, params.range) : []),
    ...(wantsAll ? fixAllAction(context, task, told) : []),
  ];
}

interface Asked {
  readonly context: Context;
  readonly task: Task;
  readonly told: Told;
  readonly showing: Showing;
}

/** On what is flagged everything that can be done about it, elsewhere what mends the object that somebody points at. */
function quickFixes(asked: Asked, { start, end }: Range): CodeAction[] {
  const { task, told, showing } = asked;
  const [from, to] = [showing.places.offsetAt(start), showing.places.offsetAt(end)];
  const touched = told.findings.filter((one) => one.file === task.file.name && one.start <= to && one.end >= from);
  const meant = findingsAbout(task.file, from, told).filter((finding) => !touched.includes(finding));
  return [
    ...touched.flatMap((finding) => [...fixActions(asked, finding), ...ignoreActions(asked, finding)]),
    ...meant.flatMap((finding) => fixActions(asked, finding)),
  ];
}

function fixActions({ context, told, showing }: Asked, finding: LocatedFinding): CodeAction[] {
  const diagnostic = diagnosticOf(finding, showing);
  if (!diagnostic) return [];
  const fixes = fixesOf(finding, told).filter(({ edits }) => edits.length > 0);
  return fixes.map((fix, index) => ({
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    title: `${fix.title} → ${fix.outcome}`,
    edit: { changes: changesOf(context, fix.edits, told) },
    ...(index === 0 && { isPreferred: true }),
  }));
}

function ignoreActions({ context, task, showing }: Asked, finding: LocatedFinding): CodeAction[] {
  const diagnostic = diagnosticOf(finding, showing);
  if (!diagnostic) return [];
  return ignoring(context, task, finding).map((edit) => ({
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    title: `Ignore ${finding.id} here, with a reason`,
    edit: { changes: { [clientUri(context, task.uri)]: [edit] } },
  }));
}

function fixesOf(finding: LocatedFinding, { request, applied }: Told): readonly Fix[] {
  const fixes =
    known.get(finding) ??
    fixesFor(request, finding, { applied, ...(applied.trace.length > long && { tries: 2, most: 1 }) });
  known.set(finding, fixes);
  return fixes;
}

/** What is safe to mend in the document, one slip after the other; of a long run only the first ones, because each costs runs. */
function fixAllAction(context: Context, { file }: Task, told: Told): CodeAction[] {
  const { edits } = fixAll(told.request, told.applied.trace.length > long ? 2 : undefined);
  const own = edits.filter((one) => one.file === file.name);
  if (own.length === 0) return [];
  const title = 'Mend all that was misspelt';
  return [{ title, kind: fixAllKind, edit: { changes: changesOf(context, own, told) } }];
}

function changesOf(
  { workspace: { files } }: Context,
  edits: readonly FileEdits[],
  told: Told,
): Record<string, TextEdit[]> {
  const changes: Record<string, TextEdit[]> = {};
  for (const { file: name, edits: own } of edits) {
    const file = told.files.find((one) => one.name === name);
    const uri = files.uriOf(name);
    if (!file || uri === undefined) continue;
    const places = files.placesIn(file);
    const texts = own.map((edit) => ({ range: places.rangeOf(edit), newText: edit.newText }));
    const shown = files.openFile(uri)?.uri ?? uri;
    changes[shown] = [...(changes[shown] ?? []), ...texts];
  }
  return changes;
}

const clientUri = ({ workspace: { files } }: Context, uri: string) => files.openFile(uri)?.uri ?? uri;

/** A comment above the line; JSON has none, and an ignore itself is not ignored. */
function ignoring({ workspace: { files } }: Context, { file }: Task, { id, start }: LocatedFinding): TextEdit[] {
  const { text, documents } = file.manifest;
  const isJson = documents.some(
    (document) => start >= document.start && start <= document.end && document.content.isJson,
  );
  if (isJson || id === 'ignore' || id === 'yaml') return [];
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const newText = `${indent}# applyscope-ignore ${id}: reason${lineBreak}`;
  return [{ range: files.placesIn(file).rangeOf({ start: lineStart, end: lineStart }), newText }];
}
