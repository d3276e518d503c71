// What the editor answers when it is asked: hovers, lenses, fixes and what is offered while somebody types.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../../support/eventually.ts';
import { fileOf, fixAt, openSample, replaceText, take, textOf, until, untilFindings, withSetting } from './support.ts';

/** The place of the first appearance of a word, inside of it. */
function placeOf({ document }: vscode.TextEditor, word: string): vscode.Position {
  const at = document.getText().indexOf(word);
  assert.ok(at >= 0, word);
  return document.positionAt(at + 1);
}

/** What hovers say at a word, ours together. */
async function hoverAt(editor: vscode.TextEditor, word: string): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    editor.document.uri,
    placeOf(editor, word),
  );
  return hovers.flatMap(({ contents }) => contents.map(textOf)).join('\n');
}

const hoverSays = (editor: vscode.TextEditor, word: string, pattern: RegExp) =>
  eventually(async () => assert.match(await hoverAt(editor, word), pattern));

async function offeredAt(editor: vscode.TextEditor, place: vscode.Position): Promise<string[]> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    editor.document.uri,
    place,
  );
  // words of the text are VS Code's own
  return items
    .filter(({ kind }) => kind !== vscode.CompletionItemKind.Text)
    .map(({ label }) => (typeof label === 'string' ? label : label.label));
}

const lensesOf = async (uri: vscode.Uri) =>
  (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 10)).filter(
    ({ command }) => command?.command === 'applyscope.simulate',
  );

/** The first lens, once it says this. */
const lensOf = (uri: vscode.Uri, title: string) =>
  until(title, async () => (await lensesOf(uri)).slice(0, 1).find(({ command }) => command?.title === title));

describe('a hover', () => {
  it('on kind says how it ends, with a table of nodes and the way to the step', async () => {
    const editor = await openSample('1-pending.yaml');
    await untilFindings(editor.document.uri, 'unschedulable');
    await hoverSays(editor, 'Pod\n', /\*\*Pod training\*\*: Pending: 0\/3 nodes are available/);
    await hoverSays(editor, 'Pod\n', /\| gpu-1 \| node\\?\(s\\?\) had untolerated taint/);
    await hoverSays(editor, 'Pod\n', /command:applyscope\.simulate\?/);
  });

  it('on a scheduling field, an image and a flagged field says what became of them', async () => {
    const pending = await openSample('1-pending.yaml');
    await hoverSays(pending, 'nodeSelector', /\| Node(&nbsp;)* \| Says \|/);
    const running = await openSample('2-running.yaml');
    await untilFindings(running.document.uri);
    await hoverSays(running, 'nginx:1.29', /\*\*Deployment web\*\*: 3\/3 ready/);
    const refused = await openSample('3-refused.yaml');
    await untilFindings(refused.document.uri, 'unknown-field');
    await hoverSays(refused, 'imagee', /\*\*Pod web\*\*: not created: strict decoding error/);
  });

  it('on any other field says type and documentation, unless that is switched off', async () => {
    const editor = await openSample('2-running.yaml');
    await hoverSays(editor, 'replicas', /`replicas`: `integer`/);
    await withSetting('fieldDocumentation', false, async () => {
      await until('silence', async () => !(await hoverAt(editor, 'replicas')).includes('`replicas`'));
    });
  });
});

describe('a lens', () => {
  it('stands above each workload with its verdict, and opens the panel', async () => {
    const pending = await openSample('1-pending.yaml');
    await untilFindings(pending.document.uri, 'unschedulable');
    const title = '▶ Simulate apply · Pending: 0/3 nodes are available';
    const lens = await lensOf(pending.document.uri, title);
    assert.equal(pending.document.lineAt(lens.range.start.line).text, 'apiVersion: v1');
    const { command, arguments: given = [] } = lens.command!;
    await vscode.commands.executeCommand(command, ...(given as unknown[]));
    const panel = await until('the panel', () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .find(({ label }) => label.includes('1-pending.yaml') && label.startsWith('Apply')),
    );
    await vscode.window.tabGroups.close(panel);
  });

  it('is not there if it is switched off', async () => {
    const { document } = await openSample('2-running.yaml');
    await lensOf(document.uri, '▶ Simulate apply · 3/3 ready');
    await withSetting('codeLens', false, async () => {
      await until('no lens', async () => (await lensesOf(document.uri)).length === 0);
    });
  });
});

describe('a fix', () => {
  for (const [what, title] of [
    ['adds the toleration', 'Tolerate dedicated=gpu:NoSchedule → runs on gpu-1'],
    ['ignores the finding with a reason', 'Ignore unschedulable here, with a reason'],
  ] as const) {
    it(`${what}, and the finding is gone`, async () => {
      const editor = await openSample('1-pending.yaml');
      const { uri } = editor.document;
      const [finding] = await untilFindings(uri, 'unschedulable');
      assert.ok(finding);
      await take(await fixAt(uri, finding.range, title));
      await untilFindings(uri);
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await untilFindings(uri, 'unschedulable');
    });
  }

  it('is offered where somebody looks for it, not only on what is flagged', async () => {
    const editor = await openSample('1-pending.yaml');
    const { uri } = editor.document;
    await untilFindings(uri, 'unschedulable');
    for (const word of ['kind', 'training', 'nodeSelector']) {
      const place = placeOf(editor, word);
      await fixAt(uri, new vscode.Range(place, place), 'Tolerate dedicated=gpu:NoSchedule → runs on gpu-1');
    }
  });

  it('of all that is safe is one action', async () => {
    const editor = await openSample('3-refused.yaml');
    const { document } = editor;
    await untilFindings(document.uri, 'unknown-field');
    const beginning = new vscode.Range(0, 0, 0, 0);
    await take(await fixAt(document.uri, beginning, 'Mend all', 'source.fixAll.applyscope'));
    await untilFindings(document.uri);
    assert.match(document.getText(), /\n {4}image: nginx/);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});

describe('a severity that is set', () => {
  it('is how the finding is shown', async () => {
    const { document } = await openSample('1-pending.yaml');
    await untilFindings(document.uri, 'unschedulable');
    await withSetting('severity', { '*': 'hint', unschedulable: 'information' }, async () => {
      await until('information', () =>
        vscode.languages
          .getDiagnostics(document.uri)
          .some(({ severity }) => severity === vscode.DiagnosticSeverity.Information),
      );
    });
  });
});

describe('completion', () => {
  it('offers fields, values and what exists, where somebody types', async () => {
    await vscode.workspace.fs.writeFile(fileOf('typed.yaml'), new Uint8Array());
    const editor = await vscode.window.showTextDocument(fileOf('typed.yaml'));
    const end = () => editor.document.positionAt(editor.document.getText().length);
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: typed\nspec:\n';
    await replaceText(editor, `${pod}  contai`);
    await until('fields', async () => (await offeredAt(editor, end())).includes('containers'));
    await replaceText(editor, `${pod}  restartPolicy: `);
    await eventually(async () =>
      assert.deepEqual((await offeredAt(editor, end())).sort(), ['Always', 'Never', 'OnFailure']),
    );
    await replaceText(editor, `${pod}  tolerations:\n  - `);
    await until('taints', async () => (await offeredAt(editor, end())).includes('dedicated=gpu:NoSchedule'));
    await withSetting('completion', 'off', async () => {
      await until('nothing', async () => (await offeredAt(editor, end())).length === 0);
    });
  });

  it('writes what belongs to a field when it is taken', async () => {
    const editor = await vscode.window.showTextDocument(fileOf('typed.yaml'));
    await replaceText(editor, 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: typed\nspec:\n  containers');
    editor.selection = new vscode.Selection(5, 12, 5, 12);
    await until('the list', async () => (await offeredAt(editor, editor.selection.active)).length > 0);
    let tries = 0;
    await until('the text', async () => {
      // what is asked for just after a change may be called off by it: it is asked for again, once in a while
      if (tries++ % 50 === 0) await vscode.commands.executeCommand('editor.action.triggerSuggest');
      await vscode.commands.executeCommand('acceptSelectedSuggestion');
      return editor.document.getText().includes('image:');
    });
    assert.match(editor.document.getText(), /\n {2}containers:\n {2}- name: \n {4}image: $/);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.workspace.fs.delete(fileOf('typed.yaml'));
  });
});
