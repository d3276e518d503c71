import { deepEqual } from 'node:assert/strict';
import { nodeChanges, podChanges } from '../../../../src/simulator/kube-scheduler/framework/cluster-event.ts';
import { makeNode, makePod, tolerate, type NodeOptions, type PodOptions } from '../cluster.ts';

describe('nodeChanges', () => {
  const rows: [string, NodeOptions, NodeOptions, string[]][] = [
    ['nothing', {}, {}, []],
    ['uncordoned', { unschedulable: true }, {}, ['UpdateNodeTaint']],
    ['cordoned', {}, { unschedulable: true }, []],
    ['taints', {}, { taints: ['k:NoSchedule'] }, ['UpdateNodeTaint']],
    ['labels', {}, { labels: { a: 'b' } }, ['UpdateNodeLabel']],
    ['allocatable', {}, { allocatable: { cpu: '1' } }, ['UpdateNodeAllocatable']],
    ['features', {}, { declaredFeatures: ['X'] }, ['UpdateNodeDeclaredFeature']],
  ];
  for (const [what, before, after, changes] of rows) {
    it(what, () => deepEqual(nodeChanges(makeNode('a', before), makeNode('a', after)), changes));
  }

  it('takes conditions by their status, not by their heartbeat', () => {
    const ready = (status: string, lastHeartbeatTime: string) => ({
      ...makeNode('a'),
      status: { ...makeNode('a').status, conditions: [{ type: 'Ready', status, lastHeartbeatTime }] },
    });
    deepEqual(nodeChanges(ready('True', '1'), ready('True', '2')), []);
    deepEqual(nodeChanges(ready('False', '1'), ready('True', '1')), ['UpdateNodeCondition']);
  });
});

describe('podChanges', () => {
  const rows: [string, PodOptions, PodOptions, string[]][] = [
    ['a change without a name', {}, { status: { phase: 'Running' } }, ['Update']],
    ['labels', {}, { labels: { a: 'b' } }, ['UpdatePodLabel']],
    ['a toleration more', {}, { tolerations: [tolerate()] }, ['UpdatePodToleration']],
    ['the last gate', { schedulingGates: [{ name: 'g' }] }, {}, ['UpdatePodSchedulingGatesEliminated']],
    [
      'one of two gates',
      { schedulingGates: [{ name: 'g' }, { name: 'h' }] },
      { schedulingGates: [{ name: 'g' }] },
      ['Update'],
    ],
    ['smaller requests', { requests: { cpu: '2' } }, { requests: { cpu: '1' } }, ['UpdatePodScaleDown']],
    ['no requests any more', { requests: { cpu: '2' } }, {}, ['UpdatePodScaleDown']],
    ['larger requests', { requests: { cpu: '1' } }, { requests: { cpu: '2' } }, ['Update']],
    [
      'claims made from templates',
      {},
      { status: { resourceClaimStatuses: [{ name: 'gpu', resourceClaimName: 'x-gpu' }] } },
      ['UpdatePodGeneratedResourceClaim'],
    ],
  ];
  for (const [what, before, after, changes] of rows) {
    it(what, () => deepEqual(podChanges(makePod('x', before), makePod('x', after)), changes));
  }
});
