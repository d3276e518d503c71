// Every class of mistake as somebody meets it: marked on the token, and gone once the fix that is offered there is taken.
import * as vscode from 'vscode';
import { cluster, mistakes } from './mistakes.ts';
import { fileOf, findings, fixAt, idOf, replaceText, take, until, untilFindings } from './support.ts';

describe('a mistake', () => {
  let editor: vscode.TextEditor;

  before(async () => {
    const write = (name: string, text: string) =>
      vscode.workspace.fs.writeFile(fileOf(`mistakes/${name}`), new TextEncoder().encode(text));
    await write('.applyscope/cluster.yaml', cluster);
    await write('app.yaml', '');
    editor = await vscode.window.showTextDocument(fileOf('mistakes/app.yaml'));
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.workspace.fs.delete(fileOf('mistakes'), { recursive: true });
  });

  for (const { what, text, finding, token, fix } of mistakes) {
    it(`${what}: is marked, and mended`, async () => {
      const { document } = editor;
      await replaceText(editor, text);
      const found = await until(`${finding} on ${token}`, () =>
        findings(document.uri).find((one) => idOf(one) === finding && document.getText(one.range) === token),
      );
      await take(await fixAt(document.uri, found.range, fix));
      await untilFindings(document.uri);
    });
  }
});
