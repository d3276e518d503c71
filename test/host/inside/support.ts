// What the suites in the extension host share.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

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

/** Asks again until there is an answer; fails after a minute, which is more than a busy machine needs. */
export async function until<T>(what: string, ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 60_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    assert.ok(Date.now() < end, `waited for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
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

/** The fixes that are offered at a place. */
export const actionsAt = (uri: vscode.Uri, range: vscode.Range) =>
  vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
  );

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
