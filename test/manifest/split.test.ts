// How a file is cut, as kubectl 1.36.3 cuts it: by `---` lines, or as a stream of JSON for as long as it is one.
import assert from 'node:assert/strict';
import { parseManifest } from '../../src/manifest/index.ts';

/** All that kubectl gets to see: the values up to the first refusal, and that. */
function read(text: string) {
  const values: unknown[] = [];
  for (const { object, errors } of parseManifest(text).documents) {
    if (errors[0]) return { values, error: errors[0].message };
    values.push(object);
  }
  return { values };
}

describe('splitDocuments', () => {
  const rows: [text: string, values: unknown[], error?: string][] = [
    ['', []],
    ['\n', [null]],
    ['a: 1', [{ a: 1 }]],
    ['a: 1\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['---\na: 1\n--- # next\nb: 2\n---\n', [{ a: 1 }, { b: 2 }]],
    ['---\n---\na: 1\n', [null, { a: 1 }]],
    ['# c\n---\n# d\n', [null, null]],
    ['a: 1\r\n---\r\nb: 2\r\n', [{ a: 1 }, { b: 2 }]],
    ['a: |\n  ---\n  x\n', [{ a: '---\nx\n' }]],
    ['a: 1\n---\x85# c\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['--- a\n', [], 'invalid Yaml document separator: a'],
    ['a: 1\n--- b\nc: 1\n', [], 'invalid Yaml document separator: b'],
    ['a: 1\n---\nb: 1\n----\n', [{ a: 1 }], 'invalid Yaml document separator: -'],
    ['{"a":1}{"b":2}', [{ a: 1 }, { b: 2 }]],
    ['{"a":1}\n5\n', [{ a: 1 }, 5]],
    ['{"a":1}\n---\n{"b":2}\n---\nc: x\n', [{ a: 1 }, { b: 2 }, { c: 'x' }]],
    ['{a: 1}\n---\n{b: 2}\n', [{ a: 1 }, { b: 2 }]],
    ['{"a":1,}', [{ a: 1 }]],
    ['{}\n\n\nfoo: bar\n', [{}, { foo: 'bar' }]],
    ['{} ', [{}]],
    ['{"a":"\\/\\ud83d\\ude00\\t","b":[1.50,-0,true,null,[],{}]}', [{ a: '/😀\t', b: [1.5, 0, true, null, [], {}] }]],
    ['{a: [}', [], "json: offset 2: invalid character 'a' looking for beginning of object key string"],
    ['{ .x }: 1\n{', [], "json: offset 3: invalid character '.' looking for beginning of object key string"],
    ['{"é": x, [', [], "json: offset 8: invalid character 'x' looking for beginning of value"],
    ['{"a": é, [', [], "json: offset 7: invalid character 'Ã' looking for beginning of value"],
    ['{"a" 1 [', [], "json: offset 6: invalid character '1' after object key"],
    ['{"a": 1 [', [], "json: offset 9: invalid character '[' after object key:value pair"],
    ['{"a": [1 {', [], "json: offset 10: invalid character '{' after array element"],
    ['{"a": trux [', [], "json: offset 10: invalid character 'x' in literal true (expecting 'e')"],
    ['{"a": -x [', [], "json: offset 8: invalid character 'x' in numeric literal"],
    ['{"a": 1.x [', [], "json: offset 9: invalid character 'x' after decimal point in numeric literal"],
    ['{"a": 1e+x [', [], "json: offset 10: invalid character 'x' in exponent of numeric literal"],
    ['{"a\\x": [', [], "json: offset 5: invalid character 'x' in string escape code"],
    ['{"a\\u12x": [', [], "json: offset 8: invalid character 'x' in \\u hexadecimal character escape"],
    ['{"a\n": [', [], "json: offset 4: invalid character '\\n' in string literal"],
    ["{'a': [", [], "json: offset 2: invalid character '\\'' looking for beginning of object key string"],
    ['{"a": [', [], 'unexpected EOF'],
    ['{}#', [{}], "json: offset 3: invalid character '#' looking for beginning of value"],
    ['{}{}x: 1\n', [{}, {}], "invalid character 'x' looking for beginning of value"],
    ['{}{}{"c":', [{}, {}], 'unexpected EOF'],
  ];
  for (const [text, values, error] of rows) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(read(text), error ? { values, error } : { values });
    });
  }

  it('places documents and what is wrong with them', () => {
    const text = '---\na: 1\n---\nb: [\n---x\n{"c": 1}';
    const { documents } = parseManifest(text);
    assert.deepEqual(
      documents.map(({ start, end }) => text.slice(start, end)),
      ['---\na: 1\n', 'b: [\n---x', '{"c": 1}'],
    );
    const { start, errors } = documents[1]!;
    assert.equal(text.slice(start + errors[0]!.start, start + errors[0]!.end), '---x');
  });

  it('places the values of a JSON stream', () => {
    const text = '{"a":1}\n {"b":{"c":"d"}}';
    const { start, root } = parseManifest(text).documents[1]!;
    assert.ok(root?.kind === 'mapping');
    const { value } = root.entries[0]!;
    assert.equal(text.slice(start + value.start, start + value.end), '{"c":"d"}');
  });

  it('does not read what is larger than any object', () => {
    for (const text of [`{"a":"${'x'.repeat(1e7)}"}`, `a: ${'x'.repeat(1e7)}`]) {
      const [document] = parseManifest(text).documents;
      assert.deepEqual(
        [document?.errors, document?.unknowns.map(({ code }) => code), document?.object],
        [[], ['too-large'], undefined],
      );
    }
  });

  it('does not read JSON that is nested too deep', () => {
    const [document] = parseManifest('{"a":'.repeat(10_000)).documents;
    assert.deepEqual(
      document?.unknowns.map(({ code }) => code),
      ['too-deep'],
    );
  });
});
