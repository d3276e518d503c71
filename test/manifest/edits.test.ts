// Edits by field path: the text before, the text after, and nothing else moves.
import assert from 'node:assert/strict';
import { applyEdit, type ManifestEdit } from '../../src/manifest/edits.ts';
import { parseManifest, parsePath } from '../../src/manifest/index.ts';

/** The text after an edit of its last document, or undefined if there is nothing to do. */
function edited(text: string, type: ManifestEdit['type'], path: string, value?: unknown): string | undefined {
  const document = parseManifest(text).documents.at(-1)!;
  const segments = parsePath(document, path);
  const edits = applyEdit(document, { type, path: segments, value, name: value } as ManifestEdit);
  if (edits.length === 0) return undefined;
  return edits.reduceRight((done, { start, end, newText }) => done.slice(0, start) + newText + done.slice(end), text);
}

const block = `a: 1
---
kind: Pod
spec: # of the pod
  containers:
  - name: app # x
    image: nginx
  # tail
  nodeSelector:
    disk: ssd
  empty:
`;

const flow = `---
{
  kind: "Pod",
  spec: {
    containers: [{
      name: "a",
    }],
  },
}
`;

describe('applyEdit', () => {
  type Row = [type: ManifestEdit['type'], path: string, value: unknown, from: string, to: string];
  const rows: Record<string, [text: string, rows: Row[]]> = {
    'in block style': [
      block,
      [
        ['set', 'kind', 'Job', 'kind: Pod', 'kind: Job'],
        ['set', 'kind', 'yes', 'kind: Pod', 'kind: "yes"'],
        ['set', 'spec.containers[0].image', 'redis:7', 'image: nginx', 'image: redis:7'],
        ['set', 'spec.containers[0].tty', true, 'image: nginx', 'image: nginx\n    tty: true'],
        [
          'set',
          'spec.containers[0].command',
          ['a', '017'],
          'image: nginx',
          'image: nginx\n    command:\n    - a\n    - "017"',
        ],
        ['set', 'spec.containers[0].name', { a: 1 }, 'name: app', 'name:\n      a: 1'],
        ['set', 'spec.containers[1]', { name: 'b' }, 'image: nginx', 'image: nginx\n  - name: b'],
        ['set', 'spec.nodeSelector', { a: 'b', c: '0o7' }, '    disk: ssd', '    a: b\n    c: "0o7"'],
        ['set', 'spec.nodeSelector', {}, '\n    disk: ssd', ' {}'],
        ['set', 'spec.empty', 'x', '  empty:', '  empty: x'],
        ['set', 'spec.empty.a.b', 1, '  empty:', '  empty:\n    a:\n      b: 1'],
        ['set', 'metadata.labels[a.b/c]', '1e3', '  empty:', '  empty:\nmetadata:\n  labels:\n    a.b/c: "1e3"'],
        ['set', 'spec.text', 'two\nlines\n', '  empty:', '  empty:\n  text: |\n    two\n    lines'],
        ['add', 'spec.empty', { key: 'a' }, '  empty:', '  empty:\n  - key: a'],
        [
          'add',
          'spec.containers',
          { name: 'b', tty: true },
          'image: nginx',
          'image: nginx\n  - name: b\n    tty: true',
        ],
        ['add', 'spec.tolerations', { key: 'a' }, '  empty:', '  empty:\n  tolerations:\n  - key: a'],
        ['remove', 'spec.nodeSelector', undefined, '  nodeSelector:\n    disk: ssd\n', ''],
        ['remove', 'spec.nodeSelector.disk', undefined, 'nodeSelector:\n    disk: ssd', 'nodeSelector: {}'],
        ['remove', 'spec.containers[0].name', undefined, 'name: app # x\n    ', ''],
        ['remove', 'spec.containers[0].image', undefined, '    image: nginx\n', ''],
        ['remove', 'spec.containers[0]', undefined, '\n  - name: app # x\n    image: nginx', ' []'],
        ['rename', 'spec.containers[0].image', 'images', 'image: nginx', 'images: nginx'],
        ['rename', 'spec.nodeSelector', 'on', 'nodeSelector:', '"on":'],
      ],
    ],
    'in flow style': [
      flow,
      [
        ['set', 'kind', 'Job', '"Pod"', 'Job'],
        ['set', 'spec.containers[0].image', 'nginx', 'name: "a"', 'name: "a",\n      image: nginx'],
        ['set', 'spec.containers[0].args', ['x', 'no'], 'name: "a"', 'name: "a",\n      args: [x, "no"]'],
        ['add', 'spec.tolerations', { key: 'a' }, '}],\n  }', '}],\n    tolerations: [{key: a}],\n  }'],
        ['add', 'spec.containers', { name: 'b' }, '}],', '}, {name: b}],'],
        ['remove', 'kind', undefined, 'kind: "Pod",\n  ', ''],
        ['remove', 'spec', undefined, ',\n  spec: {\n    containers: [{\n      name: "a",\n    }],\n  }', ''],
        ['rename', 'kind', 'kinds', 'kind:', 'kinds:'],
      ],
    ],
  };
  for (const [name, [text, edits]] of Object.entries(rows)) {
    for (const [type, path, value, from, to] of edits) {
      it(`${name}: ${type} ${path} ${JSON.stringify(value) ?? ''}`, () => {
        assert.ok(text.includes(from));
        assert.equal(
          edited(text, type, path, value),
          text.replace(from, () => to),
        );
      });
    }
  }

  it('keeps JSON what it is', () => {
    assert.equal(edited('{"a":{"b":1}}', 'set', 'a.c', { d: ['x'] }), '{"a":{"b":1, "c": {"d":["x"]}}}');
    assert.equal(edited('{"a":{}}', 'set', 'a.b', 'x'), '{"a":{"b":"x"}}');
  });

  it('keeps the line ends of the file', () => {
    assert.equal(edited('a: 1\r\nb: 2\r\n', 'set', 'c.d', 3), 'a: 1\r\nb: 2\r\nc:\r\n  d: 3\r\n');
  });

  it('does nothing where the edit does not fit', () => {
    assert.equal(edited(block, 'set', 'kind.x', 1), undefined);
    assert.equal(edited(block, 'add', 'kind', 1), undefined);
    assert.equal(edited(block, 'set', 'spec.containers[5]', 1), undefined);
    assert.equal(edited(block, 'remove', 'status', 1), undefined);
    assert.equal(edited(block, 'remove', '', 1), undefined);
    assert.equal(edited(block, 'rename', 'spec.containers[0]', 'x'), undefined);
    assert.deepEqual(applyEdit(parseManifest('a: [\n').documents[0]!, { type: 'remove', path: [] }), []);
  });
});
