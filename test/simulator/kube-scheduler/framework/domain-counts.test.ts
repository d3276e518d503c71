import { deepEqual, equal } from 'node:assert/strict';
import { DomainCounts } from '../../../../src/simulator/kube-scheduler/framework/domain-counts.ts';

describe('DomainCounts', () => {
  it('counts, and knows domains that are empty again', () => {
    const counts = DomainCounts.empty();
    counts.add('a', 2);
    counts.add('b', 0);
    counts.add('a', -2);
    deepEqual(
      [counts.get('a'), counts.get('b'), counts.get('c'), counts.size, counts.isZero],
      [0, 0, undefined, 2, true],
    );
  });

  it('a fork changes on its own, and so does a fork of it', () => {
    const counts = DomainCounts.empty();
    counts.add('a', 1);
    const fork = counts.fork();
    fork.add('a', 1);
    fork.add('b', 5);
    const second = fork.fork();
    second.add('b', -5);
    second.add('a', -2);
    deepEqual([counts.get('a'), counts.get('b'), counts.size], [1, undefined, 1]);
    deepEqual([fork.get('a'), fork.get('b'), fork.size], [2, 5, 2]);
    deepEqual([...fork.entries()].sort(), [
      ['a', 2],
      ['b', 5],
    ]);
    equal(second.isZero, true);
    equal(fork.isZero, false);
  });
});
