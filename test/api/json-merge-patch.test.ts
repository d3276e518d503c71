import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  applyJsonMergePatch,
  createJsonMergePatch,
  createThreeWayJsonMergePatch,
} from '../../src/api/json-merge-patch.ts';
import type { JsonMap } from '../../src/api/merge-elements.ts';

/** fast-check's maps have no prototype; ours do. */
const plain = <T>(value: T): T => structuredClone(value);

describe('JSON merge patches', () => {
  // The examples of RFC 7396, appendix A.
  const examples: [original: unknown, patch: unknown, result: unknown][] = [
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'foo' }, null, null],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ];
  for (const [original, patch, result] of examples) {
    it(`${JSON.stringify(original)} with ${JSON.stringify(patch)}`, () => {
      assert.deepEqual(applyJsonMergePatch(original, patch), result);
    });
  }

  it('made of two objects turn the one into the other', () => {
    const leaf = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.array(fc.integer()));
    const object = fc.dictionary(
      fc.constantFrom('a', 'b', 'c'),
      fc.oneof(leaf, fc.dictionary(fc.constantFrom('x', 'y'), leaf)),
    );
    fc.assert(
      fc.property(object.map(plain), object.map(plain), (original, modified) => {
        const patch = createJsonMergePatch(original, modified);
        assert.deepEqual(applyJsonMergePatch({ ...original }, patch), { ...modified });
      }),
    );
  });

  const threeWay: [title: string, last: JsonMap, modified: JsonMap, live: JsonMap, patch: JsonMap][] = [
    ['nothing to do', { a: 1 }, { a: 1 }, { a: 1, status: {} }, {}],
    [
      'a removed field',
      { a: 1, b: { c: 1, d: 2 } },
      { a: 1, b: { c: 1 } },
      { a: 1, b: { c: 1, d: 2 } },
      { b: { d: null } },
    ],
    ['a changed list', { a: [1] }, { a: [2] }, { a: [1] }, { a: [2] }],
    ['an empty map is a value', {}, { a: {} }, {}, { a: {} }],
    ['a null in the manifest deletes', { a: 1 }, { a: null }, { a: 1 }, { a: null }],
  ];
  for (const [title, last, modified, live, patch] of threeWay) {
    it(`three-way: ${title}`, () => assert.deepEqual(createThreeWayJsonMergePatch(last, modified, live), patch));
  }
});
