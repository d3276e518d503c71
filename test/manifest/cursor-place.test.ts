// Where somebody types, in a document that is only half written.
import assert from 'node:assert/strict';
import { cursorPlace } from '../../src/manifest/cursor-place.ts';
import { parseTolerant } from '../../src/manifest/tolerant.ts';

/** `part way "word"` of the `|` in a text. */
function at(marked: string): string | undefined {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const place = cursorPlace(text, { start: 0, end: text.length }, offset, parseTolerant);
  if (!place) return undefined;
  const way = place.segments.map((one) => ('index' in one ? `[${one.index}]` : 'field' in one ? one.field : one.key));
  const written = `${place.before}"${text.slice(place.word.start, place.word.end)}"`;
  return [place.part, way.join('.'), written, place.hasColon && 'colon', place.isFlow && 'flow']
    .filter(Boolean)
    .join(' ');
}

describe('cursorPlace', () => {
  it('finds the key that is being written, by its column', () => {
    assert.equal(at('|'), 'key ""');
    assert.equal(at('a: 1\nbc|'), 'key "bc"');
    assert.equal(at('a:\n  b:\n    c: 1\n  |'), 'key a ""');
    assert.equal(at('a:\n  b:\n    c: 1\n    |\n  d: 2'), 'key a.b ""');
    assert.equal(at('a:\n- b: 1\n  c|\n'), 'key a.[0] "c"');
    assert.equal(at('a:\n  b|c: 1'), 'key a "bc" colon');
  });

  it('begins items, and writes the dash or space that is missing', () => {
    assert.equal(at('a:\n- b|'), 'key a.[0] "b"');
    assert.equal(at('a:\n  - b: 1\n  |'), 'key a.[1] - ""');
    assert.equal(at('a:\n-|'), 'key a.[0]  ""');
    assert.equal(at('a:|'), 'value a  ""');
  });

  it('finds values, plain and in quotes, between others', () => {
    assert.equal(at('a: |'), 'value a ""');
    assert.equal(at('a: x|yz # w'), 'value a "xyz"');
    assert.equal(at('a: "x y|z"\nb: 1'), 'value a "\\"x yz\\""'.replaceAll('\\', ''));
    assert.equal(at("a: 'x|"), `value a "'x"`);
    assert.equal(at('a: [b, |]'), 'value a.[1] "" flow');
    assert.equal(at('a: {b: 1, c|}'), 'key a "c" flow');
    assert.equal(at('a: {b: |'), 'value a.b "" flow');
  });

  it('finds nothing where no word stands by itself', () => {
    assert.equal(at('a: 1 # |'), undefined);
    assert.equal(at('# |'), undefined);
    assert.equal(at('a: some text|'), undefined);
    assert.equal(at('a: |-\n  text'.replace('|-', '>-').replace('text', 'te|xt')), undefined);
  });
});
