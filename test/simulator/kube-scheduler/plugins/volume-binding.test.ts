import { deepEqual, equal } from 'node:assert/strict';
import { volumeBinding } from '../../../../src/simulator/kube-scheduler/plugins/volume-binding.ts';
import { askFilter, askScore, judge, makeNode, makePod } from '../cluster.ts';

describe('VolumeBinding', () => {
  it('has nothing to do with Pods without claims', () => {
    const pod = makePod('x', { volumes: [{ name: 'tmp', emptyDir: {} }] });
    deepEqual(askFilter(volumeBinding, [makeNode('a')], pod), ['Skip']);
    equal(judge([makeNode('a')], pod), '→ a');
  });

  it('leaves the verdict open for claims', () => {
    const pod = makePod('x', { volumes: [{ name: 'data', ephemeral: {} }] });
    equal(judge([makeNode('a')], pod).includes('VolumeBinding is not modelled for volume data'), true);
  });

  it('never scores in 1.36', () => {
    deepEqual(askScore(volumeBinding, [makeNode('a')], makePod('x')), ['Skip']);
  });
});
