import assert from 'node:assert/strict';
import fc from 'fast-check';
import { byteLength, formatFloat, quote, structJson, utf8Of } from '../../src/api/go-text.ts';

describe('go text', () => {
  it('quotes as %q', () => {
    const rows: [string, string][] = [
      ['a b', '"a b"'],
      ['"\\', '"\\"\\\\"'],
      ['\u0007\b\f\n\r\t\v', '"\\a\\b\\f\\n\\r\\t\\v"'],
      ['\u0000\u007f', '"\\x00\\x7f"'],
      ['é日😀', '"é日😀"'],
      ['\u00a0\u200b\u{e0001}', '"\\u00a0\\u200b\\U000e0001"'],
      ['\ud800', '"\ufffd"'],
    ];
    for (const [text, quoted] of rows) assert.equal(quote(text), quoted);
  });

  it('prints floats as %v', () => {
    const rows: [number, string][] = [
      [1.5, '1.5'],
      [100_000, '100000'],
      [1_000_000, '1e+06'],
      [123_456_789, '1.23456789e+08'],
      [0.0001, '0.0001'],
      [0.00001, '1e-05'],
      [-2.5e-10, '-2.5e-10'],
      [0, '0'],
    ];
    for (const [value, text] of rows) assert.equal(formatFloat(value), text);
  });

  it('escapes HTML in JSON and keeps the order of keys', () => {
    assert.equal(structJson({ b: '<&>\u2028', a: null }), '{"b":"\\u003c\\u0026\\u003e\\u2028","a":null}');
  });

  it('law: counts and makes the bytes of UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.equal(byteLength(text), Buffer.byteLength(text));
        const bytes = [...text].flatMap((character) => utf8Of(character.codePointAt(0) ?? 0));
        assert.deepEqual(bytes, [...Buffer.from(text)]);
      }),
    );
  });
});
