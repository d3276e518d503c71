import assert from 'node:assert/strict';
import { BackOff } from '../../../src/simulator/client/back-off.ts';

describe('back-off', () => {
  it('begins with the first wait, doubles, and stops at the longest', () => {
    const backOff = new BackOff(10_000, 300_000);
    const durations = Array.from({ length: 7 }, (_, i) => {
      backOff.next('a', i * 1000, i * 1000);
      return backOff.duration('a');
    });
    assert.deepEqual(durations, [10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000]);
  });

  it('counts what is left from the failure or from the last change', () => {
    const backOff = new BackOff(10_000, 300_000);
    backOff.next('a', 0, 500);
    assert.equal(backOff.leftSince('a', 0, 4000), 6000);
    assert.equal(backOff.leftSinceUpdate('a', 4000), 6500);
    assert.equal(backOff.leftSince('a', 0, 20_000), 0);
    assert.equal(backOff.leftSince('b', 0, 0), 0);
  });

  it('forgets what has not failed for twice the longest wait', () => {
    const backOff = new BackOff(10_000, 300_000);
    backOff.next('a', 0, 0);
    backOff.next('a', 0, 0);
    assert.equal(backOff.leftSinceUpdate('a', 600_001), 0);
    backOff.next('a', 600_001, 600_001);
    assert.equal(backOff.duration('a'), 10_000);
  });
});
