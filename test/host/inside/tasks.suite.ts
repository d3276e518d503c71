// The task that checks all manifests: what it runs is the command line, and the problem matcher reads what that prints.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as vscode from 'vscode';
import { extension, fileOf, openSample } from './support.ts';

/** The built command line. */
declare const CLI: string;

interface Matcher {
  readonly name: string;
  readonly pattern: { readonly regexp: string };
}

describe('the task', () => {
  it('runs the command line over the folder', async () => {
    await openSample('1-pending.yaml');
    const [task] = await vscode.tasks.fetchTasks({ type: 'applyscope' });
    assert.ok(task);
    assert.equal(task.name, 'check all manifests');
    assert.deepEqual(task.problemMatchers, ['$applyscope']);
    const { command, args } = task.execution as vscode.ShellExecution;
    assert.equal(command, 'applyscope');
    const cwd = fileOf('.').fsPath;
    const { status, stdout } = spawnSync(process.execPath, [CLI, ...(args ?? []).map(String)], {
      cwd,
      encoding: 'utf8',
    });
    assert.equal(status, 1);
    const { contributes } = extension().packageJSON as { contributes: { problemMatchers: readonly Matcher[] } };
    const pattern = new RegExp(contributes.problemMatchers[0]?.pattern.regexp ?? '');
    const matched = stdout.split('\n').flatMap((line) => {
      const [, file, line_, , severity, id] = pattern.exec(line) ?? [];
      return file === undefined ? [] : [[file, line_, severity, id].join(' ')];
    });
    assert.deepEqual(matched, ['1-pending.yaml 6 error unschedulable', '3-refused.yaml 9 error unknown-field']);
  });
});
