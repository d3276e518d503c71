import assert from 'node:assert/strict';
import { makeNode, makePod } from '../cluster.ts';
import { blamed } from '../blame.ts';

const node = makeNode('a', { labels: { disk: 'hdd', zone: 'south' } });
const term = (...matchExpressions: object[]) => ({ matchExpressions });
const affinity = (...nodeSelectorTerms: object[]) =>
  ({ nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } }) as never;
const required = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms';

describe('blame for labels of nodes', () => {
  it('falls on each entry of the selector', () => {
    const nodeSelector = { disk: 'ssd', zone: 'south', gpu: 'yes' };
    assert.deepEqual(blamed([node], makePod('p', { nodeSelector }), 'NodeAffinity'), [
      'a has disk=hdd, not ssd | spec.nodeSelector[disk] | Node a metadata.labels[disk]',
      'a has no label gpu | spec.nodeSelector[gpu] | Node a metadata.labels',
    ]);
  });

  it('falls on the expressions of the term that comes nearest', () => {
    const far = term({ key: 'gpu', operator: 'Exists' }, { key: 'disk', operator: 'In', values: ['ssd', 'nvme'] });
    const near = term({ key: 'disk', operator: 'Exists' }, { key: 'zone', operator: 'NotIn', values: ['south'] });
    assert.deepEqual(blamed([node], makePod('p', { affinity: affinity(far, near) }), 'NodeAffinity'), [
      `a has zone=south, where the term wants zone NotIn south | ${required}[1].matchExpressions[1] | Node a metadata.labels[zone]`,
    ]);
  });

  it('falls on the name that a term asks for', () => {
    const byName = { matchFields: [{ key: 'metadata.name', operator: 'NotIn', values: ['a'] }] };
    assert.deepEqual(blamed([node], makePod('p', { affinity: affinity(byName) }), 'NodeAffinity'), [
      `a is not meant by metadata.name NotIn a | ${required}[0].matchFields[0]`,
    ]);
  });
});
