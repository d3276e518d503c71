import { deepEqual, equal } from 'node:assert/strict';
import type { KubeObject, Pod } from '../../../../src/api/object.ts';
import { defaultFramework, evaluatePod, snapshotOf } from '../../../../src/simulator/kube-scheduler/index.ts';
import { defaultPreemption } from '../../../../src/simulator/kube-scheduler/plugins/default-preemption/index.ts';
import { judge, makeNode, makePod } from '../cluster.ts';

/** What making room would remove: `node: victims` for each candidate (`!n` of them protected), and `→ nominated`. */
function plan(cluster: readonly KubeObject[], incoming: Pod): string[] {
  const { preemption } = evaluatePod(snapshotOf(cluster), incoming, defaultFramework);
  const names = (victims: readonly string[]) => victims.map((key) => key.replace('default/', '')).join(' ');
  const lines = (preemption?.candidates ?? []).map(
    ({ node, victims, pdbViolations }) => `${node}: ${names(victims)}${pdbViolations ? ` !${pdbViolations}` : ''}`,
  );
  return [...lines, `→ ${preemption?.nominated.join(' ') ?? ''}`];
}

/** A Pod that has run on a node since a second. */
const since = (second: number, name: string, options: object) =>
  makePod(name, { status: { startTime: `2026-01-01T00:00:0${second}Z` }, ...options });

const budget = (name: string, labels: object, disruptionsAllowed: number, disruptedPods: object = {}) =>
  ({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace: 'default' },
    spec: { selector: { matchLabels: labels } },
    status: { disruptionsAllowed, disruptedPods },
  }) as KubeObject;

const allocatable = { cpu: '2', memory: '4Gi', pods: '10' };
const full = [makeNode('a', { allocatable }), makePod('old', { on: 'a', requests: { cpu: '2' }, priority: 0 })];
const pod = (options: object = {}) => makePod('x', { requests: { cpu: '1' }, ...options });

const short = '0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: ';

describe('DefaultPreemption', () => {
  it('is not helpful where removing Pods would not help', () => {
    equal(
      judge([makeNode('a', { taints: ['k:NoSchedule'] })], makePod('x')),
      '0/1 nodes are available: 1 node(s) had untolerated taint(s). no new claims to deallocate, ' +
        'preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.',
    );
  });

  it('finds no victims among Pods of the same priority', () => {
    equal(judge(full, pod()), `${short}0/1 nodes are available: 1 No preemption victims found for incoming pod.`);
  });

  it('tells what is still short when all Pods of lower priority are gone', () => {
    const cluster = [...full, makePod('important', { on: 'a', requests: { cpu: '1500m' }, priority: 10 })];
    equal(judge(cluster, pod({ priority: 5 })), `${short}0/1 nodes are available: 1 Insufficient cpu.`);
  });

  it('makes room where removing Pods helps, and says nothing of it in the message', () => {
    equal(judge(full, pod({ priority: 5 })), '0/1 nodes are available: 1 Insufficient cpu.');
    deepEqual(plan(full, pod({ priority: 5 })), ['a: old', '→ a']);
  });

  it('spares the important Pods, then those that have run longer', () => {
    const cpu = { requests: { cpu: '500m' }, on: 'a' };
    const cluster = [
      makeNode('a', { allocatable }),
      since(1, 'oldest', cpu),
      since(3, 'youngest', cpu),
      since(2, 'middle', cpu),
      since(9, 'important', { ...cpu, priority: 3 }),
    ];
    deepEqual(plan(cluster, pod({ priority: 5 })), ['a: middle youngest', '→ a']);
    deepEqual(plan(cluster, pod({ priority: 2 })), ['a: middle youngest', '→ a']);
  });

  it('takes a Pod that has not started for the youngest', () => {
    const cpu = { requests: { cpu: '1' }, on: 'a' };
    const cluster = [makeNode('a', { allocatable }), makePod('starting', cpu), since(1, 'running', cpu)];
    deepEqual(plan(cluster, pod({ priority: 5 })), ['a: starting', '→ a']);
  });

  it('removes Pods that a budget protects last, and a node without such victims is better', () => {
    const cpu = { requests: { cpu: '1' } };
    const web = { labels: { app: 'web' } };
    const cluster = [
      makeNode('a', { allocatable }),
      since(1, 'a1', { ...cpu, ...web, on: 'a' }),
      since(2, 'a2', { ...cpu, ...web, on: 'a', priority: 1 }),
      makeNode('b', { allocatable }),
      since(1, 'b1', { ...cpu, on: 'b', priority: 4 }),
      since(2, 'b2', { ...cpu, ...web, on: 'b' }),
    ];
    const protecting = (allowed: number, disrupted = {}) => [...cluster, budget('web', web.labels, allowed, disrupted)];
    deepEqual(plan(protecting(0), pod({ priority: 5 })), ['a: a1 !1', 'b: b1', '→ b']);
    deepEqual(plan(protecting(1), pod({ priority: 5 })), ['a: a2', 'b: b2', '→ b']);
    deepEqual(plan(protecting(0, { a1: '2026-01-01T00:00:00Z' }), pod({ priority: 5 })), ['a: a1', 'b: b1', '→ a']);
  });

  it('prefers victims of low priority, then few, then young ones, and leaves the rest to chance', () => {
    const on = (node: string, cpu: string, priority = 0) => ({ on: node, requests: { cpu }, priority });
    const nodes = ['a', 'b'].map((name) => makeNode(name, { allocatable }));
    const choose = (...pods: Pod[]) => plan([...nodes, ...pods], pod({ priority: 5, requests: { cpu: '2' } })).at(-1);
    equal(choose(since(1, 'x', on('a', '2', 3)), since(1, 'y', on('b', '2', 2))), '→ b');
    equal(choose(since(1, 'x', on('a', '1')), since(1, 'x2', on('a', '1')), since(1, 'y', on('b', '2'))), '→ b');
    equal(choose(since(1, 'x', on('a', '2')), since(2, 'y', on('b', '2'))), '→ b');
    equal(choose(since(1, 'x', on('a', '2')), makePod('y', on('b', '2'))), '→ b');
    equal(choose(since(1, 'x', on('a', '2')), since(1, 'y', on('b', '2'))), '→ a b');
  });

  it('counts the Pods that were nominated for the node', () => {
    const rival = makePod('rival', { priority: 7, requests: { cpu: '2' }, status: { nominatedNodeName: 'a' } });
    const message = judge([...full, rival], pod({ priority: 5 }));
    equal(message, `${short}0/1 nodes are available: 1 Insufficient cpu.`);
  });

  it('holds a Pod back while its victims are being told', () => {
    const listers = snapshotOf([]).listers;
    equal(defaultPreemption.preEnqueue?.(pod(), listers, { isPreempting: () => false }), undefined);
    deepEqual(defaultPreemption.preEnqueue?.(pod(), listers, { isPreempting: () => true })?.reasons, [
      'waiting for the preemption for this pod to be finished',
    ]);
  });

  it('does not preempt for a Pod whose policy is Never', () => {
    const message = judge(full, pod({ priority: 5, preemptionPolicy: 'Never' }));
    equal(message, `${short}not eligible due to preemptionPolicy=Never.`);
  });

  it('waits for victims that are still leaving', () => {
    const leaving = {
      ...makePod('old', { on: 'a', requests: { cpu: '2' } }),
      metadata: { name: 'old', namespace: 'default', uid: 'old', deletionTimestamp: '2026-01-01T00:00:00Z' },
      status: { conditions: [{ type: 'DisruptionTarget', status: 'True', reason: 'PreemptionByScheduler' }] },
    };
    const nominated = pod({ priority: 5, status: { nominatedNodeName: 'a' } });
    equal(
      judge([makeNode('a', { allocatable }), leaving], nominated),
      `${short}not eligible due to a terminating pod on the nominated node.`,
    );
  });

  const web = { app: 'web' };
  const hostname = 'kubernetes.io/hostname';
  it('sees what the removal changes for anti-affinity', () => {
    const term = { topologyKey: hostname, labelSelector: { matchLabels: web } };
    const affinity = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
    const disliked = [makeNode('a'), makePod('old', { on: 'a', labels: web })];
    deepEqual(plan(disliked, makePod('x', { priority: 5, affinity })), ['a: old', '→ a']);
    const disliking = [makeNode('a'), makePod('old', { on: 'a', affinity })];
    deepEqual(plan(disliking, makePod('x', { priority: 5, labels: web })), ['a: old', '→ a']);
  });

  it('sees that affinity to a Pod that is removed is lost', () => {
    const term = { topologyKey: hostname, labelSelector: { matchLabels: web } };
    const affinity = { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
    const cluster = [makeNode('a', { allocatable }), makePod('old', { on: 'a', labels: web, requests: { cpu: '2' } })];
    const message = judge(cluster, pod({ priority: 5, affinity }));
    equal(message, `${short}0/1 nodes are available: 1 node(s) didn't match pod affinity rules.`);
  });

  it('sees what the removal changes for topology spread', () => {
    const constraint = {
      topologyKey: hostname,
      maxSkew: 1,
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: web },
    };
    const spread = makePod('x', { priority: 5, labels: web, topologySpreadConstraints: [constraint] });
    const crowded = [
      makeNode('a'),
      makeNode('b', { taints: ['k:NoSchedule'] }),
      makePod('old', { on: 'a', labels: web }),
      makePod('other', { on: 'a' }),
    ];
    deepEqual(plan(crowded, spread), ['a: old', '→ a']);
    const important = [...crowded, makePod('boss', { on: 'a', labels: web, priority: 9 })];
    equal(judge(important, spread).includes("1 node(s) didn't match pod topology spread constraints."), true);
  });
});
