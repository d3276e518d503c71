import assert from 'node:assert/strict';
import { found } from '../../support/apply.ts';

const ids = ['unknown-kind', 'kubectl', 'mistyped-field'];
const pod = (metadata: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: ${metadata}\nspec: {containers: [{name: a, image: nginx}]}\n`;

describe('what kubectl refuses by itself', () => {
  const rows: [what: string, text: string, row: [string, string, string], explanation: RegExp][] = [
    [
      'a kind of nobody',
      'apiVersion: example.com/v1\nkind: Database\nmetadata: {name: a}\n',
      ['info', 'unknown-kind', 'Database'],
      /No CustomResourceDefinition for Database is known/,
    ],
    [
      'a mistyped kind',
      'apiVersion: apps/v1\nkind: Deploymnt\nmetadata: {name: a}\n',
      ['error', 'unknown-kind', 'Deploymnt'],
      /did you mean Deployment\?/,
    ],
    [
      'a mistyped kind of a group that others might add to',
      'apiVersion: networking.k8s.io/v1\nkind: Ingres\nmetadata: {name: a}\n',
      ['warning', 'unknown-kind', 'Ingres'],
      /did you mean Ingress\?/,
    ],
    [
      'a version of the past',
      'apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {name: a}\n',
      ['error', 'unknown-kind', 'extensions/v1beta1'],
      /serves Ingress as networking.k8s.io\/v1/,
    ],
    [
      'the wrong group',
      'apiVersion: v1\nkind: Deployment\nmetadata: {name: a}\n',
      ['error', 'unknown-kind', 'v1'],
      /serves Deployment as apps\/v1/,
    ],
    [
      'what kubectl itself reads',
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n',
      ['info', 'unknown-kind', 'Kustomization'],
      /kubectl apply -k/,
    ],
    ['a name to be made', pod('{generateName: web-}'), ['error', 'kubectl', 'web-'], /kubectl create/],
    ['an object without a name', pod('{labels: {a: b}}'), ['error', 'kubectl', 'metadata'], /give it one/],
    [
      'a label that is a number',
      pod('{name: a, labels: {v: 2}}'),
      ['error', 'mistyped-field', '2'],
      /metadata.labels\[v\] wants a string/,
    ],
    ['a name that is no string', pod('{name: on}'), ['error', 'mistyped-field', 'on'], /metadata.name wants a string/],
    ['a namespace that is none', pod('{name: a, namespace: 5}'), ['error', 'mistyped-field', '5'], /wants a string/],
  ];
  for (const [what, text, row, explanation] of rows) {
    it(`is said of ${what}`, () => {
      const [first, ...others] = found(text, ids);
      assert.deepEqual(first?.slice(0, 3), row);
      assert.match(first?.[3] ?? '', explanation);
      assert.deepEqual(others, []);
    });
  }

  it('is said of a namespace other than the command’s', () => {
    const [row] = found(pod('{name: a, namespace: shop}'), ids, { namespace: 'office' });
    assert.deepEqual(row?.slice(0, 3), ['error', 'kubectl', 'shop']);
    assert.match(row?.[3] ?? '', /shop.*office/);
  });

  it('is said of a document that does not say what it is', () => {
    const [row] = found(`${pod('{name: a}')}---\nmetadata: {name: b}\n`, ids);
    assert.equal(row?.[1], 'kubectl');
    assert.match(row?.[3] ?? '', /does not say what it is/);
  });

  const definition = (versions: string) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: databases.example.com}
spec:
  group: example.com
  names: {kind: Database, plural: databases, singular: database, listKind: DatabaseList}
  scope: Namespaced
  versions: ${versions}
`;
  const version = (name: string, served = true) =>
    `{name: ${name}, served: ${served}, storage: ${name === 'v1'}, schema: {openAPIV3Schema: {type: object}}}`;
  const database = (name: string) => `apiVersion: example.com/${name}\nkind: Database\nmetadata: {name: a}\n`;

  it('says that a definition in the same apply comes too late, in either order', () => {
    const defined = definition(`[${version('v1')}]`);
    for (const files of [`${defined}---\n${database('v1')}`, `${database('v1')}---\n${defined}`]) {
      const [row] = found(files, ids);
      assert.deepEqual(row?.slice(0, 3), ['error', 'unknown-kind', 'Database']);
      assert.match(row?.[3] ?? '', /apply the definition first.* or run kubectl apply a second time/);
      const [assumed] = found(files, ids, { assumed: true });
      assert.equal(assumed?.[0], 'warning', 'it may have been there before');
    }
  });

  it('names the versions that a definition serves', () => {
    const defined = definition(`[${version('v1')}, ${version('v2')}, ${version('v3', false)}]`);
    const [row] = found(`${defined}---\n${database('v3')}`, ids, { assumed: true });
    assert.deepEqual(row?.slice(0, 3), ['error', 'unknown-kind', 'example.com/v3']);
    assert.match(row?.[3] ?? '', /serves Database as example.com\/v1, example.com\/v2\.$/);
  });

  it('knows a definition that is refused itself', () => {
    const [row] = found(`${definition('[]')}---\n${database('v1')}`, ids);
    assert.equal(row?.[0], 'info');
    assert.match(row?.[3] ?? '', /has to be applied first/);
  });

  it('is said of each object whose metadata cannot be read alike', () => {
    const text = `${pod('{name: on}')}---\n${pod('{name: a}')}---\n${pod('{name: off}')}`;
    assert.deepEqual(
      found(text, ids).map(([, , at]) => at),
      ['on', 'off'],
    );
  });

  it('is one line for each of several objects', () => {
    const unknown = (name: string) => `apiVersion: example.com/v1\nkind: Database\nmetadata: {name: ${name}}\n`;
    assert.equal(found(`${unknown('a')}---\n${unknown('b')}---\n${pod('{}')}`, ids).length, 3);
  });
});
