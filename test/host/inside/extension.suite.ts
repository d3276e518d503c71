// What the manifest promises: the packaged extension is active, its commands are there, activation is quick.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension, openSample, until, untilFindings } from './support.ts';

describe('the extension', () => {
  it('activates on a manifest', async () => {
    await openSample('1-pending.yaml');
    await extension().activate();
    assert.equal(extension().isActive, true);
  });

  it('has every command that its manifest names', async () => {
    const all = await vscode.commands.getCommands(true);
    const { contributes } = extension().packageJSON as { contributes: { commands: { command: string }[] } };
    const missing = contributes.commands.map(({ command }) => command).filter((command) => !all.includes(command));
    // in a web worker there are no processes, so no kubectl to import with; the menus leave it out
    assert.deepEqual(missing, 'importScripts' in globalThis ? ['applyscope.importCluster'] : []);
  });

  it('shows its log', async () => {
    const { text } = await until('the log', async () => {
      // a workbench that is still busy with its first view may not open another one
      await vscode.commands.executeCommand('applyscope.showLog');
      const log = vscode.workspace.textDocuments.find(
        ({ uri }) => uri.scheme === 'output' && /pplyscope/.test(uri.path),
      );
      return log && { text: log.getText() };
    });
    assert.equal(typeof text, 'string');
    await vscode.commands.executeCommand('workbench.action.closePanel');
  });

  it('goes on after its server was started again', async () => {
    const { document } = await openSample('3-refused.yaml');
    await untilFindings(document.uri, 'unknown-field');
    await vscode.commands.executeCommand('applyscope.restartServer');
    await untilFindings(document.uri, 'unknown-field');
  });
});
