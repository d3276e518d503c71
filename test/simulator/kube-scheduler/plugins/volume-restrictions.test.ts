import { deepEqual, equal } from 'node:assert/strict';
import { volumeRestrictions } from '../../../../src/simulator/kube-scheduler/plugins/volume-restrictions.ts';
import { askFilter, judge, makeNode, makePod } from '../cluster.ts';

describe('VolumeRestrictions', () => {
  it('has nothing to do with volumes that are no storage of their own', () => {
    const pod = makePod('x', {
      volumes: [
        { name: 'tmp', emptyDir: {} },
        { name: 'token', projected: { sources: [] } },
      ],
    });
    deepEqual(askFilter(volumeRestrictions, [makeNode('a')], pod), ['Skip']);
    equal(judge([makeNode('a')], pod), '→ a');
  });

  it('leaves the verdict open for volumes it would look at', () => {
    for (const volume of [{ persistentVolumeClaim: { claimName: 'data' } }, { gcePersistentDisk: { pdName: 'd' } }]) {
      const pod = makePod('x', { volumes: [{ name: 'data', ...volume }] });
      equal(judge([makeNode('a')], pod).includes('VolumeRestrictions is not modelled for volume data'), true);
    }
  });
});
