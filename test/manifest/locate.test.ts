// From field paths to places: text with the expected part, so that a row can be read without counting.
import assert from 'node:assert/strict';
import { FieldPath } from '../../src/api/field-path.ts';
import { nodeAt, parseManifest, parsePath, rangeOf } from '../../src/manifest/index.ts';

const text = `---
first: true
---
kind: Pod
metadata:
  name: web
  labels:
    app.kubernetes.io/name: a
    app: b
  empty:
spec: &spec
  containers:
  - name: app
    image: nginx # the image
  - {name: side, ports: [{containerPort: 80}]}
  nodeName: x
  nodeName: w
copy: *spec
merged:
  <<: *spec
  own: 1
`;
const document = parseManifest(text).documents[1]!;

function located(path: string, part: 'key' | 'value') {
  const { start, end, exact, depth } = rangeOf(document, parsePath(document, path), part);
  return [text.slice(start, end), exact, depth];
}

describe('rangeOf', () => {
  const rows: [path: string, key: string, value: string][] = [
    ['kind', 'kind', 'Pod'],
    ['metadata.labels[app.kubernetes.io/name]', 'app.kubernetes.io/name', 'a'],
    ['metadata.labels.app.kubernetes.io/name', 'app.kubernetes.io/name', 'a'],
    ['metadata.labels[app]', 'app', 'b'],
    ['metadata.empty', 'empty', 'empty:'],
    ['spec.containers[0].image', 'image', 'nginx'],
    ['spec.containers[1]', '{name: side, ports: [{containerPort: 80}]}', '{name: side, ports: [{containerPort: 80}]}'],
    ['spec.containers[1].ports[0].containerPort', 'containerPort', '80'],
    ['copy.containers[0].name', 'name', 'app'],
    ['merged.containers[0].name', 'name', 'app'],
    ['merged.own', 'own', '1'],
    ['spec.nodeName', 'nodeName', 'w'],
  ];
  for (const [path, key, value] of rows) {
    it(path, () => {
      assert.equal(located(path, 'key')[0], key);
      assert.equal(located(path, 'value')[0], value);
      assert.equal(located(path, 'value')[1], true);
    });
  }

  it('gives the nearest thing around what is absent', () => {
    assert.deepEqual(located('spec.tolerations', 'value'), ['spec', false, 1]);
    assert.deepEqual(located('spec.containers[0].resources.limits', 'value'), ['name', false, 3]);
    assert.deepEqual(located('spec.containers[7].image', 'key'), ['containers', false, 2]);
    assert.deepEqual(located('status', 'value'), ['kind', false, 0]);
    assert.deepEqual(located('metadata.name.x', 'value'), ['name', false, 2]);
  });

  it('marks the first line of what has no tree', () => {
    const [broken] = parseManifest('\na: [\nb: c').documents;
    const { start, end, exact } = rangeOf(broken!, [{ field: 'a' }], 'key');
    assert.deepEqual(['\na: [\nb: c'.slice(start, end), exact], ['a: [', false]);
  });

  it('does not follow merges in circles', () => {
    const [circle] = parseManifest('a: &a\n  b: &b\n    <<: *a\n  <<: *b\n').documents;
    assert.equal(rangeOf(circle!, [{ field: 'a' }, { field: 'x' }], 'key').exact, false);
    const [itself] = parseManifest('a: &a\n  <<: *a\n').documents;
    assert.equal(rangeOf(itself!, [{ field: 'a' }, { field: 'x' }], 'key').depth, 1);
  });
});

describe('nodeAt', () => {
  it('finds a node or nothing', () => {
    const node = nodeAt(document, parsePath(document, 'metadata.name'));
    assert.equal(node?.kind === 'scalar' && node.text, 'web');
    assert.equal(nodeAt(document, [{ field: 'nope' }]), undefined);
  });
});

describe('parsePath', () => {
  it('reads what FieldPath prints', () => {
    const path = FieldPath.of('metadata', 'annotations').key('a.b/c').child('d').index(3);
    assert.deepEqual(parsePath(document, path.toString()), path.segments());
  });

  it('takes the longest key that fits', () => {
    const { documents } = parseManifest('a: {b: {c: 1}, b.c: 2, "b.c[0]": 3}\n');
    assert.deepEqual(parsePath(documents[0]!, 'a.b.c'), [{ field: 'a' }, { field: 'b.c' }]);
    assert.deepEqual(parsePath(documents[0]!, 'a.b.c[0]'), [{ field: 'a' }, { field: 'b.c[0]' }]);
    assert.deepEqual(parsePath(documents[0]!, 'a[b.c]'), [{ field: 'a' }, { key: 'b.c' }]);
    assert.deepEqual(parsePath(documents[0]!, 'a.bb'), [{ field: 'a' }, { field: 'bb' }]);
  });

  it('ends for any text', () => {
    assert.deepEqual(parsePath(document, ''), []);
    assert.deepEqual(parsePath(document, 'a[b'), [{ field: 'a' }, { key: 'b' }]);
    assert.deepEqual(parsePath(document, 'a..b[]'), [{ field: 'a' }, { field: '' }, { field: 'b' }, { key: '' }]);
  });
});
