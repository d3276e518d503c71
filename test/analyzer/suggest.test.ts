import assert from 'node:assert/strict';
import fc from 'fast-check';
import { editDistance, nearest, nearestKey, suggestField } from '../../src/analyzer/suggest.ts';

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
  it('up to a limit is what it is, and from there on the limit', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '-'), maxLength: 9 });
    fc.assert(
      fc.property(word, word, fc.integer({ min: 1, max: 10 }), (a, b, limit) => {
        assert.equal(editDistance(a, b, limit), Math.min(editDistance(a, b), limit));
      }),
    );
  });
});

describe('nearest', () => {
  it('takes the candidate with the fewest differences', () => {
    assert.equal(nearest('contaners', ['container', 'containers', 'conditions']), 'containers');
  });
  it('does not mind capitals', () => assert.equal(nearest('nodename', ['nodeName', 'node']), 'nodeName'));
  it('finds nothing where too much differs', () => assert.equal(nearest('foo', ['image', 'ports']), undefined));
});

describe('nearestKey', () => {
  const keys = ['kubernetes.io/os', 'topology.kubernetes.io/zone', 'disktype'];
  const rows: [key: string, meant: string | undefined][] = [
    ['disktyp', 'disktype'],
    ['zone', 'topology.kubernetes.io/zone'],
    ['failure-domain.beta.kubernetes.io/zone', 'topology.kubernetes.io/zone'],
    ['rack', undefined],
  ];
  for (const [key, meant] of rows) it(`of ${key} is ${meant}`, () => assert.equal(nearestKey(key, keys), meant));
});

describe('suggestField', () => {
  const rows: [object, string, unknown][] = [
    [{ apiVersion: 'v1', kind: 'Pod' }, 'spec.containers[0].imagee', { beside: 'image' }],
    [{ apiVersion: 'apps/v1', kind: 'Deployment' }, 'spec.replcas', { beside: 'replicas' }],
    [{ apiVersion: 'apps/v1', kind: 'Deployment' }, 'spec.containers', { elsewhere: 'spec.template.spec' }],
    [{ apiVersion: 'v1', kind: 'Pod', spec: { containers: [{}] } }, 'spec.image', { elsewhere: 'spec.containers[]' }],
    [{ apiVersion: 'v1', kind: 'Pod', spec: { containers: [] } }, 'spec.image', { elsewhere: 'spec.containers[]' }],
    [{ apiVersion: 'v1', kind: 'Pod' }, 'spec.image', undefined],
    [{ apiVersion: 'v1', kind: 'Pod' }, 'metadta', { beside: 'metadata' }],
    [{ apiVersion: 'v1', kind: 'Pod' }, 'spec.zzzzzz', undefined],
    [{ apiVersion: 'example.com/v1', kind: 'Database' }, 'spec.sise', undefined],
  ];
  for (const [object, path, suggestion] of rows) {
    it(`of ${path} in ${JSON.stringify(object)}`, () => assert.deepEqual(suggestField(object, path), suggestion));
  }
});
