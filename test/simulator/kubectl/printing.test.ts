import assert from 'node:assert/strict';
import { humanDuration, longTime } from '../../../src/simulator/kubectl/human-duration.ts';
import { printJsonPath } from '../../../src/simulator/kubectl/printing/json-path.ts';
import { oneOrList, printJson } from '../../../src/simulator/kubectl/printing/json.ts';
import { alignColumns, descriptionColumns, tableColumns } from '../../../src/simulator/kubectl/printing/tab-writer.ts';
import { printYaml } from '../../../src/simulator/kubectl/printing/yaml.ts';

describe('ages', () => {
  const rows: [seconds: number, text: string][] = [
    [-2, '<invalid>'],
    [-1, '0s'],
    [0, '0s'],
    [119, '119s'],
    [120, '2m'],
    [330, '5m30s'],
    [600, '10m'],
    [3 * 3600 - 1, '179m'],
    [3 * 3600, '3h'],
    [3 * 3600 + 60, '3h1m'],
    [8 * 3600, '8h'],
    [48 * 3600, '2d'],
    [49 * 3600, '2d1h'],
    [8 * 86400, '8d'],
    [2 * 365 * 86400, '2y'],
    [(2 * 365 + 3) * 86400, '2y3d'],
    [9 * 365 * 86400, '9y'],
  ];
  for (const [seconds, text] of rows) it(text, () => assert.equal(humanDuration(seconds * 1000), text));

  it('moments are written in full', () => {
    assert.equal(longTime('2026-01-01T00:00:00Z'), 'Thu, 01 Jan 2026 00:00:00 +0000');
    assert.equal(longTime('1970-01-04T01:02:03Z'), 'Sun, 04 Jan 1970 01:02:03 +0000');
    assert.equal(longTime(null), 'Mon, 01 Jan 0001 00:00:00 +0000');
  });
});

describe('columns', () => {
  it('are as wide as their widest cell, six at least in a table', () => {
    const text = 'A\tB\tC\nlong-name\tx\ty\n';
    assert.equal(alignColumns(text, tableColumns), 'A           B     C\nlong-name   x     y\n');
  });

  it('end where a line has no cell for them', () => {
    const text = 'a\tb\nlonger\tc\nplain\nd\te\n';
    assert.equal(alignColumns(text, descriptionColumns), 'a       b\nlonger  c\nplain\nd  e\n');
  });

  it('count characters, not bytes', () => {
    assert.equal(alignColumns('ä🎉\tb\nxyz\tc\n', descriptionColumns), 'ä🎉   b\nxyz  c\n');
  });
});

describe('YAML as kubectl prints it', () => {
  const rows: [value: unknown, yaml: string][] = [
    [{ b: 1, a: 'x' }, 'a: x\nb: 1\n'],
    [{ list: [{ b: 1, a: 2 }, 'x'], empty: [], none: {} }, 'empty: []\nlist:\n- a: 2\n  b: 1\n- x\nnone: {}\n'],
    [
      { a: ['', 'true', 'y', '1', '1.5', '0x1f', '~', '2001-01-01', '12:30'] },
      'a:\n- ""\n- "true"\n- "y"\n- "1"\n- "1.5"\n- "0x1f"\n- "~"\n- "2001-01-01"\n- "12:30"\n',
    ],
    [
      { a: ['- x', '# x', 'a: b', 'a #b', '*a', '@a', ' a', 'a:'] },
      "a:\n- '- x'\n- '# x'\n- 'a: b'\n- 'a #b'\n- '*a'\n- '@a'\n- ' a'\n- 'a:'\n",
    ],
    [
      { a: ['a-b', 'a:b', 'http://x', "it's", '<none>', '1.2.3.4', '100m', '-x'] },
      "a:\n- a-b\n- a:b\n- http://x\n- it's\n- <none>\n- 1.2.3.4\n- 100m\n- -x\n",
    ],
    [{ a: 'x\ny\n', b: 'x\ny', c: 'x\n\n' }, 'a: |\n  x\n  y\nb: |-\n  x\n  y\nc: |+\n  x\n\n'],
    [{ a: 'tab\there', b: 'bell\u0007' }, 'a: "tab\\there"\nb: "bell\\a"\n'],
    [{ a: null, b: true, c: [[1, 2]] }, 'a: null\nb: true\nc:\n- - 1\n  - 2\n'],
    [{ '1': 'a', true: 'b' }, '"1": a\n"true": b\n'],
  ];
  for (const [value, yaml] of rows) it(JSON.stringify(value), () => assert.equal(printYaml(value), yaml));
});

describe('JSON as kubectl prints it', () => {
  it('has sorted keys and an indent of four', () => {
    const value = { b: [], a: { d: '<', c: [1, 'x'] }, e: {}, big: 12345678901234567890n };
    const text = `{
    "a": {
        "c": [
            1,
            "x"
        ],
        "d": "\\u003c"
    },
    "b": [],
    "big": 12345678901234567890,
    "e": {}
}
`;
    assert.equal(printJson(value), text);
  });

  it('hides managed fields, and makes a List of several objects', () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', managedFields: [{ manager: 'x' }] } };
    assert.deepEqual(oneOrList([object], false), { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } });
    const list = oneOrList([object, object], false) as { kind: string; items: unknown[] };
    assert.equal(list.kind, 'List');
    assert.equal(list.items.length, 2);
  });
});

describe('jsonpath', () => {
  const object = { a: { b: [{ name: 'x' }, { name: 'y' }], 'c.d': 1 }, e: null };
  const rows: [template: string, text: string | undefined][] = [
    ['{.a.b[0].name}', 'x'],
    ['{.a.b[*].name}', 'x y'],
    ['{.a.b[-1].name}', 'y'],
    ['{.a.b}', '[{"name":"x"},{"name":"y"}]'],
    ["{.a['c.d']}", '1'],
    ['{.a.c\\.d}', '1'],
    ['{.missing.more}', ''],
    ['{.e}', ''],
    ['name: {.a.b[0].name}{"\\n"}', 'name: x\n'],
    ['{range .a.b[*]}{.name}{end}', undefined],
  ];
  for (const [template, text] of rows) it(template, () => assert.equal(printJsonPath(template, object), text));
});
