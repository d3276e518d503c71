// What an edit costs: the documents that it leaves alone are not read again.
import assert from 'node:assert/strict';
import { Files } from '../../src/language-server/files.ts';
import { uriOf } from './client.ts';

const uri = uriOf('all.yaml');
const pod = (name: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\n`;

describe('an edit', () => {
  it('reads only the document again that it is in', () => {
    const files = new Files();
    files.opened(uri, 1, ['a', 'b', 'c'].map(pod).join('---\n'));
    const before = files.openFile(uri)!.file;
    const place = { line: 6, character: 18 };
    files.edited(uri, 2, [{ range: { start: place, end: place }, text: 'ee' }]);
    const after = files.openFile(uri)!.file;
    assert.deepEqual(
      after.declared.map(({ object }) => object.metadata.name),
      ['a', 'bee', 'c'],
    );
    assert.deepEqual(
      after.declared.map(({ object }, index) => object === before.declared[index]?.object),
      [true, false, true],
    );
  });
});
