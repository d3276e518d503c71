import { deepEqual } from 'node:assert/strict';
import { nodeResourcesBalancedAllocation } from '../../../../src/simulator/kube-scheduler/plugins/node-resources-balanced-allocation.ts';
import { askScore, makeNode, makePod } from '../cluster.ts';

const allocatable = { cpu: '4', memory: '4Gi', pods: '10' };

describe('NodeResourcesBalancedAllocation', () => {
  it('has nothing to say about Pods that request neither cpu nor memory', () => {
    deepEqual(askScore(nodeResourcesBalancedAllocation, [makeNode('a')], makePod('x')), ['Skip']);
    const pod = makePod('x', { requests: { 'example.com/gpu': '1' } });
    deepEqual(askScore(nodeResourcesBalancedAllocation, [makeNode('a')], pod), ['Skip']);
  });

  it('prefers nodes whose use of cpu and memory the Pod brings together', () => {
    const cluster = [
      makeNode('balanced', { allocatable }),
      makeNode('cpu-heavy', { allocatable }),
      makePod('old-1', { on: 'cpu-heavy', requests: { cpu: '2' } }),
      makeNode('memory-heavy', { allocatable }),
      makePod('old-2', { on: 'memory-heavy', requests: { memory: '2Gi' } }),
      makeNode('no-memory', { allocatable: { cpu: '4', pods: '10' } }),
    ];
    const pod = makePod('x', { requests: { memory: '2Gi' } });
    deepEqual(askScore(nodeResourcesBalancedAllocation, cluster, pod), [
      'balanced: 62 62',
      'cpu-heavy: 87 87',
      'memory-heavy: 62 62',
      'no-memory: 75 75',
    ]);
  });
});
