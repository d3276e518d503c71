import { deepEqual, equal } from 'node:assert/strict';
import { snapshotOf } from '../../../../src/simulator/kube-scheduler/index.ts';
import { schedulingGates } from '../../../../src/simulator/kube-scheduler/plugins/scheduling-gates.ts';
import { isWokenBy, makePod } from '../cluster.ts';

const { listers } = snapshotOf([]);

describe('SchedulingGates', () => {
  it('holds a Pod back while it has gates', () => {
    const gated = makePod('x', { schedulingGates: [{ name: 'a.io/first' }, { name: 'second' }] });
    deepEqual(schedulingGates.preEnqueue?.(gated, listers)?.reasons, [
      'waiting for scheduling gates: [a.io/first second]',
    ]);
    equal(schedulingGates.preEnqueue?.(makePod('x'), listers), undefined);
  });

  it('wakes the Pod whose last gate is gone', () => {
    const gone = (name: string) =>
      ({ resource: 'UnschedulablePod', action: 'UpdatePodSchedulingGatesEliminated', after: makePod(name) }) as const;
    equal(isWokenBy(schedulingGates, makePod('x'), gone('x')), true);
    equal(isWokenBy(schedulingGates, makePod('x'), gone('y')), false);
  });
});
