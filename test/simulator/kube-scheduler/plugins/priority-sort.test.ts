import { deepEqual } from 'node:assert/strict';
import { prioritySort } from '../../../../src/simulator/kube-scheduler/plugins/priority-sort.ts';
import { makePod } from '../cluster.ts';

describe('PrioritySort', () => {
  it('takes higher priority first, then who has waited longer', () => {
    const waiting = [
      { pod: makePod('late'), timestamp: 2 },
      { pod: makePod('urgent', { priority: 10 }), timestamp: 3 },
      { pod: makePod('early', { priority: 0 }), timestamp: 1 },
    ];
    const order = waiting.sort((a, b) => prioritySort.queueSort?.(a, b) ?? 0).map(({ pod }) => pod.metadata.name);
    deepEqual(order, ['urgent', 'early', 'late']);
  });
});
