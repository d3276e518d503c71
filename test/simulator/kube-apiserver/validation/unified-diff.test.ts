// Differences as difflib shows them.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { unifiedDiff } from '../../../../src/simulator/kube-apiserver/validation/unified-diff.ts';

const lines = (text: string) => text.split('');

describe('a unified diff', () => {
  it('shows nothing of equal texts', () => {
    assert.equal(unifiedDiff(lines('abc'), lines('abc')), '');
  });

  it('shows a change with three lines around it', () => {
    assert.equal(
      unifiedDiff(lines('abcdefgh'), lines('abcdXfgh')),
      '@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+X\n f\n g\n h\n',
    );
  });

  it('parts changes that are far apart, and counts what was empty from the line before', () => {
    assert.equal(
      unifiedDiff(lines('abcdefghij'), lines('Xabcdefghi'), 1),
      '@@ -1 +1,2 @@\n+X\n a\n@@ -9,2 +10 @@\n i\n-j\n',
    );
    assert.equal(unifiedDiff([], ['a']), '@@ -0,0 +1 @@\n+a\n');
  });

  it('makes the second text of the first', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const shown = unifiedDiff(a, b, 1000).split('\n').slice(1, -1);
        if (shown.length === 0) return void assert.deepEqual(a, b);
        const side = (marks: string) =>
          shown.filter((line) => marks.includes(line.charAt(0))).map((line) => line.slice(1));
        assert.deepEqual(side(' -'), a);
        assert.deepEqual(side(' +'), b);
      }),
    );
  });
});
