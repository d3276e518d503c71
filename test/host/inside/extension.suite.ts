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

  it('reports an issue with its version, and nothing of what is open', async () => {
    const { document } = await openSample('1-pending.yaml');
    let given: { readonly extensionId: string; readonly issueBody: string } | undefined;
    // in the place of the workbench's own, which is another window of the desktop, or a page of a browser
    const reporter = vscode.commands.registerCommand('workbench.action.openIssueReporter', (options: typeof given) => {
      given = options;
    });
    try {
      await vscode.commands.executeCommand('applyscope.reportIssue');
    } finally {
      reporter.dispose();
    }
    assert.ok(given);
    const { extensionId, issueBody } = given;
    assert.equal(extensionId, 'applyscope.applyscope');
    const { version } = extension().packageJSON as { version: string };
    assert.match(issueBody, new RegExp(`Applyscope ${version}\\n- ${vscode.env.appName} ${vscode.version}, `));
    for (const secret of [document.uri.path, 'pending', ...document.getText().match(/\w{6,}/g)!])
      assert.ok(!issueBody.replace(/<!--.*?-->/, '').includes(secret), secret);
  });

  it('goes on after its server was started again', async () => {
    const { document } = await openSample('3-refused.yaml');
    await untilFindings(document.uri, 'unknown-field');
    await vscode.commands.executeCommand('applyscope.restartServer');
    await untilFindings(document.uri, 'unknown-field');
  });
});
