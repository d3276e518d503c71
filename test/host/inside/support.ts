// What the suites in the extension host share.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../../support/eventually.ts';

export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('applyscope.applyscope');
  assert.ok(found, 'the extension is installed');
  return found;
}

export function fileOf(name: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'a folder is open');
  return vscode.Uri.joinPath(folder.uri, name);
}

export async function openSample(name: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(fileOf(name));
}

/** Asks again until there is an answer. */
export function until<T>(what: string, ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  return eventually(async () => {
    const answer = await ask();
    if (answer === undefined || answer === false) assert.fail(`waited for ${what}`);
    return answer;
  });
}

export const findings = (uri: vscode.Uri) =>
  vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'applyscope');

/** A finding's id: the value of its code, which links to the explanation. */
export const idOf = ({ code }: vscode.Diagnostic) => (typeof code === 'object' ? code.value : code);

/** The ids of a file's findings, once they are these. */
export async function untilFindings(uri: vscode.Uri, ...ids: string[]): Promise<vscode.Diagnostic[]> {
  return until(`findings ${ids.join(', ') || 'none'} in ${uri.path}`, () => {
    const found = findings(uri);
    return found.map(idOf).join() === ids.join() ? found : undefined;
  });
}

/** Gives a setting of the workspace another value while something is done. */
export async function withSetting(name: string, value: unknown, work: () => Promise<void>): Promise<void> {
  const settings = () => vscode.workspace.getConfiguration('applyscope');
  await settings().update(name, value, vscode.ConfigurationTarget.Workspace);
  try {
    await work();
  } finally {
    await settings().update(name, undefined, vscode.ConfigurationTarget.Workspace);
  }
}

/** The fix of this title, or of one that begins like it, once it is offered at a place. */
export const fixAt = (
  uri: vscode.Uri,
  range: vscode.Range,
  title: string,
  kind = vscode.CodeActionKind.QuickFix.value,
): Promise<vscode.CodeAction> =>
  until(`the fix "${title}"`, async () => {
    const ask = vscode.commands.executeCommand<vscode.CodeAction[]>;
    const offered = await ask('vscode.executeCodeActionProvider', uri, range, kind);
    return offered.find((one) => one.title.startsWith(title));
  });

/** Does what a fix says. */
export async function take({ edit }: vscode.CodeAction): Promise<void> {
  assert.ok(edit);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

export async function replaceText(editor: vscode.TextEditor, text: string): Promise<void> {
  const { document } = editor;
  const whole = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
  assert.ok(await editor.edit((edit) => edit.replace(whole, text)));
}

export const textOf = (text: vscode.MarkdownString | vscode.MarkedString): string =>
  typeof text === 'string' ? text : text.value;
