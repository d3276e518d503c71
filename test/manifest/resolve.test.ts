// Aliases, merges, keys and repeated keys, as the real decoder of 1.36.3 answers.
import assert from 'node:assert/strict';
import { parseManifest } from '../../src/manifest/index.ts';

const only = (text: string) => parseManifest(text).documents[0]!;

describe('resolveDocument', () => {
  const values: [text: string, value: unknown][] = [
    ['a: &x 1\nb: *x\nc: &x 2\nd: *x\n', { a: 1, b: 1, c: 2, d: 2 }],
    ['a: 2\n<<: {a: 1}\n', { a: 1 }],
    ['<<: {a: 1}\na: 2\n', { a: 2 }],
    ['x: &x {a: 1}\nz:\n  <<: [*x, {a: 2, b: 3}]\n', { x: { a: 1 }, z: { a: 1, b: 3 } }],
    ['"<<": 1\n', { '<<': 1 }],
    ['a: 1\na: 2\n', { a: 2 }],
    [
      'y: 1\n1.5: a\n100000.0: b\n1e6: c\n3.14159265358979: d\n0x10: e\n.inf: f\n.nan: g\n',
      {
        true: 1,
        '1.5': 'a',
        '100000': 'b',
        '1e+06': 'c',
        '3.1415927': 'd',
        '16': 'e',
        '.inf': 'f',
        '.nan': 'g',
      },
    ],
    ['0.00001: a\n', { '1e-05': 'a' }],
    ['a: 18446744073709551615\n', { a: 18446744073709552000 }],
  ];
  for (const [text, value] of values) {
    it(`reads ${JSON.stringify(text)}`, () => {
      assert.deepEqual(only(text).errors, []);
      assert.deepEqual(only(text).object, value);
    });
  }

  const refusals: [text: string, problem: string, code: string][] = [
    ['a: &x [*x]\n', "yaml: anchor 'x' value contains itself", 'anchor-cycle'],
    ['<<: 1\n', 'yaml: map merge requires map or sequence of maps as the value', 'merge'],
    ['x: &x 1\n<<: *x\n', 'yaml: map merge requires map or sequence of maps as the value', 'merge'],
    [
      'a: {{ .Values.x }}\n',
      'yaml: invalid map key: map[interface {}]interface {}{".Values.x":interface {}(nil)}',
      'map-key',
    ],
    [
      '? [1.5, 1e21, 0x10, yes, "q\\n\\u200b", 18446744073709551615]\n: b\n',
      'yaml: invalid map key: []interface {}{1.5, 1e+21, 16, true, "q\\n\\u200b", 0xffffffffffffffff}',
      'map-key',
    ],
    [
      '? {b: 1, a: 3, a: 2, 1: x, <<: {c: .inf}}\n: 1\n',
      'yaml: invalid map key: map[interface {}]interface {}{"a":2, "b":1, "c":+Inf, 1:"x"}',
      'map-key',
    ],
    ['~: x\n', 'unsupported map key of type: %!s(<nil>), key: <nil>, value: "x"', 'map-key'],
    ['18446744073709551615: 1\n', 'unsupported map key of type: uint64, key: 0xffffffffffffffff, value: 1', 'map-key'],
    ['a: .inf\n', 'json: unsupported value: +Inf', 'number'],
    ['a: -.inf\n', 'json: unsupported value: -Inf', 'number'],
    ['a: .nan\n', 'json: unsupported value: NaN', 'number'],
    ['a: !!int x\n', 'yaml: cannot decode !!str `x` as a !!int', 'tag'],
  ];
  for (const [text, problem, code] of refusals) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      const [error] = only(text).errors;
      assert.equal(error?.message, `error converting YAML to JSON: ${problem}`);
      assert.equal(error.code, code);
      assert.equal(only(text).object, undefined);
    });
  }

  it('refuses aliases that explode, and soon', () => {
    const levels = Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`);
    const [error] = only(['a0: &a0 [x]', ...levels, ''].join('\n')).errors;
    assert.equal(error?.message, 'error converting YAML to JSON: yaml: document contains excessive aliasing');
  });

  it('lists keys that are repeated, and where', () => {
    const text = 'a: 1\nb: {c: 1, c: 2}\na: 3\n<<: {a: 4}\n1: x\n1: z\n';
    const found = only(text).duplicates.map(({ key, start, end, valueStart }) => [
      key,
      text.slice(start, end),
      text[valueStart],
    ]);
    assert.deepEqual(found, [
      ['"c"', 'c', '2'],
      ['"a"', 'a', '3'],
    ]);
  });

  it('says that an integer beyond 53 bits is not modelled', () => {
    const document = only('a: 9007199254740993\nb: 9007199254740992\n');
    assert.deepEqual(
      document.unknowns.map(({ code, start }) => [code, start]),
      [['imprecise-number', 3]],
    );
  });
});
