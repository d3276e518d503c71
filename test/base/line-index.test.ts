// Offsets and places: every line end that editors know, and places that are not there.
import assert from 'node:assert/strict';
import { LineIndex } from '../../src/base/line-index.ts';

describe('LineIndex', () => {
  const rows: [text: string, offset: number, line: number, column: number][] = [
    ['', 0, 0, 0],
    ['ab', 5, 0, 2],
    ['ab', -1, 0, 0],
    ['a\nb', 1, 0, 1],
    ['a\nb', 2, 1, 0],
    ['a\n', 2, 1, 0],
    ['a\r\nb', 3, 1, 0],
    ['a\rb\nc', 2, 1, 0],
    ['a\rb\nc', 4, 2, 0],
    ['é😀\nx', 3, 0, 3],
    ['é😀\nx', 4, 1, 0],
  ];
  for (const [text, offset, line, column] of rows) {
    it(`finds ${offset} of ${JSON.stringify(text)} at ${line}:${column}`, () => {
      assert.deepEqual(new LineIndex(text).positionAt(offset), { line, column });
    });
  }

  it('goes back from places to offsets', () => {
    const index = new LineIndex('ab\r\ncd\n');
    assert.equal(index.offsetAt({ line: 1, column: 1 }), 5);
    assert.equal(index.offsetAt({ line: 0, column: 9 }), 2, 'not into the line break');
    assert.equal(index.offsetAt({ line: 9, column: 0 }), 7);
    assert.equal(index.offsetAt({ line: -1, column: 3 }), 0);
  });

  it('gives lines without their ends', () => {
    const index = new LineIndex('one\r\n\ntwo');
    assert.equal(index.lineCount, 3);
    assert.deepEqual(
      [0, 1, 2, 3].map((line) => index.lineText(line)),
      ['one', '', 'two', ''],
    );
    assert.deepEqual(index.lineRange(0), { start: 0, end: 3 });
  });
});
