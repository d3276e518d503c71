import { equal } from 'node:assert/strict';
import { judge, makeNode, makePod } from '../cluster.ts';

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

  it('leaves the verdict open when removing Pods would make room', () => {
    equal(
      judge(full, pod({ priority: 5 })),
      'unknown: preemption is not modelled: removing Pods of lower priority from a would help',
    );
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
  const helps = 'unknown: preemption is not modelled: removing Pods of lower priority from a would help';

  it('sees what the removal changes for anti-affinity', () => {
    const term = { topologyKey: hostname, labelSelector: { matchLabels: web } };
    const affinity = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
    const disliked = [makeNode('a'), makePod('old', { on: 'a', labels: web })];
    equal(judge(disliked, makePod('x', { priority: 5, affinity })), helps);
    const disliking = [makeNode('a'), makePod('old', { on: 'a', affinity })];
    equal(judge(disliking, makePod('x', { priority: 5, labels: web })), helps);
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
    equal(judge(crowded, spread), helps);
    const important = [...crowded, makePod('boss', { on: 'a', labels: web, priority: 9 })];
    equal(judge(important, spread).includes("1 node(s) didn't match pod topology spread constraints."), true);
  });
});
