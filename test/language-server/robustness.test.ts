// Whatever is typed, in whatever order: the server lives, and says in the end what a new one says of the same text.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Client, shown, uriOf } from './client.ts';

const sample = readFileSync('media/samples/deployment-service.yaml', 'utf8');

const bits = [
  '',
  'x',
  ' ',
  '\n',
  '---\n',
  ': ',
  '- ',
  '{',
  '[',
  '"',
  '\t',
  '#',
  '&a',
  '*a',
  '!!',
  '{{',
  '\r',
  '\0',
  '\u{1F600}',
  'kind: Pod\n',
  'imagee: x',
];
const change = fc.record({
  text: fc.array(fc.constantFrom(...bits), { maxLength: 3 }).map((parts) => parts.join('')),
  // places outside of the text included
  line: fc.nat(30),
  from: fc.nat(40),
  length: fc.nat(10),
});

describe('the server', () => {
  let client: Client;
  afterEach(() => client.stop());

  it('says in the end what a new one says, whatever is typed, also while it is asked', async () => {
    client = await Client.start();
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const [edited, fresh] = [`edited-${++count}/a.yaml`, `fresh-${count}/a.yaml`];
        await client.open(edited, sample);
        for (const { text, line, from, length } of changes) {
          await client.edit(edited, text, { line, from, to: from + length });
          const about = { textDocument: { uri: uriOf(edited) }, position: { line, character: from } };
          await client.connection.sendRequest('textDocument/hover', about);
        }
        const context = { diagnostics: [] };
        const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
        await client.connection.sendRequest('textDocument/codeAction', {
          textDocument: { uri: uriOf(edited) },
          range,
          context,
        });
        await client.open(fresh, client.text(edited));
        const told = (await client.diagnostics(edited)).map(withoutFolder);
        assert.deepEqual(told, (await client.diagnostics(fresh)).map(withoutFolder));
        await Promise.all([client.close(edited), client.close(fresh)]);
      }),
      { numRuns: 25 },
    );
  }).timeout(60_000);

  it('is not disturbed by what makes no sense', async () => {
    client = await Client.start({
      options: { settings: 'nonsense' } as never,
      settings: { cluster: 5, scope: [], severity: 'x' } as never,
    });
    const textDocument = { uri: uriOf('never-opened.yaml') };
    const position = { line: 1e9, character: -1 };
    assert.equal(await client.connection.sendRequest('textDocument/hover', { textDocument, position }), null);
    assert.deepEqual(await client.connection.sendRequest('textDocument/codeLens', { textDocument }), []);
    await client.edit('never-opened.yaml', 'x');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: 'weird:', type: 9 }],
    });
    await client.open('pod.yaml', sample.replace('image:', 'imagee:'));
    assert.deepEqual(shown(await client.diagnostics('pod.yaml')), ['16:8-14 error unknown-field']);
  });
});

/** The files differ in their names, which some messages repeat. */
const withoutFolder = (diagnostic: object) => JSON.stringify(diagnostic).replaceAll(/(?:edited|fresh)-\d+/g, 'folder');
