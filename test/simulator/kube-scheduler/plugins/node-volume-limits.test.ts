import { deepEqual, equal } from 'node:assert/strict';
import { nodeVolumeLimits } from '../../../../src/simulator/kube-scheduler/plugins/node-volume-limits.ts';
import { askFilter, judge, makeNode, makePod } from '../cluster.ts';

describe('NodeVolumeLimits', () => {
  it('has nothing to do with volumes that are no storage of their own', () => {
    const pod = makePod('x', {
      volumes: [
        { name: 'tmp', emptyDir: {} },
        { name: 'token', projected: { sources: [] } },
      ],
    });
    deepEqual(askFilter(nodeVolumeLimits, [makeNode('a')], pod), ['Skip']);
    equal(judge([makeNode('a')], pod), '→ a');
  });

  it('leaves the verdict open for volumes it would look at', () => {
    for (const volume of [
      { persistentVolumeClaim: { claimName: 'data' } },
      { azureDisk: { diskName: 'd', diskURI: 'u' } },
    ]) {
      const pod = makePod('x', { volumes: [{ name: 'data', ...volume }] });
      equal(judge([makeNode('a')], pod).includes('NodeVolumeLimits is not modelled for volume data'), true);
    }
  });
});
