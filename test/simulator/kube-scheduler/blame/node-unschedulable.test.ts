import assert from 'node:assert/strict';
import { makeNode, makePod } from '../cluster.ts';
import { blamed } from '../blame.ts';

describe('blame for a cordon', () => {
  it('falls on the node', () => {
    assert.deepEqual(blamed([makeNode('a', { unschedulable: true })], makePod('p'), 'NodeUnschedulable'), [
      'a is cordoned | spec.tolerations | Node a spec.unschedulable',
    ]);
  });
});
