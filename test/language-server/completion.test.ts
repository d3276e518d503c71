// Completion over the protocol: what is offered, how it is written, what is told when one is looked at, and who is left alone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { CompletionItem, MarkupContent } from 'vscode-languageserver/node';
import { Client, uriOf, type ClientSetup } from './client.ts';

const tainted = readFileSync('media/samples/clusters/tainted.yaml', 'utf8');
const snippets = { textDocument: { completion: { completionItem: { snippetSupport: true } } } };
const pod = (spec: string) => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n${spec}`;

describe('completion', () => {
  let client: Client;
  afterEach(() => client.stop());

  /** What is offered at the `|` of a text. */
  async function at(marked: string, setup: ClientSetup = {}, triggerCharacter?: string): Promise<CompletionItem[]> {
    client = await Client.start(setup);
    await client.open('app.yaml', marked.replace('|', ''));
    const before = marked.slice(0, marked.indexOf('|')).split('\n');
    return client.connection.sendRequest<CompletionItem[]>('textDocument/completion', {
      textDocument: { uri: uriOf('app.yaml') },
      position: { line: before.length - 1, character: before.at(-1)!.length },
      ...(triggerCharacter && { context: { triggerKind: 2, triggerCharacter } }),
    });
  }
  const labels = (items: readonly CompletionItem[]) => items.map(({ label }) => label);

  it('offers fields as snippets, with their documentation when one is looked at', async () => {
    const items = await at(pod('  containers:\n  - im|'), { capabilities: snippets, options: { commands: true } });
    const image = items.find(({ label }) => label === 'image');
    assert.deepEqual(image?.textEdit, {
      range: { start: { line: 6, character: 4 }, end: { line: 6, character: 6 } },
      newText: 'image: $0',
    });
    assert.equal(image.documentation, undefined);
    const policy = items.find(({ label }) => label === 'imagePullPolicy');
    assert.equal(policy?.command?.command, 'editor.action.triggerSuggest');
    const resolved = await client.connection.sendRequest<CompletionItem>('completionItem/resolve', policy);
    assert.match((resolved.documentation as MarkupContent).value, /^Image pull policy\. One of Always/);
  });

  it('writes plain text for clients without snippets', async () => {
    const ports = (await at(pod('  containers:\n  - name: a\n    |'))).find(({ label }) => label === 'ports');
    assert.equal((ports?.textEdit as { newText: string }).newText, 'ports:\n- containerPort: ');
  });

  it('offers what the cluster and the files beside have', async () => {
    const files = {
      '.applyscope/cluster.yaml': tainted,
      'beside.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n',
    };
    assert.ok(labels(await at(pod('  tolerations:\n  - |'), { files })).includes('dedicated=db:NoSchedule'));
    client.stop();
    const volume = await at(pod('  volumes:\n  - name: v\n    configMap:\n      name: |'), { files });
    assert.deepEqual(labels(volume).sort(), ['kube-root-ca.crt', 'x']);
  });

  it('does not wait for the run, and knows the text as it is', async () => {
    await at(pod('  |'));
    await client.edit('app.yaml', pod('  restartPolicy: \n'));
    const items = await client.connection.sendRequest<CompletionItem[]>('textDocument/completion', {
      textDocument: { uri: uriOf('app.yaml') },
      position: { line: 5, character: 17 },
    });
    assert.deepEqual(labels(items).sort(), ['Always', 'Never', 'OnFailure']);
  });

  it('is silent while a line is indented', async () => {
    assert.deepEqual(await at(pod('  |'), {}, ' '), []);
    client.stop();
    assert.equal((await at(pod('  hostNetwork: |'), {}, ' ')).length, 2);
  });

  it('offers what the settings ask for', async () => {
    const text = pod('  nodeName: |\n');
    const settings = { completion: 'references' };
    assert.deepEqual(labels(await at(pod('  restartPolicy: |'), { settings })), []);
    client.stop();
    assert.ok((await at(text, { settings })).length > 0);
    client.stop();
    assert.deepEqual(await at(text, { settings: { completion: 'off' } }), []);
  });
});
