import { deepEqual, equal } from 'node:assert/strict';
import { volumeZone } from '../../../../src/simulator/kube-scheduler/plugins/volume-zone.ts';
import { askFilter, judge, makeNode, makePod } from '../cluster.ts';

describe('VolumeZone', () => {
  it('has nothing to do with Pods without claims', () => {
    const pod = makePod('x', { volumes: [{ name: 'tmp', emptyDir: {} }] });
    deepEqual(askFilter(volumeZone, [makeNode('a')], pod), ['Skip']);
    equal(judge([makeNode('a')], pod), '→ a');
  });

  it('leaves the verdict open for claims', () => {
    const pod = makePod('x', { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] });
    equal(judge([makeNode('a')], pod).includes('VolumeZone is not modelled for volume data'), true);
  });
});
