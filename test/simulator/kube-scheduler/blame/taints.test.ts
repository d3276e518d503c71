import assert from 'node:assert/strict';
import { makeNode, makePod } from '../cluster.ts';
import { blamed } from '../blame.ts';

const node = makeNode('a', { taints: ['x=y:PreferNoSchedule', 'dedicated=db:NoSchedule', 'gpu:NoExecute'] });
const ask = (...tolerations: object[]) =>
  blamed([node], makePod('p', { tolerations: tolerations as never }), 'TaintToleration');

describe('blame for taints', () => {
  it('falls on each taint that keeps the Pod off', () => {
    assert.deepEqual(ask(), [
      'a has the taint dedicated=db:NoSchedule | spec.tolerations | Node a spec.taints[1]',
      'a has the taint gpu:NoExecute | spec.tolerations | Node a spec.taints[2]',
    ]);
  });

  it('falls on the part of a toleration that misses', () => {
    const gpu = { key: 'gpu', operator: 'Exists' };
    assert.deepEqual(ask(gpu, { key: 'dedicated', operator: 'Equal', value: 'web', effect: 'NoSchedule' }), [
      'a has the taint dedicated=db:NoSchedule, where the Pod tolerates the value "web" only | spec.tolerations[1].value | Node a spec.taints[1]',
    ]);
    assert.deepEqual(ask(gpu, { key: 'dedicated', operator: 'Exists', effect: 'NoExecute' }), [
      'a has the taint dedicated=db:NoSchedule, where the Pod tolerates the effect "NoExecute" only | spec.tolerations[1].effect | Node a spec.taints[1]',
    ]);
  });
});
