// Sets of indexes as a Job's status writes them.
import assert from 'node:assert/strict';
import * as sets from '../../../src/simulator/kube-controller-manager/job/indexes.ts';

describe('indexes of a Job', () => {
  it('are read and written', () => {
    for (const text of ['', '0', '1,3-5,7', '0,1,4'])
      assert.equal(sets.formatIndexes(sets.parseIndexes(text, 10)), text);
    assert.equal(sets.formatIndexes(sets.parseIndexes('1-8,11', 5)), '1-4');
    assert.equal(sets.formatIndexes(sets.indexesOf([4, 2, 3, 3, 9])), '2-4,9');
  });

  it('are sets', () => {
    const [some, others] = [sets.parseIndexes('0-3,8', 10), sets.parseIndexes('2-5', 10)];
    assert.equal(sets.formatIndexes(sets.union(some, others)), '0-5,8');
    assert.deepEqual([sets.countOf(some), sets.overlap(some, others)], [5, 2]);
    assert.deepEqual([sets.hasIndex(some, 3), sets.hasIndex(some, 4)], [true, false]);
    assert.deepEqual(sets.firstFree(some, 3, 10), [4, 5, 6]);
    assert.deepEqual(sets.firstFree(some, 9, 9), [4, 5, 6, 7]);
  });
});
