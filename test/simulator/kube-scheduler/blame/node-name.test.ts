import assert from 'node:assert/strict';
import { makeNode, makePod } from '../cluster.ts';
import { blamed } from '../blame.ts';

describe('blame for a node that is named', () => {
  it('falls on the name', () => {
    assert.deepEqual(blamed([makeNode('a')], makePod('p', { nodeName: 'b' }), 'NodeName'), [
      'a is not b, which the Pod names | spec.nodeName',
    ]);
  });
});
