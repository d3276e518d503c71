import assert from 'node:assert/strict';
import { editDistance, nearest, suggestField } from '../../src/analyzer/suggest.ts';

describe('editDistance', () => {
  const rows: [string, string, number][] = [
    ['', '', 0],
    ['image', 'image', 0],
    ['imagee', 'image', 1],
    ['iamge', 'image', 1],
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
  ];
  for (const [a, b, distance] of rows) {
    it(`from "${a}" to "${b}" is ${distance}, and back`, () => {
      assert.equal(editDistance(a, b), distance);
      assert.equal(editDistance(b, a), distance);
    });
  }
});

describe('nearest', () => {
  it('takes the candidate with the fewest differences', () => {
    assert.equal(nearest('contaners', ['container', 'containers', 'conditions']), 'containers');
  });
  it('does not mind capitals', () => assert.equal(nearest('nodename', ['nodeName', 'node']), 'nodeName'));
  it('finds nothing where too much differs', () => assert.equal(nearest('foo', ['image', 'ports']), undefined));
});

describe('suggestField', () => {
  const rows: [string, string, string, unknown][] = [
    ['v1', 'Pod', 'spec.containers[0].imagee', { beside: 'image' }],
    ['apps/v1', 'Deployment', 'spec.replcas', { beside: 'replicas' }],
    ['apps/v1', 'Deployment', 'spec.containers', { elsewhere: 'spec.template.spec' }],
    ['v1', 'Pod', 'spec.image', { elsewhere: 'spec.containers[]' }],
    ['v1', 'Pod', 'metadta', { beside: 'metadata' }],
    ['v1', 'Pod', 'spec.zzzzzz', undefined],
    ['example.com/v1', 'Database', 'spec.sise', undefined],
  ];
  for (const [apiVersion, kind, path, suggestion] of rows) {
    it(`of ${kind} ${path}`, () => assert.deepEqual(suggestField(apiVersion, kind, path), suggestion));
  }
});
