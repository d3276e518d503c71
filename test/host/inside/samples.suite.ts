// The samples of the walkthrough: opened by the extension itself, editable, and each with another end.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until, untilFindings } from './support.ts';

async function openShipped(name: string): Promise<vscode.TextEditor> {
  await vscode.commands.executeCommand('applyscope.openSample', name);
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor);
  assert.match(editor.document.uri.path, new RegExp(`/first-steps/${name}$`));
  return editor;
}

describe('the samples', () => {
  it('end differently: pending, running, refused', async () => {
    await untilFindings((await openShipped('1-pending.yaml')).document.uri, 'unschedulable');
    await untilFindings((await openShipped('2-running.yaml')).document.uri);
    await untilFindings((await openShipped('3-refused.yaml')).document.uri, 'unknown-field');
  });

  it('are copies, as they were shipped each time', async () => {
    const editor = await openShipped('2-running.yaml');
    const shipped = editor.document.getText();
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# edited\n'));
    await editor.document.save();
    const { document } = await openShipped('2-running.yaml');
    await until('the sample as it was', () => document.getText() === shipped);
  });
});
