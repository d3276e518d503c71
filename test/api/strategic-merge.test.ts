import assert from 'node:assert/strict';
import fc from 'fast-check';
import { patchSchemaOf, type PatchSchema } from '../../src/api/patch-schema.ts';
import { createThreeWayMergePatch, createTwoWayMergePatch } from '../../src/api/strategic-merge-diff.ts';
import type { JsonMap } from '../../src/api/merge-elements.ts';
import { applyStrategicMergePatch, type PatchResult } from '../../src/api/strategic-merge.ts';

function schemaOf(apiVersion: string, kind: string): PatchSchema {
  const schema = patchSchemaOf(apiVersion, kind);
  assert.ok(schema, `${kind} has a schema`);
  return schema;
}

const pod = schemaOf('v1', 'Pod');
const service = schemaOf('v1', 'Service');

function value(result: PatchResult): JsonMap {
  assert.ok('value' in result, 'error' in result ? result.error : '');
  return result.value;
}

const containers = (...list: JsonMap[]) => ({ spec: { containers: list } });

describe('applying a strategic merge patch', () => {
  const rows: [title: string, original: JsonMap, patch: JsonMap, result: JsonMap][] = [
    [
      'elements of a list merge by their key',
      containers({ name: 'a', image: 'a:1' }, { name: 'b', image: 'b:1' }),
      containers({ name: 'b', image: 'b:2' }),
      containers({ name: 'a', image: 'a:1' }, { name: 'b', image: 'b:2' }),
    ],
    [
      'a new element comes before those that the patch does not name',
      containers({ name: 'a' }),
      containers({ name: 'c', image: 'c' }),
      containers({ name: 'c', image: 'c' }, { name: 'a' }),
    ],
    [
      '$patch: delete takes an element out',
      containers({ name: 'a' }, { name: 'b' }),
      containers({ $patch: 'delete', name: 'a' }),
      containers({ name: 'b' }),
    ],
    [
      '$patch: replace takes all others out',
      containers({ name: 'a' }, { name: 'b' }),
      containers({ name: 'c' }, { $patch: 'replace' }),
      containers({ name: 'c' }),
    ],
    [
      '$setElementOrder gives the order',
      containers({ name: 'a' }, { name: 'b' }, { name: 'c' }),
      { spec: { '$setElementOrder/containers': [{ name: 'c' }, { name: 'a' }] } },
      containers({ name: 'b' }, { name: 'c' }, { name: 'a' }),
    ],
    [
      '$retainKeys clears the other members of a union',
      { spec: { volumes: [{ name: 'v', emptyDir: {} }] } },
      { spec: { volumes: [{ $retainKeys: ['configMap', 'name'], configMap: { name: 'x' }, name: 'v' }] } },
      { spec: { volumes: [{ name: 'v', configMap: { name: 'x' } }] } },
    ],
    [
      'null deletes, and is not kept in what is new',
      { metadata: { labels: { a: '1', b: '2' } } },
      { metadata: { labels: { a: null }, annotations: { c: null, d: '4' } } },
      { metadata: { labels: { b: '2' }, annotations: { d: '4' } } },
    ],
    [
      'lists without a strategy are replaced',
      { spec: { tolerations: [{ key: 'a' }] } },
      { spec: { tolerations: [{ key: 'b' }] } },
      { spec: { tolerations: [{ key: 'b' }] } },
    ],
    [
      '$deleteFromPrimitiveList takes scalars out of a merged list',
      { metadata: { finalizers: ['a', 'b', 'c'] } },
      { metadata: { '$deleteFromPrimitiveList/finalizers': ['b'], finalizers: ['d'] } },
      { metadata: { finalizers: ['d', 'a', 'c'] } },
    ],
    [
      '$patch: delete empties a map',
      { metadata: { labels: { a: '1' } } },
      { metadata: { labels: { $patch: 'delete' } } },
      { metadata: { labels: {} } },
    ],
    [
      '$patch: replace replaces a map',
      { metadata: { labels: { a: '1' } } },
      { metadata: { labels: { $patch: 'replace', b: '2' } } },
      { metadata: { labels: { b: '2' } } },
    ],
    [
      'a value of another type is taken as it is',
      { spec: { hostname: 'a' } },
      { spec: { hostname: { b: 1 } } },
      { spec: { hostname: { b: 1 } } },
    ],
  ];
  for (const [title, original, patch, result] of rows) {
    it(title, () => assert.deepEqual(value(applyStrategicMergePatch(original, patch, pod)), result));
  }

  it('changes neither argument', () => {
    const original = Object.freeze(containers(Object.freeze({ name: 'a', image: 'a:1' })));
    const patch = Object.freeze(containers(Object.freeze({ name: 'a', image: 'a:2' })));
    applyStrategicMergePatch(original, patch, pod);
    assert.deepEqual(original, containers({ name: 'a', image: 'a:1' }));
  });

  const refused: [title: string, original: JsonMap, patch: JsonMap, error: string][] = [
    [
      'an element without its merge key',
      containers({ name: 'a' }),
      containers({ image: 'b' }),
      'map: map[image:b] does not contain declared merge key: name',
    ],
    [
      'elements in another order than the patch demands',
      containers({ name: 'a' }),
      { spec: { '$setElementOrder/containers': [{ name: 'a' }], containers: [{ name: 'b' }] } },
      "The order in patch list:\n[map[name:b]]\n doesn't match $setElementOrder list:\n[map[name:a]]\n",
    ],
    ['an unknown directive', {}, { $patch: 'other' }, 'unknown patch type: other in map: map[$patch:other]'],
    [
      'a key that $retainKeys does not list',
      { spec: { volumes: [{ name: 'v' }] } },
      { spec: { volumes: [{ $retainKeys: ['name'], name: 'v', emptyDir: {} }] } },
      'invalid patch format of retainKeys',
    ],
    [
      'a list of lists',
      { metadata: { finalizers: [['a']] } },
      { metadata: { finalizers: ['b'] } },
      'lists of lists are not supported',
    ],
  ];
  for (const [title, original, patch, error] of refused) {
    it(`refuses ${title}`, () => assert.deepEqual(applyStrategicMergePatch(original, patch, pod), { error }));
  }
});

describe('making a three-way patch', () => {
  const rows: [title: string, last: JsonMap, modified: JsonMap, live: JsonMap, patch: JsonMap, schema?: PatchSchema][] =
    [
      ['nothing to do', { spec: { a: 1 } }, { spec: { a: 1 } }, { spec: { a: 1, b: 2 } }, {}],
      [
        'what was applied and is no longer goes',
        { spec: { nodeName: 'x' } },
        { spec: {} },
        { spec: { nodeName: 'x' } },
        { spec: { nodeName: null } },
      ],
      ['what others have set stays', {}, { spec: { a: 1 } }, { spec: { a: 1, replicas: 3 } }, {}],
      [
        'a changed element of a list carries its key and the order of all',
        containers({ name: 'a', image: 'a:1' }, { name: 'b', image: 'b:1' }),
        containers({ name: 'a', image: 'a:1' }, { name: 'b', image: 'b:2' }),
        containers({ name: 'a', image: 'a:1' }, { name: 'b', image: 'b:1' }),
        {
          spec: {
            '$setElementOrder/containers': [{ name: 'a' }, { name: 'b' }],
            containers: [{ name: 'b', image: 'b:2' }],
          },
        },
      ],
      [
        'a removed element is deleted by a directive',
        containers({ name: 'a' }, { name: 'b' }),
        containers({ name: 'a' }),
        containers({ name: 'a' }, { name: 'b' }),
        { spec: { '$setElementOrder/containers': [{ name: 'a' }], containers: [{ $patch: 'delete', name: 'b' }] } },
      ],
      [
        'an element that only the live object has stays',
        containers({ name: 'a', image: 'a:1' }),
        containers({ name: 'a', image: 'a:2' }),
        containers({ name: 'a', image: 'a:1' }, { name: 'sidecar' }),
        {
          spec: { '$setElementOrder/containers': [{ name: 'a' }], containers: [{ name: 'a', image: 'a:2' }] },
        },
      ],
      [
        'a member of a union takes the place of another',
        { spec: { volumes: [{ name: 'v', emptyDir: {} }] } },
        { spec: { volumes: [{ name: 'v', configMap: { name: 'x' } }] } },
        { spec: { volumes: [{ name: 'v', emptyDir: {} }] } },
        {
          spec: {
            '$setElementOrder/volumes': [{ name: 'v' }],
            volumes: [{ $retainKeys: ['configMap', 'name'], configMap: { name: 'x' }, emptyDir: null, name: 'v' }],
          },
        },
      ],
      [
        'of two ports of the same number the last is compared first, as Go sorts them',
        {
          spec: {
            ports: [
              { port: 53, name: 'u', protocol: 'UDP' },
              { port: 53, name: 't', protocol: 'TCP' },
            ],
          },
        },
        { spec: { ports: [{ port: 53, name: 'u', protocol: 'UDP' }] } },
        {
          spec: {
            ports: [
              { port: 53, name: 'u', protocol: 'UDP' },
              { port: 53, name: 't', protocol: 'TCP' },
            ],
          },
        },
        {
          spec: {
            '$setElementOrder/ports': [{ port: 53 }],
            ports: [{ $patch: 'delete', port: 53, name: 'u', protocol: 'UDP' }],
          },
        },
        service,
      ],
      [
        'scalars of a merged list are added and taken out one by one',
        { metadata: { finalizers: ['a', 'b'] } },
        { metadata: { finalizers: ['b', 'c'] } },
        { metadata: { finalizers: ['a', 'b'] } },
        {
          metadata: {
            '$deleteFromPrimitiveList/finalizers': ['a'],
            '$setElementOrder/finalizers': ['b', 'c'],
            finalizers: ['c'],
          },
        },
      ],
      [
        'an empty list in the live object is filled',
        {},
        containers({ name: 'a' }),
        { spec: { containers: [] } },
        containers({ name: 'a' }),
      ],
    ];
  for (const [title, last, modified, live, patch, schema = pod] of rows) {
    it(title, () => assert.deepEqual(value(createThreeWayMergePatch(last, modified, live, schema)), patch));
  }

  it('refuses lists that mix types', () => {
    const result = createThreeWayMergePatch({}, containers({ name: 'a' }), { spec: { containers: ['a'] } }, pod);
    assert.deepEqual(result, { error: 'list element types are not identical: [[a] [map[name:a]]]' });
  });
});

/** fast-check's records have no prototype; our objects do. */
const plain = <T>(value: T): T => structuredClone(value);

describe('two-way patches', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd');
  const container = fc.record({ name, image: fc.constantFrom('x:1', 'x:2') }, { requiredKeys: ['name'] });
  const object = fc.record({
    metadata: fc.record({ labels: fc.dictionary(name, fc.constantFrom('1', '2')) }),
    spec: fc.record(
      { containers: fc.uniqueArray(container, { selector: (each) => each.name, minLength: 1 }), nodeName: name },
      { requiredKeys: ['containers'] },
    ),
  });

  it('make the modified object of the original when they are applied', () => {
    fc.assert(
      fc.property(object.map(plain), object.map(plain), (original, modified) => {
        const patch = value(createTwoWayMergePatch(original, modified, pod));
        assert.deepEqual(value(applyStrategicMergePatch(original, patch, pod)), modified);
        // a copy of the patch does not know what it was made of
        assert.deepEqual(value(applyStrategicMergePatch(original, structuredClone(patch), pod)), modified);
      }),
    );
  });

  it('are merged into what is not the original any more', () => {
    const original = { status: { phase: 'Pending', reason: 'Old' } };
    const patch = value(createTwoWayMergePatch(original, { status: { phase: 'Running', reason: 'Old' } }, pod));
    const current = { status: { phase: 'Pending', reason: 'New' } };
    assert.deepEqual(value(applyStrategicMergePatch(current, patch, pod)), {
      status: { phase: 'Running', reason: 'New' },
    });
  });

  it('are empty for equal objects', () => {
    fc.assert(
      fc.property(object, (each) => {
        assert.deepEqual(value(createTwoWayMergePatch(each, structuredClone(each), pod)), {});
      }),
    );
  });
});
