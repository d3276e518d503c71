import assert from 'node:assert/strict';
import { nextTick } from '../../../src/simulator/kernel/durations.ts';
import { retryDelay } from '../../../src/simulator/kubelet/durations.ts';

describe('periods', () => {
  it('a tick lies after now', () => {
    assert.equal(nextTick(0, 1000, 500), 500);
    assert.equal(nextTick(500, 1000, 500), 1500);
    assert.equal(nextTick(1499, 1000, 500), 1500);
  });

  it('a retry waits ten seconds at least, and longer for a longer back-off', () => {
    assert.equal(retryDelay(0), 12_500);
    assert.equal(retryDelay(20_000), 25_000);
  });
});
