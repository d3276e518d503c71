import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { Heap } from '../../../src/simulator/kube-scheduler/heap.ts';

describe('Heap', () => {
  it('hands out in order what still counts', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ rank: fc.integer(), counts: fc.boolean() })), (entries) => {
        const heap = new Heap<(typeof entries)[number]>(
          (a, b) => a.rank < b.rank,
          ({ counts }) => counts,
        );
        for (const entry of entries) heap.push(entry);
        const out: number[] = [];
        while (!heap.isEmpty) out.push(heap.pop()?.rank ?? NaN);
        const expected = entries.filter(({ counts }) => counts).map(({ rank }) => rank);
        deepEqual(
          out,
          expected.sort((a, b) => a - b),
        );
        equal(heap.pop(), undefined);
      }),
    );
  });
});
