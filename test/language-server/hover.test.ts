// What a hover says: the verdict where it is decided, and what a field is.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Hover } from 'vscode-languageserver/node';
import { Client, uriOf, type ClientSetup } from './client.ts';

const sample = (name: string) => readFileSync(`media/samples/${name}`, 'utf8');
const tainted = readFileSync('media/samples/clusters/tainted.yaml', 'utf8');

describe('a hover', () => {
  let client: Client;
  afterEach(() => client.stop());
  /** What is said at the first place of a word. */
  const at = async (word: string, text: string, setup: ClientSetup = {}) => {
    client = await Client.start(setup);
    await client.open('app.yaml', text);
    const before = text.slice(0, text.indexOf(word)).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)!.length + 1 };
    const textDocument = { uri: uriOf('app.yaml') };
    const found = await client.connection.sendRequest<Hover | null>('textDocument/hover', { textDocument, position });
    return found ? (found.contents as { value: string }).value : null;
  };

  it('on kind says how it ends, and what every node says', async () => {
    const value = (await at('Pod', sample('pod.yaml'), { options: { commands: true } })) ?? '';
    assert.match(value, /^\*\*Pod myapp\*\*: Running on worker-1\n\n\| Node(&nbsp;){14} \| Says \|/);
    assert.match(value, /\| \*\*worker-1\*\* \| fits, score \d+ \|/);
    assert.match(value, /\| control-plane \| node\(s\) had untolerated taint/);
    assert.doesNotMatch(value, /`kind`/);
    const link = /\(command:applyscope\.simulate\?([^)]*)\)/.exec(value)?.[1] ?? '';
    const [request, seq] = JSON.parse(decodeURIComponent(link)) as [unknown, number];
    assert.deepEqual(request, { uris: [uriOf('app.yaml')] });
    assert.ok(seq > 0);
  });

  it('on a flagged field says what became of it, with the reasons that would come next, and not the finding again', async () => {
    const text = sample('pod.yaml').replace('image: nginx', 'image: nginx\n    resources: {requests: {cpu: 64}}');
    const value = (await at('requests', text, { files: { '.applyscope/cluster.yaml': tainted } })) ?? '';
    assert.match(value, /\| db-1 \| node\(s\) had untolerated taint.*; then: Insufficient cpu \|/);
    assert.match(value, /^\*\*Pod myapp\*\*: Pending/);
    assert.doesNotMatch(value, /command:|unschedulable|preemption/);
  });

  it('on any field says type, default and documentation', async () => {
    const value =
      (await at(
        'protocol',
        sample('deployment-service.yaml').replace(
          '- containerPort: 80',
          '- containerPort: 80\n          protocol: TCP',
        ),
      )) ?? '';
    assert.match(value, /^`protocol`: `string`, default `TCP`\n\nProtocol for port\./);
    client.stop();
    assert.match((await at('containers', sample('pod.yaml'))) ?? '', /^`containers`: `\[\]Container`/);
  });

  it('leaves documentation to others where the settings say so', async () => {
    assert.equal(await at('containers', sample('pod.yaml'), { settings: { fieldDocumentation: false } }), null);
  });

  it('says nothing beside fields, in other files, and where keys are anybody’s', async () => {
    assert.equal(await at('# here', `${sample('pod.yaml')}# here\n`), null);
    client.stop();
    assert.equal(await at('kind', 'kind: x\nname: y\n'), null);
    client.stop();
    assert.equal(
      await at('app: x', sample('pod.yaml').replace('name: myapp', 'name: myapp\n  labels: {app: x}')),
      null,
    );
  });
});
