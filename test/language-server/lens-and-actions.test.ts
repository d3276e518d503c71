// What an editor shows beside the text: verdicts above workloads, fixes, and the other side of a finding.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { CodeAction, CodeLens, Range } from 'vscode-languageserver/node';
import { Client, uriOf, type ClientSetup } from './client.ts';

const sample = (name: string) => readFileSync(`media/samples/${name}`, 'utf8');
const tainted = readFileSync('media/samples/clusters/tainted.yaml', 'utf8');
const clusterFile = { '.applyscope/cluster.yaml': tainted };

describe('beside the text', () => {
  let client: Client;
  const open = async (text: string, setup: ClientSetup = {}) => {
    client = await Client.start(setup);
    await client.open('app.yaml', text);
  };
  afterEach(() => client.stop());
  const lenses = () =>
    client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: uriOf('app.yaml') } });
  const wholeText: Range = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };
  const actions = (range = wholeText, only?: string[]) =>
    client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      ...{ textDocument: { uri: uriOf('app.yaml') }, range },
      context: { diagnostics: [], ...(only && { only }) },
    });
  /** The text after an action's edits of it, which do not overlap. */
  const after = (text: string, { edit }: CodeAction) => {
    const lines = text.split('\n');
    const offset = ({ line, character }: Range['start']) =>
      lines.slice(0, line).join('\n').length + (line ? 1 : 0) + character;
    const edits = [...(edit?.changes?.[uriOf('app.yaml')] ?? [])].sort(
      (a, b) => offset(b.range.start) - offset(a.range.start),
    );
    return edits.reduce(
      (result, one) => result.slice(0, offset(one.range.start)) + one.newText + result.slice(offset(one.range.end)),
      text,
    );
  };

  it('stands how each workload ends, with the way to the panel', async () => {
    await open(sample('deployment-service.yaml'), { options: { commands: true } });
    const [lens, ...others] = await lenses();
    assert.equal(lens?.command?.title, '▶ Simulate apply · 3/3 ready');
    assert.equal(lens.command.command, 'applyscope.simulate');
    assert.deepEqual(lens.command.arguments, [{ uris: [uriOf('app.yaml')] }]);
    assert.deepEqual(others, []);
  });

  it('stands why, for a workload that does not come up', async () => {
    await open(sample('pod.yaml'), { files: clusterFile, options: { commands: true } });
    const [lens] = await lenses();
    assert.equal(lens?.command?.title, '▶ Simulate apply · Pending: 0/2 nodes are available');
    assert.equal(typeof lens.command.arguments?.[1], 'number');
  });

  it('stands no command that the client does not have, and nothing if it is switched off', async () => {
    await open(sample('pod.yaml'));
    assert.equal((await lenses())[0]?.command?.command, '');
    client.stop();
    await open(sample('pod.yaml'), { settings: { codeLens: false } });
    assert.deepEqual(await lenses(), []);
  });

  it('stand the nodes that refuse the Pod, in the file of the cluster', async () => {
    await open(sample('pod.yaml'), { files: clusterFile });
    const [diagnostic] = await client.diagnostics('app.yaml');
    const related = diagnostic?.relatedInformation ?? [];
    assert.deepEqual(
      related.map(({ location: { uri } }) => uri),
      [uriOf('.applyscope/cluster.yaml'), uriOf('.applyscope/cluster.yaml')],
    );
    assert.deepEqual(
      related.map(({ location: { range } }) => tainted.split('\n')[range.start.line]?.trim()),
      ['- key: dedicated', '- key: dedicated'],
    );
  });

  it('stands a fix that a run has proved', async () => {
    await open(sample('pod.yaml'), { files: clusterFile });
    const [fix] = await actions();
    assert.match(fix?.title ?? '', /Tolerate dedicated=db:NoSchedule → runs on db-1/);
    const mended = after(sample('pod.yaml'), fix!);
    await client.edit('app.yaml', mended);
    assert.deepEqual(await client.diagnostics('app.yaml'), []);
  });

  it('stands the same fix where somebody looks for it: at the kind, the name and what decides; nowhere else', async () => {
    const text = sample('pod.yaml').replace('spec:\n', 'spec:\n  nodeSelector:\n    disk: ssd\n');
    const cluster = tainted.replace(/labels:\n/, (line) => `${line}    disk: ssd\n`);
    await open(text, { files: { '.applyscope/cluster.yaml': cluster } });
    const titlesAt = async (word: string) => {
      const before = text.slice(0, text.indexOf(word)).split('\n');
      const place = { line: before.length - 1, character: before.at(-1)!.length + 1 };
      return (await actions({ start: place, end: place })).map(({ title }) => title);
    };
    const fix = /Tolerate dedicated=db:NoSchedule → runs on db-1/;
    for (const word of ['kind', 'Pod', 'myapp', 'nodeSelector', 'ssd']) {
      const [first, ...others] = await titlesAt(word);
      assert.match(first ?? '', fix, word);
      assert.ok(!others.some((title) => title.startsWith('Ignore')), word);
    }
    for (const word of ['apiVersion', 'metadata', 'containers', 'nginx'])
      assert.deepEqual(await titlesAt(word), [], word);
  });

  it('stands a way to ignore a finding with a reason, and it works', async () => {
    await open(sample('pod.yaml'), { files: clusterFile });
    const ignore = (await actions()).find(({ title }) => title.startsWith('Ignore'));
    await client.edit('app.yaml', after(sample('pod.yaml'), ignore!));
    assert.deepEqual(await client.diagnostics('app.yaml'), []);
  });

  it('mends all that was misspelt at once', async () => {
    const right = [sample('pod.yaml'), sample('deployment-service.yaml')].join('---\n');
    await open(right.replaceAll('image:', 'imagee:'));
    assert.deepEqual(await actions(wholeText, ['refactor']), []);
    const [all] = await actions(wholeText, ['source.fixAll']);
    assert.equal(all?.kind, 'source.fixAll.applyscope');
    assert.equal(after(right.replaceAll('image:', 'imagee:'), all), right);
  });
});
