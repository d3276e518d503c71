// Findings in the editor: on the deciding field, with their explanation, gone when the cause is gone.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { fileOf, findings, openSample, until, untilFindings, withSetting } from './support.ts';

const toleration = '  tolerations:\n  - key: dedicated\n    value: gpu\n    effect: NoSchedule\n';

describe('diagnostics', () => {
  it('stand on the field that decides, in the words of the component', async () => {
    const { document } = await openSample('3-refused.yaml');
    const [finding] = await untilFindings(document.uri, 'unknown-field');
    assert.ok(finding);
    assert.equal(document.getText(finding.range), 'imagee');
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Error);
    assert.match(finding.message, /strict decoding error: unknown field "spec\.containers\[0\]\.imagee"/);
  });

  it('say nothing where nothing goes wrong', async () => {
    const { document } = await openSample('2-running.yaml');
    await untilFindings(document.uri);
  });

  it('go when the missing toleration is typed, and come back when it is undone', async () => {
    const editor = await openSample('1-pending.yaml');
    const { uri } = editor.document;
    const [finding] = await untilFindings(uri, 'unschedulable');
    assert.match(finding?.message ?? '', /gpu-1 has the taint dedicated=gpu:NoSchedule/);
    const spec = editor.document.getText().indexOf('  nodeSelector:');
    await editor.edit((edit) => edit.insert(editor.document.positionAt(spec), toleration));
    await untilFindings(uri);
    await vscode.commands.executeCommand('undo');
    await untilFindings(uri, 'unschedulable');
  });

  it('follow an edit of the cluster file in every open manifest', async () => {
    const pending = await openSample('1-pending.yaml');
    await untilFindings(pending.document.uri, 'unschedulable');
    const cluster = await openSample('.applyscope/cluster.yaml');
    const text = cluster.document.getText();
    const taint = text.indexOf('  taints:\n  - key: dedicated');
    const end = text.indexOf('status:', taint);
    const range = new vscode.Range(cluster.document.positionAt(taint), cluster.document.positionAt(end));
    await cluster.edit((edit) => edit.delete(range));
    await untilFindings(pending.document.uri);
    await vscode.commands.executeCommand('undo');
    await untilFindings(pending.document.uri, 'unschedulable');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('follow the settings: cluster and severity', async () => {
    const uri = fileOf('1-pending.yaml');
    await openSample('1-pending.yaml');
    await untilFindings(uri, 'unschedulable');
    await withSetting('severity', { unschedulable: 'off' }, async () => {
      await untilFindings(uri);
    });
    await untilFindings(uri, 'unschedulable');
    await withSetting('cluster', 'kind', async () => {
      await until('the one node of kind', () => findings(uri).some(({ message }) => /0\/1 nodes/.test(message)));
    });
  });

  it('leave YAML alone that is not for Kubernetes', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: 'services:\n  web: {}\n' });
    await vscode.window.showTextDocument(document);
    await openSample('3-refused.yaml');
    await untilFindings(document.uri);
  });
});
