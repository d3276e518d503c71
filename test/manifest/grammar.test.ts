// What kubectl refuses and in which words, and what it reads: rows that the real decoder of 1.36.3 has answered.
import assert from 'node:assert/strict';
import { parseManifest } from '../../src/manifest/index.ts';
import { parseDocument } from '../../src/manifest/grammar/index.ts';

const only = (text: string) => parseManifest(text).documents[0]!;

describe('the grammar refuses', () => {
  const rows: [text: string, problem: string, at: string][] = [
    ['a:\n\tb: c\n', 'line 2: found character that cannot start any token', '\tb: c'],
    ['a: 1\n b: 2\n', 'line 2: mapping values are not allowed in this context', ': 2'],
    ['a\nb: 1\n', 'line 2: mapping values are not allowed in this context', ': 1'],
    ['a: b: c\n', 'mapping values are not allowed in this context', ': c'],
    ['a: - b\n', 'block sequence entries are not allowed in this context', '- b'],
    ['a: ? b\n', 'mapping keys are not allowed in this context', '? b'],
    ['v: 1\nkind Pod\nb:\n', "line 3: could not find expected ':'", 'kind Pod'],
    ['a: "x\ny: 1\n', 'line 3: found unexpected end of stream', '"x'],
    ["a: 'x\n", 'line 2: found unexpected end of stream', "'x"],
    ['a: {b: c\n', "line 1: did not find expected ',' or '}'", ''],
    ['a: [1, 2\nb: 3\n', "line 1: did not find expected ',' or ']'", ': 3'],
    ['a: [\n', 'line 1: did not find expected node content', ''],
    ['a: [,]\n', 'did not find expected node content', ',]'],
    ['}\n', 'did not find expected node content', '}'],
    ['a:\n  - x\n b: 1\n', 'line 2: did not find expected key', 'b: 1'],
    ["a: 'b' c\n", 'did not find expected key', 'c'],
    ['- a\nb: c\n', "line 1: did not find expected '-' indicator", 'b: c'],
    ['a: {{ .Values.x }}-b\n', 'did not find expected key', '-b'],
    ['a: {b\n c: d}\n', "line 1: did not find expected ',' or '}'", ': d}'],
    ['a: @b\n', 'found character that cannot start any token', '@b'],
    ['a: %b\n', 'found character that cannot start any token', '%b'],
    ['a: "\\q"\n', 'found unknown escape character', '"\\q"'],
    ['a: "\\/"\n', 'found unknown escape character', '"\\/"'],
    ['a: "\\xzz"\n', 'did not find expected hexdecimal number', '"\\xzz"'],
    ['a: "\\ud83d\\ude00"\n', 'found invalid Unicode character escape code', '"\\ud83d\\ude00"'],
    ['a: *x\n', "unknown anchor 'x' referenced", '*x'],
    ['a: &\n', 'did not find expected alphabetic or numeric character', '&'],
    ['a: !!<\n', 'did not find expected tag URI', '!!<'],
    ['a: !<x y\n', "did not find the expected '>'", '!<x y'],
    ['a: !x%4g y\n', 'did not find URI escaped octet', '!x%4g y'],
    ['a: !!str}\n', 'did not find expected whitespace or line break', '!!str}'],
    ['a: |\n  \tx\n', 'line 2: found a tab character where an indentation space is expected', '|'],
    ['a: !foo!bar x\n', 'found undefined tag handle', '!foo!bar x'],
    ['a: |x\n  y\n', 'did not find expected comment or line break', '|x'],
    ['a: |0\n  y\n', 'found an indentation indicator equal to 0', '|0'],
    ['a: |\n\t b\n', 'line 2: found a tab character where an indentation space is expected', '|'],
    ['a: b\n  c\n\td\n', 'line 3: found a tab character that violates indentation', 'b'],
    ['%YAML 1.1\n---\na: 1\n', 'line 1: did not find expected <document start>', ''],
    ['%YAML 1.2\n---\na: 1\n', 'found incompatible YAML document', '%YAML 1.2'],
    ['%YAML 1.1\n%YAML 1.1\n', 'line 1: found duplicate %YAML directive', '%YAML 1.1'],
    ['%YAML 1.123\n', 'found extremely long version number', '%YAML 1.123'],
    ['%YAML 1\n', "did not find expected digit or '.' character", '%YAML 1'],
    ['%YAML x\n', 'did not find expected version number', '%YAML x'],
    ['%YAML 1.1 x\n', 'did not find expected comment or line break', '%YAML 1.1 x'],
    ['%TAG foo\n', "did not find expected '!'", '%TAG foo'],
    ['%TAG !a!\n', 'did not find expected whitespace', '%TAG !a!'],
    ['%TAG !! x\n%TAG !! x\n', 'line 1: found duplicate %TAG directive', '%TAG !! x'],
    ['%nope\n', 'found unknown directive name', '%nope'],
    ['%\n', 'could not find expected directive name', '%'],
    ['%a.b\n', 'found unexpected non-alphabetical character', '%a.b'],
    ['a: \u0001\n', 'control characters are not allowed', '\u0001'],
    ['a: \u2028b\n', "line 3: could not find expected ':'", 'b'],
  ];
  for (const [text, problem, at] of rows) {
    it(JSON.stringify(text), () => {
      const [error] = only(text).errors;
      assert.equal(error?.message, `error converting YAML to JSON: yaml: ${problem}`);
      assert.equal(text.slice(error.start, error.end), at);
      assert.equal(only(text).object, undefined);
    });
  }
});

describe('the grammar reads', () => {
  const rows: [text: string, value: unknown][] = [
    ['a: {x y: z, w}\nb: [c: 1]\n', { a: { 'x y': 'z', w: null }, b: [{ c: 1 }] }],
    ['a: {? b : c}\nd: {e:f}\n', { a: { b: 'c' }, d: { 'e:f': null } }],
    ['a: {b:}\n', { a: { 'b:': null } }],
    ['a: {"b":c}\n', { a: { b: 'c' } }],
    ['a: {\nb: c\n}\n', { a: { b: 'c' } }],
    ['a: [x, z,]\nb: {c: d,}\n', { a: ['x', 'z'], b: { c: 'd' } }],
    ['- [a: 1, {b: 2}]\n', [[{ a: 1 }, { b: 2 }]]],
    ['&a b: &c d\ne: *a\n', { b: 'd', e: 'b' }],
    ['a: "x\\\n   y\\n z"\n', { a: 'xy\n z' }],
    ['a: "b\n\n  c"\n', { a: 'b\nc' }],
    ["a: 'it''s\n\n  folded'\n", { a: "it's\nfolded" }],
    ['a: "\\x41\\u00e9\\U0001F600\\\'\\L"\n', { a: "Aé😀'\u2028" }],
    ['a: x\n   w\n\n   z # c\n', { a: 'x w\nz' }],
    ['a: >\n  x\n  w\n\n    i\n  z\n\nb: |-\n  k\nc: |+\n  l\n\n', { a: 'x w\n\n  i\nz\n', b: 'k', c: 'l\n\n' }],
    ['a: |2\n    x\n', { a: '  x\n' }],
    ['a: |\n  x\n\n\n', { a: 'x\n' }],
    ['a: |  # c\n  x\n  \ty\n', { a: 'x\n\ty\n' }],
    ['- - - a\n    - b\n- \n  - c\n', [[['a', 'b']], ['c']]],
    ['a:\n- b\n-\n- c: d\n  e: f\ng:\n', { a: ['b', null, { c: 'd', e: 'f' }], g: null }],
    ['? a\n? b\n: c\n', { a: null, b: 'c' }],
    ['a: x\n...\n]\n', { a: 'x' }],
    ['{a: 1} garbage\n', { a: 1 }],
    ['a: 1\r\nb: |\r\n  x\r\n', { a: 1, b: 'x\n' }],
    ['\ufeffa: 1\n', { a: 1 }],
    ['\n\ufeffa: 1\nb: 2\n', { '\ufeffa': 1, b: 2 }],
    ['a: x\tw # c\n', { a: 'x\tw' }],
    ['a: b#c\n', { a: 'b#c' }],
    ['a: !<tag:yaml.org,2002:str> 1\nb: !!str 2\nc: &x !local 3\nd: !!str\n', { a: '1', b: '2', c: '3', d: '' }],
    ['---\n# nothing\n', null],
    ['# only\n', null],
    ['--- # c\na: 1', { a: 1 }],
    ['__proto__: 1\n', JSON.parse('{"__proto__": 1}')],
  ];
  for (const [text, value] of rows) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(only(text).errors, []);
      assert.deepEqual(only(text).object, value);
    });
  }

  it('says where everything stands', () => {
    const text = 'a: "b"\nc:\n- d # e\n- {f: g}\nh: |\n  i\n\n';
    const { root } = parseDocument(text);
    assert.ok(root?.kind === 'mapping');
    const texts = root.entries.map(({ key, value }) => [key, value].map(({ start, end }) => text.slice(start, end)));
    assert.deepEqual(texts, [
      ['a', '"b"'],
      ['c', '- d # e\n- {f: g}'],
      ['h', '|\n  i'],
    ]);
  });

  it('does not read what is nested too deep, and says so', () => {
    for (const text of ['['.repeat(100_000), '- '.repeat(100_000), '{a: '.repeat(100_000), '? '.repeat(100_000)]) {
      const { document } = { document: parseManifest(`---\n${text}`).documents[0]! };
      assert.deepEqual(document.errors, []);
      assert.deepEqual(
        document.unknowns.map(({ code }) => code),
        ['too-deep'],
      );
      assert.equal(document.object, undefined);
    }
  });
});
