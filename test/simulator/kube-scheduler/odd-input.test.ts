// What no careful person writes, and what kube-scheduler 1.36.3 makes of it (asked of the real one wherever it gets to see it).
import { equal, match } from 'node:assert/strict';
import type { KubeObject } from '../../../src/api/object.ts';
import { judge, makeNode, makePod } from './cluster.ts';
import { claiming, makeClaim, makeClass } from './storage.ts';

const roomy = { cpu: '4', memory: '8Gi', pods: '110' };
const bare = (name: string) => ({ ...makeNode(name), status: {} });

describe('odd input', () => {
  it('a Node without allocatable takes no Pod at all', () => {
    match(judge([bare('a')], makePod('x')), /^0\/1 nodes are available: 1 Too many pods\./);
    equal(judge([bare('a'), makeNode('b')], makePod('x', { requests: { cpu: '1' } })), '→ b');
    match(judge([makeNode('a', { allocatable: { cpu: '4', memory: '8Gi' } })], makePod('x')), /1 Too many pods/);
  });

  it('quantities are rounded up to what is counted, in every spelling', () => {
    const small = makeNode('a', { allocatable: { cpu: '2m', memory: '8Gi', pods: '10' } });
    const half = (name: string) => makePod(name, { on: 'a', requests: { cpu: '0.5m' } });
    match(judge([small, half('o'), half('p')], makePod('x', { requests: { cpu: '1m' } })), /1 Insufficient cpu/);
    const fits = (cpu: string, memory: string) =>
      judge([makeNode('a', { allocatable: roomy })], makePod('x', { requests: { cpu, memory } }));
    for (const cpu of ['100u', '1n', '1e-3', '0.1', '+1.5']) equal(fits(cpu, '1'), '→ a');
    for (const memory of ['1e3', '0.5', '100m', '8192Mi']) equal(fits('0', memory), '→ a');
    match(fits('1e3', '0'), /1 Insufficient cpu/);
    match(fits('0', '8589934593'), /1 Insufficient memory/);
  });

  it('nothing is said about amounts at which the sums run over', () => {
    const unknown = 'unknown: amounts of a resource beyond 2^53 are not modelled';
    for (const memory of ['10E', '1e30'])
      equal(judge([makeNode('a')], makePod('x', { requests: { memory } })), unknown);
    for (const memory of ['9E', '10E', '9007199254740992', '1e30']) {
      equal(judge([makeNode('a', { allocatable: { ...roomy, memory } })], makePod('x')), unknown);
    }
    equal(judge([makeNode('a', { allocatable: { ...roomy, cpu: '9E' } })], makePod('x')), unknown);
  });

  it('nothing is said about nodes whose Pods ask for more than can be summed up', () => {
    const asking = (name: string, memory: string) => makePod(name, { on: 'a', requests: { memory } });
    const unknown = 'unknown: amounts of a resource beyond 2^53 are not modelled';
    const small = makePod('x', { requests: { memory: '1' } });
    match(judge([makeNode('a'), asking('o', '9E')], small), /: 1 Insufficient memory\./);
    equal(judge([makeNode('a'), asking('o', '18E')], small), unknown);
    equal(judge([makeNode('a'), asking('o', '9E'), asking('p', '9E')], small), unknown);
  });

  it('a request beyond counting is too large for a node that is not', () => {
    for (const memory of ['9E', '9007199254740992']) {
      match(judge([makeNode('a')], makePod('x', { requests: { memory } })), /: 1 Insufficient memory\./);
    }
  });

  it('a taint without an effect keeps nobody away', () => {
    equal(judge([makeNode('a', { taints: ['k:'] })], makePod('x')), '→ a');
  });

  it('an operator that nobody knows selects nothing', () => {
    const requirement = { key: 'a', operator: 'Foo', values: ['x'] };
    const term = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchExpressions: [requirement] } };
    const near = { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
    const cluster = [makeNode('a'), makePod('o', { on: 'a', labels: { a: 'x' } })];
    match(judge(cluster, makePod('x', { affinity: near })), /didn't match pod affinity rules/);
    const nodeSelectorTerms = [{ matchExpressions: [requirement] }];
    const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } };
    match(judge(cluster, makePod('y', { affinity })), /didn't match Pod's node affinity/);
  });

  it('of two Nodes of one name the later one is there', () => {
    const second = makeNode('a', { allocatable: { ...roomy, cpu: '1' } });
    match(judge([makeNode('a'), second], makePod('x', { requests: { cpu: '2' } })), /^0\/1 nodes .*1 Insufficient cpu/);
  });

  it('a claim that wants a volume of its own name, and is its own source, is bound to nothing', () => {
    const claim = makeClaim('data', { className: 'fast' });
    const source = { kind: 'PersistentVolumeClaim', name: 'data' };
    const own = { ...claim, spec: { ...claim.spec, volumeName: 'data', dataSource: source } } as KubeObject;
    const cluster = [makeNode('a'), makeClass('fast', { volumeBindingMode: 'WaitForFirstConsumer' }), own];
    const says = '0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found';
    equal(judge(cluster, claiming('x', ['data'])), says);
  });

  it('labels may be called as what every object has', () => {
    const nodeSelector = { constructor: 'x' } as Record<string, string>;
    equal(judge([makeNode('a', { labels: nodeSelector })], makePod('x', { nodeSelector })), '→ a');
    match(judge([makeNode('a')], makePod('x', { nodeSelector })), /didn't match Pod's node affinity/);
  });

  it('a port that two Pods hold is free as soon as one of them goes', () => {
    const holding = (name: string, priority: number) => makePod(name, { on: 'a', priority, hostPorts: [80] });
    const wanting = makePod('x', { priority: 5, hostPorts: [80] });
    const verdict = (cluster: KubeObject[]) => judge(cluster, wanting).split('ports. ')[1] ?? 'room is made';
    match(verdict([makeNode('a'), holding('high', 10)]), /No preemption victims found/);
    equal(verdict([makeNode('a'), holding('high', 10), holding('low', 0)]), 'room is made');
  });

  it('Pods on a node that is not there hold nothing', () => {
    equal(judge([makeNode('a'), makePod('o', { on: 'gone', requests: { cpu: '4' } })], makePod('x')), '→ a');
  });
});
