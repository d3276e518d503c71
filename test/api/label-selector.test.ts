import assert from 'node:assert/strict';
import {
  formatLabels,
  formatLabelSelector,
  formatRequirements,
  matchesLabels,
  matchesLabelSelector,
  matchesRequirement,
  parseSelector,
} from '../../src/api/label-selector.ts';

describe('label selector', () => {
  const labels = { app: 'web', tier: 'front', replicas: '3' };

  it('of a Service matches labels that have all of its entries', () => {
    assert.equal(matchesLabels({ app: 'web' }, labels), true);
    assert.equal(matchesLabels({ app: 'web', tier: 'back' }, labels), false);
    assert.equal(matchesLabels({ app: 'web' }, undefined), false);
    assert.equal(matchesLabels({}, undefined), true);
    assert.equal(matchesLabels(undefined, labels), true);
  });

  it('matches nothing when absent and everything when empty', () => {
    assert.equal(matchesLabelSelector(undefined, labels), false);
    assert.equal(matchesLabelSelector(null, labels), false);
    assert.equal(matchesLabelSelector({}, labels), true);
  });

  const expressions: [operator: string, key: string, values: string[], matches: boolean][] = [
    ['In', 'app', ['api', 'web'], true],
    ['In', 'app', ['api'], false],
    ['In', 'none', ['api'], false],
    ['NotIn', 'app', ['api'], true],
    ['NotIn', 'app', ['web'], false],
    ['NotIn', 'none', ['web'], true],
    ['Exists', 'app', [], true],
    ['Exists', 'constructor', [], false],
    ['DoesNotExist', 'none', [], true],
    ['DoesNotExist', 'app', [], false],
    ['in', 'app', ['web'], false],
  ];
  for (const [operator, key, values, matches] of expressions) {
    it(`${key} ${operator} (${values.join(', ')}) ${matches ? 'matches' : 'does not match'}`, () => {
      assert.equal(matchesLabelSelector({ matchExpressions: [{ key, operator, values }] }, labels), matches);
    });
  }

  it('is printed as kubectl prints it', () => {
    assert.equal(formatLabelSelector(undefined), '<none>');
    assert.equal(formatLabelSelector({}), '<none>');
    const selector = {
      matchLabels: { tier: 'front', app: 'web' },
      matchExpressions: [
        { key: 'zone', operator: 'In', values: ['b', 'a'] },
        { key: 'old', operator: 'DoesNotExist' },
        { key: 'env', operator: 'NotIn', values: ['dev'] },
        { key: 'ready', operator: 'Exists' },
      ],
    };
    assert.equal(formatLabelSelector(selector), 'app=web,env notin (dev),!old,ready,tier=front,zone in (a,b)');
    assert.equal(formatLabelSelector({ matchExpressions: [{ key: 'a', operator: 'Like' }] }), '<error>');
    assert.equal(formatLabels({ b: '2', a: '1' }), 'a=1,b=2');
    assert.equal(formatLabels(undefined), '<none>');
  });

  it('is parsed as -l takes it', () => {
    const text = 'app=web, tier in (front, back),env!=dev,!old,ready,replicas>2,x==,size < 4';
    const parsed = parseSelector(text);
    assert.ok(parsed);
    assert.equal(formatRequirements(parsed), 'app=web,env!=dev,!old,ready,replicas>2,size<4,tier in (back,front),x==');
    assert.deepEqual(parseSelector(''), []);
    for (const wrong of [',', 'a,', 'a b', 'a in b', 'a in (b', '=x', 'a=b c']) {
      assert.equal(parseSelector(wrong), undefined, wrong);
    }
  });

  it('compares numbers', () => {
    const matches = (text: string) => (parseSelector(text) ?? []).every((one) => matchesRequirement(one, labels));
    assert.deepEqual(['replicas>2', 'replicas>3', 'replicas<4', 'app>1', 'none<1', 'app==web'].map(matches), [
      true,
      false,
      true,
      false,
      false,
      true,
    ]);
  });
});
