import assert from 'node:assert/strict';
import fc from 'fast-check';
import { deepEqual, goJson } from '../../src/base/json.ts';
import { compareBytes, sortedKeys } from '../../src/base/order.ts';

describe('compareBytes', () => {
  it('orders strings by the bytes of their UTF-8', () => {
    assert.deepEqual(['b', 'a', 'B', '10 x', '2 y', ''].sort(compareBytes), ['', '10 x', '2 y', 'B', 'a', 'b']);
    assert.ok(compareBytes('\uffee', '\u{1f600}') < 0, 'a surrogate pair stands above the basic plane');
  });

  it('agrees with a comparison of the encoded bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        assert.equal(Math.sign(compareBytes(a, b)), Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });

  it('sorts keys as encoding/json does', () => {
    assert.deepEqual(sortedKeys({ b: 1, a: 2, Z: 3 }), ['Z', 'a', 'b']);
  });
});

describe('goJson', () => {
  it('sorts keys, drops what is undefined and escapes as Go does', () => {
    assert.equal(goJson({ b: [{ d: 1, c: '<&>' }], a: undefined }), '{"b":[{"c":"\\u003c\\u0026\\u003e","d":1}]}');
  });
});

describe('deepEqual', () => {
  it('compares JSON values, an undefined key counting as absent', () => {
    assert.ok(deepEqual({ a: [1, { b: null }] }, { a: [1, { b: null }], c: undefined }));
    assert.ok(!deepEqual({ a: 1 }, { a: 1, b: 2 }));
    assert.ok(!deepEqual([1, 2], [1]));
    assert.ok(!deepEqual({ a: null }, {}));
    assert.ok(!deepEqual([], {}));
  });
});
