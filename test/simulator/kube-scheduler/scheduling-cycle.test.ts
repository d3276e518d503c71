import { deepEqual, equal } from 'node:assert/strict';
import {
  defaultFramework,
  evaluatePod,
  prepareVerdict,
  snapshotOf,
} from '../../../src/simulator/kube-scheduler/index.ts';
import { judge, makeNode, makePod } from './cluster.ts';

const cpu = (amount: string) => ({ cpu: amount, memory: '8Gi', pods: '110' });
const ending = 'no new claims to deallocate, preemption: ';

describe('evaluatePod', () => {
  it('finds no node where there is none', () => {
    const { nodes, message, reason } = evaluatePod(snapshotOf([]), makePod('x'), defaultFramework);
    deepEqual([nodes, message, reason], [{}, 'no nodes available to schedule pods', 'Unschedulable']);
  });

  it('names all nodes with the highest score', () => {
    const cluster = [makeNode('c'), makeNode('a'), makeNode('b'), makePod('old', { on: 'b', requests: { cpu: '1' } })];
    equal(judge(cluster, makePod('x')), '→ a c');
  });

  it('tells of each node every filter that refuses it, and the first one that the real chain reports', () => {
    const cluster = [makeNode('a', { taints: ['k:NoSchedule'], unschedulable: true, allocatable: cpu('1') })];
    const { nodes } = evaluatePod(snapshotOf(cluster), makePod('x', { requests: { cpu: '2' } }), defaultFramework);
    equal(nodes.a?.first?.plugin, 'NodeUnschedulable');
    deepEqual(
      nodes.a?.all.map(({ plugin }) => plugin),
      ['NodeUnschedulable', 'TaintToleration', 'NodeResourcesFit'],
    );
  });

  it('explains a Pod that fits nowhere', () => {
    const cluster = [
      makeNode('a', { taints: ['k:NoSchedule'] }),
      makeNode('b', { allocatable: cpu('1') }),
      makeNode('c', { allocatable: { ...cpu('4'), pods: '0' } }),
    ];
    equal(
      judge(cluster, makePod('x', { requests: { cpu: '2' } })),
      `0/3 nodes are available: 1 Insufficient cpu, 1 Too many pods, 1 node(s) had untolerated taint(s). ${ending}` +
        '0/3 nodes are available: 1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling.',
    );
  });

  it('leaves room for Pods of at least the same priority that were promised a node', () => {
    const promised = makePod('promised', { requests: { cpu: '3' }, priority: 5, status: { nominatedNodeName: 'a' } });
    const cluster = [makeNode('a', { allocatable: cpu('4') }), promised];
    const pod = (priority: number) => makePod('x', { requests: { cpu: '2' }, priority });
    equal(judge(cluster, pod(6)), '→ a');
    equal(judge(cluster, pod(5)).startsWith('0/1 nodes are available: 1 Insufficient cpu.'), true);
    equal(judge(cluster, promised), '→ a');
  });

  it('leaves no room for Pods that are held back, or that wait for another scheduler', () => {
    const promised = { requests: { cpu: '3' }, priority: 5, status: { nominatedNodeName: 'a' } };
    const on = (name: string, more: object) =>
      judge(
        [makeNode('a', { allocatable: cpu('4') }), makePod(name, { ...promised, ...more })],
        makePod('x', { requests: { cpu: '2' } }),
      );
    equal(on('gated', { schedulingGates: [{ name: 'example.com/wait' }] }), '→ a');
    equal(on('foreign', { schedulerName: 'other' }), '→ a');
  });

  it('takes the promised node without looking at others', () => {
    const cluster = [makeNode('a'), makeNode('b'), makePod('old', { on: 'b', requests: { cpu: '3' } })];
    equal(judge(cluster, makePod('x', { status: { nominatedNodeName: 'b' } })), '→ b');
  });

  it('blames for the nodes left out also what refused the promised one before', () => {
    const matchFields = [{ key: 'metadata.name', operator: 'In', values: ['a'] }];
    const required = { nodeSelectorTerms: [{ matchFields }] };
    const pod = makePod('x', {
      affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } },
      status: { nominatedNodeName: 'a' },
    });
    const message = judge([makeNode('a', { taints: ['k:NoSchedule'] }), makeNode('b')], pod);
    const why =
      "1 node(s) didn't satisfy plugin(s) [NodeAffinity TaintToleration], 1 node(s) had untolerated taint(s).";
    equal(message.startsWith(`0/2 nodes are available: ${why}`), true, message);
  });

  it('counts a promised Pod with its anti-affinity', () => {
    const term = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'web' } } };
    const affinity = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
    const web = (name: string, options: object) => makePod(name, { labels: { app: 'web' }, affinity, ...options });
    const cluster = [makeNode('a'), makeNode('b'), web('promised', { status: { nominatedNodeName: 'a' } })];
    equal(judge(cluster, web('x', {})), '→ b');
  });

  it('does not count Pods that have ended', () => {
    const ended = makePod('ended', { on: 'a', requests: { cpu: '4' }, status: { phase: 'Succeeded' } });
    equal(judge([makeNode('a'), ended], makePod('x', { requests: { cpu: '4' } })), '→ a');
  });

  it('can be asked about any number of Pods', () => {
    const verdict = prepareVerdict([makeNode('a', { labels: { disk: 'ssd' } })]);
    deepEqual(verdict(makePod('x', { nodeSelector: { disk: 'ssd' } })).best, ['a']);
    equal(verdict(makePod('y', { nodeSelector: { disk: 'hdd' } })).result, 'unschedulable');
  });
});
