// What is written is put elsewhere, with its comments, and the rest stays.
import assert from 'node:assert/strict';
import { applyEdit, type ManifestEdit } from '../../src/manifest/edits.ts';
import { parseManifest, parsePath } from '../../src/manifest/index.ts';

function edited(text: string, edit: (path: (at: string) => ReturnType<typeof parsePath>) => ManifestEdit): string {
  const document = parseManifest(text).documents[0]!;
  const edits = applyEdit(
    document,
    edit((at) => parsePath(document, at)),
  );
  return edits.reduceRight((done, { start, end, newText }) => done.slice(0, start) + newText + done.slice(end), text);
}

const lines = (...all: string[]) => all.join('\n') + '\n';

describe('a value becomes the item of a list', () => {
  const rows: [what: string, path: string, before: string, after: string][] = [
    ['a word', 'a.b', 'a:\n  b: c # x\n', 'a:\n  b: [c] # x\n'],
    ['a text in quotes', 'a.b', 'a:\n  b: "c d"\n', 'a:\n  b: ["c d"]\n'],
    ['a flow mapping', 'a.b', 'a:\n  b: {c: d}\n', 'a:\n  b: [{c: d}]\n'],
    ['in flow style', 'a.b', '{a: {b: {c: d}}}\n', '{a: {b: [{c: d}]}}\n'],
    [
      'a block mapping',
      'a.b',
      lines('a:', '  b: # ports', '    c: d # first', '', '    e:', '    - f', '  g: h'),
      lines('a:', '  b: # ports', '    - c: d # first', '', '      e:', '      - f', '  g: h'),
    ],
    ['what would be read otherwise', 'a', 'a: b, c\n', 'a: b, c\n'],
    ['a text over several lines', 'a', 'a: |\n  b\n', 'a: |\n  b\n'],
    ['with Windows line ends', 'a', 'a:\r\n  b: c\r\n  d: e\r\n', 'a:\r\n  - b: c\r\n    d: e\r\n'],
  ];
  for (const [what, path, before, after] of rows) {
    it(what, () =>
      assert.equal(
        edited(before, (at) => ({ type: 'wrap', path: at(path) })),
        after,
      ),
    );
  }
});

describe('a field moves to another object', () => {
  const rows: [what: string, path: string, to: string, before: string, after: string][] = [
    [
      'further in, with its comments',
      'ports',
      'spec',
      lines('spec: # s', '  a: b # c', 'ports: # p', '# all', '- x: y', '', '  z: 1', 'kind: P'),
      lines('spec: # s', '  a: b # c', '  ports: # p', '  # all', '  - x: y', '', '    z: 1', 'kind: P'),
    ],
    [
      'into the item before it',
      'spec.image',
      'spec.c[0]',
      lines('spec:', '  c:', '  - a: b', '  image: x # y'),
      lines('spec:', '  c:', '  - a: b', '    image: x # y'),
    ],
    [
      'further out, to where it was',
      'spec.c[0].r',
      'spec',
      lines('spec:', '  c:', '  - a: b', '    r: N # y'),
      lines('spec:', '  c:', '  - a: b', '  r: N # y'),
    ],
    [
      'further out, from the middle',
      'spec.c[0].r',
      'spec',
      lines('spec:', '  c:', '  - r: N', '    a: b', '  z: 1'),
      lines('spec:', '  c:', '  - a: b', '  z: 1', '  r: N'),
    ],
    [
      'into what is made for it',
      'c',
      'spec.x',
      lines('kind: P', 'c:', '- a: b'),
      lines('kind: P', 'spec:', '  x:', '    c:', '    - a: b'),
    ],
    ['in flow style', 'c', 'spec', '{kind: P, c: [{a: b}], spec: {d: e}}\n', '{kind: P, spec: {d: e, c: [{a: b}]}}\n'],
    ['in JSON, into what is made for it', 'c', 'spec', '{"kind": "P", "c": 1}', '{"kind": "P", "spec": {"c": 1}}'],
    ['from flow to block', 'a.b', 'c', 'a: {x: y, b: {z: 1}}\nc:\n  d: e\n', 'a: {x: y}\nc:\n  d: e\n  b: {z: 1}\n'],
    [
      'not from block to flow',
      'a.b',
      'c',
      'a:\n  b:\n    z: 1\n  x: 2\nc: {d: e}\n',
      'a:\n  b:\n    z: 1\n  x: 2\nc: {d: e}\n',
    ],
  ];
  for (const [what, path, to, before, after] of rows) {
    it(what, () =>
      assert.equal(
        edited(before, (at) => ({ type: 'move', path: at(path), to: at(to) })),
        after,
      ),
    );
  }
});
