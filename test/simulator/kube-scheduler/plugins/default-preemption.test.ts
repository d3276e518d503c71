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
});
