// Places and edits of the panel, in the editor.
import {
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

/** Applies edits to the texts of open or opened documents: they can be undone, and nothing is saved. */
export async function applyEdits(edits: readonly FileEdit[]): Promise<boolean> {
  const edit = new WorkspaceEdit();
  for (const { uri, edits: changes } of edits) {
    const target = Uri.parse(uri);
    if (!isEditable(target)) throw new Error(`${target.toString(true)} is not part of the workspace`);
    edit.createFile(target, { ignoreIfExists: true });
    for (const { range, newText } of changes) edit.replace(target, rangeOf(range), newText);
  }
  return workspace.applyEdit(edit);
}

/** What the user has opened; the page is ours, but it need not reach further than that. */
const isEditable = (uri: Uri) =>
  workspace.getWorkspaceFolder(uri) !== undefined ||
  workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());

const rangeOf = ({ start, end }: Place['range']) =>
  new Range(new Position(start.line, start.character), new Position(end.line, end.character));
