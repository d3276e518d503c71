// Server-side apply of custom objects, as kubectl and kube-apiserver 1.36.3 answered it.
import assert from 'node:assert/strict';
import type { KubeObject } from '../../../src/api/object.ts';
import { definitionText } from '../../support/definition.ts';
import { folder as fileAccess, runs, type Step } from './runs.ts';

const definition = definitionText(
  'gadgets',
  'kind: Gadget, singular: gadget',
  `            properties:
              replicas: {type: integer, default: 2}
              name: {type: string}
              port: {x-kubernetes-int-or-string: true}
              bare: {type: object}
              set: {type: array, x-kubernetes-list-type: set, items: {type: string}}
              parts:
                type: array
                x-kubernetes-list-type: map
                x-kubernetes-list-map-keys: [name, kind]
                items:
                  type: object
                  required: [name]
                  properties: {name: {type: string}, kind: {type: string, default: a}, size: {type: integer}}
              labels: {type: object, additionalProperties: {type: string}}
              nested: {type: object, additionalProperties: {type: object, properties: {a: {type: string}}}}
              whole: {type: object, x-kubernetes-map-type: atomic, properties: {a: {type: string}, b: {type: string}}}
              free: {type: object, x-kubernetes-preserve-unknown-fields: true, properties: {known: {type: integer}}}
              raw: {x-kubernetes-preserve-unknown-fields: true}
              template: {type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}
`,
);

const gadget = (spec: string) => `apiVersion: example.com/v1\nkind: Gadget\nmetadata: {name: g}\nspec: ${spec}\n`;
const first = gadget(`
  name: one
  set: [u, w]
  parts: [{name: p, size: 1}, {name: q, kind: b, size: 2}]
  labels: {l: m}
  nested: {k: {a: v}, e: {}}
  whole: {a: "1"}
  free: {known: 1, other: {deep: [1, 2], k: v}}
  raw: {any: {thing: 1}, list: [1]}
  template: {apiVersion: v1, kind: Pod, metadata: {name: t}, spec: {x: 1}}`);
const second = gadget(`
  name: two
  set: [z]
  parts: [{name: p, size: 5}, {name: r}]
  labels: {q: o}
  whole: {b: "2"}
  free: {other: {deep: [3], k2: v}, known: 1}
  raw: {any: {thing2: 1}}`);

const applied = 'gadget.example.com/g serverside-applied\n';
const refused = (problem: string) =>
  `Error from server: failed to create typed patch object (default/g; example.com/v1, Kind=Gadget): ${problem}\n`;
const begin: Step = [
  'apply -f crd.yaml',
  'customresourcedefinition.apiextensions.k8s.io/gadgets.example.com created\n',
];

describe('kubectl apply --server-side of custom objects', () => {
  const files = { 'crd.yaml': definition, 'a.yaml': first, 'b.yaml': second };
  const applyOf = (file: string, manager: string, more = '') =>
    `apply --server-side --field-manager=${manager}${more} -f ${file}`;

  it('knows the owner of each field that the schema tells apart, and of each entry of an open map', () => {
    const simulation = runs(files, [begin, [applyOf('a.yaml', 'one'), applied]]);
    const [object] = simulation.objects<KubeObject>('gadgets.example.com');
    assert.deepEqual(object?.metadata.managedFields?.[0]?.fieldsV1, {
      'f:spec': {
        'f:free': { 'f:known': {}, 'f:other': { '.': {}, 'f:deep': {}, 'f:k': {} } },
        'f:labels': { 'f:l': {} },
        'f:name': {},
        'f:nested': { 'f:e': {}, 'f:k': { '.': {}, 'f:a': {} } },
        'f:parts': {
          'k:{"kind":"a","name":"p"}': { '.': {}, 'f:name': {}, 'f:size': {} },
          'k:{"kind":"b","name":"q"}': { '.': {}, 'f:kind': {}, 'f:name': {}, 'f:size': {} },
        },
        'f:raw': { 'f:any': { '.': {}, 'f:thing': {} }, 'f:list': {} },
        'f:set': { 'v:"u"': {}, 'v:"w"': {} },
        'f:template': {
          'f:apiVersion': {},
          'f:kind': {},
          'f:metadata': { 'f:name': {} },
          'f:spec': { '.': {}, 'f:x': {} },
        },
        'f:whole': {},
      },
    });
  });

  it('tells conflicts, and merges what is taken over', () => {
    const simulation = runs(files, [begin, [applyOf('a.yaml', 'one'), applied]]);
    const { output } = simulation.kubectl(applyOf('b.yaml', 'two').split(' '), fileAccess(files));
    assert.equal(
      output.split('\nPlease')[0],
      'error: Apply failed with 4 conflicts: conflicts with "one":\n- .spec.name\n- .spec.whole\n- .spec.free.other.deep\n- .spec.parts[kind="a",name="p"].size',
    );
    assert.equal(
      simulation.kubectl(applyOf('b.yaml', 'two', ' --force-conflicts').split(' '), fileAccess(files)).output,
      applied,
    );
    const [object] = simulation.objects<KubeObject & { readonly spec: unknown }>('gadgets.example.com');
    assert.deepEqual(object?.spec, {
      name: 'two',
      set: ['u', 'w', 'z'],
      parts: [
        { name: 'p', size: 5, kind: 'a' },
        { name: 'q', kind: 'b', size: 2 },
        { name: 'r', kind: 'a' },
      ],
      labels: { l: 'm', q: 'o' },
      nested: { k: { a: 'v' }, e: {} },
      whole: { b: '2' },
      free: { known: 1, other: { deep: [3], k: 'v', k2: 'v' } },
      raw: { any: { thing: 1, thing2: 1 }, list: [1] },
      template: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 't' }, spec: { x: 1 } },
      replicas: 2,
    });
  });

  it('takes out what is given up', () => {
    const less = gadget('{raw: {list: [1]}, free: {other: {k: v}}}');
    const simulation = runs({ ...files, 'a2.yaml': less }, [
      begin,
      [applyOf('a.yaml', 'one'), applied],
      [applyOf('a2.yaml', 'one'), applied],
    ]);
    const [object] = simulation.objects<KubeObject & { readonly spec: unknown }>('gadgets.example.com');
    assert.deepEqual(object?.spec, { free: { other: { k: 'v' } }, raw: { list: [1] }, replicas: 2 });
  });

  for (const [spec, problem] of [
    ['{replicas: "3"}', '.spec.replicas: expected numeric (int or float), got string'],
    ['{whole: [1]}', '.spec.whole: expected map, got &{[1]}'],
    ['{whole: {c: x}}', '.spec.whole.c: field not declared in schema'],
    [
      '{labels: {a: {b: c}}}',
      '.spec.labels.a: expected string, got &value.valueUnstructured{Value:map[string]interface {}{"b":"c"}}',
    ],
    ['{set: [a, a]}', '.spec.set: duplicate entries for key [="a"]'],
    ['{free: 3}', '.spec.free: expected map, got &{3}'],
    ['{free: {known: "x"}}', '.spec.free.known: expected numeric (int or float), got string'],
    [
      '{template: {kind: Pod, apiVersion: v1, metadata: {name: t, foo: 1}}}',
      '.spec.template.metadata.foo: field not declared in schema',
    ],
    ['[1]', '.spec: expected map, got &{[1]}'],
  ] as const) {
    it(`refuses ${spec}`, () => {
      runs({ 'crd.yaml': definition, 'a.yaml': gadget(spec) }, [
        begin,
        ['apply --server-side -f a.yaml', refused(problem), 1],
      ]);
    });
  }

  it('refuses nulls, but for what has a default', () => {
    const invalid =
      'The Gadget "g" is invalid: spec.name: Invalid value: "null": spec.name in body must be of type string: "null"\n';
    const files = { 'crd.yaml': definition, 'a.yaml': gadget('{name: null}'), 'b.yaml': gadget('{replicas: null}') };
    runs(files, [begin, ['apply --server-side -f b.yaml', applied]]);
    runs(files, [
      begin,
      ['apply --server-side -f a.yaml', invalid, 1],
      ['apply -f a.yaml', 'gadget.example.com/g created\n'],
    ]);
  });

  it('needs one key of an item at least, and no nulls in sets', () => {
    const nothing = 'an element that omits all key fields ["k"] (and doesn\'t have default values for any key fields)';
    const keyed = definition
      .replace('[name, kind]', '[k]')
      .replace('required: [name]', 'required: [k]')
      .replace('{name: {type: string}, kind: {type: string, default: a}', '{k: {type: string}, name: {type: string}');
    runs({ 'crd.yaml': keyed, 'a.yaml': gadget('{parts: [{name: p}]}'), 'b.yaml': gadget('{set: [a, null]}') }, [
      begin,
      [
        'apply --server-side -f a.yaml',
        refused(`.spec.parts: element 0: associative list with keys has ${nothing}`),
        1,
      ],
      [
        'apply --server-side -f b.yaml',
        refused(".spec.set: element 1: associative list without keys has an element that's an explicit null"),
        1,
      ],
    ]);
  });

  it('warns of versions that are deprecated', () => {
    const older = definition.replace(
      / {2}- name: v1\n/,
      (version) =>
        `  - {name: v1alpha1, served: true, storage: false, deprecated: true, schema: {openAPIV3Schema: {type: object}}}\n${version}`,
    );
    const warning = 'Warning: example.com/v1alpha1 Gadget is deprecated; use example.com/v1 Gadget\n';
    runs({ 'crd.yaml': older, 'a.yaml': gadget('{}').replace('/v1', '/v1alpha1').replace('spec: {}', '') }, [
      begin,
      ['apply -f a.yaml', `${warning}gadget.example.com/g created\n`],
    ]);
  });

  it('leaves values that are open to validation', () => {
    const wrong = gadget('{port: {a: 1}}');
    const text =
      'The Gadget "g" is invalid: spec.port: Invalid value: "object": spec.port in body must be of type integer,string: "object"\n';
    runs({ 'crd.yaml': definition, 'a.yaml': wrong }, [begin, ['apply --server-side -f a.yaml', text, 1]]);
    runs({ 'crd.yaml': definition, 'a.yaml': gadget('{raw: 3, bare: {foo: 1}}') }, [
      begin,
      ['apply --server-side -f a.yaml', applied],
    ]);
  });
});
