// Places and edits of the panel, in the editor.
import {
  l10n,
  Position,
  Range,
  Selection,
  TextEditorRevealType,
  Uri,
  ViewColumn,
  window,
  workspace,
  WorkspaceEdit,
} from 'vscode';
import type { FileEdit, Place } from '../../protocol/panel.ts';
import { clusterFileOf, mayWrite, writeClusterFile } from '../cluster/cluster-file.ts';

/** Shows a place beside the panel, which keeps the focus: it is walked through with the arrow keys. */
export async function reveal(place: Place, preserveFocus = true): Promise<void> {
  const uri = Uri.parse(place.uri);
  const shown = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  const viewColumn = shown?.viewColumn ?? ViewColumn.One;
  const editor = await window.showTextDocument(uri, { viewColumn, preserveFocus });
  const range = rangeOf(place.range);
  editor.selection = new Selection(range.start, range.end);
  editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Applies edits to the texts of open or opened documents: they can be undone, and nothing is saved. A cluster file is made if that is wished. */
export async function applyEdits(edits: readonly FileEdit[]): Promise<boolean> {
  const made = edits.find(({ creates }) => creates);
  if (made && !(await makeClusterFile(Uri.parse(made.uri), made.edits[0]?.newText ?? ''))) return true;
  const edit = new WorkspaceEdit();
  for (const { uri, edits: changes, creates } of edits) {
    if (creates) continue;
    const target = Uri.parse(uri);
    if (!isEditable(target)) throw new Error(`${target.toString(true)} is not part of the workspace`);
    edit.createFile(target, { ignoreIfExists: true });
    for (const { range, newText } of changes) edit.replace(target, rangeOf(range), newText);
  }
  return workspace.applyEdit(edit);
}

/** Offers to write a preset down, as it is after a change. */
async function makeClusterFile(file: Uri, text: string): Promise<boolean> {
  const folder = workspace.getWorkspaceFolder(file);
  if (!folder) throw new Error(`${file.toString(true)} is not part of the workspace`);
  const create = l10n.t('Create');
  const question = l10n.t(
    'The cluster is a preset: create {0} from it, with this change?',
    workspace.asRelativePath(file),
  );
  const detail = l10n.t('From then on, manifests are simulated on that file.');
  if ((await window.showInformationMessage(question, { modal: true, detail }, create)) !== create) return false;
  if (!(await mayWrite(clusterFileOf(folder)))) return false;
  await writeClusterFile(folder, new TextEncoder().encode(text));
  return true;
}

/** What the user has opened; the page is ours, but it need not reach further than that. */
const isEditable = (uri: Uri) =>
  workspace.getWorkspaceFolder(uri) !== undefined ||
  workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());

const rangeOf = ({ start, end }: Place['range']) =>
  new Range(new Position(start.line, start.character), new Position(end.line, end.character));
