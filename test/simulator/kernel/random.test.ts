import assert from 'node:assert/strict';
import { Random } from '../../../src/simulator/kernel/random.ts';

describe('Random', () => {
  it('gives the same for the same seed', () => {
    const [a, b] = [new Random(7), new Random(7)];
    assert.deepEqual([a.next(), a.suffix(), a.uid(), a.hex(40)], [b.next(), b.suffix(), b.uid(), b.hex(40)]);
    assert.notEqual(new Random(7).uid(), new Random(8).uid());
  });

  it('makes suffixes and UUIDs of the real shape', () => {
    const random = new Random(0);
    for (let i = 0; i < 100; i++) {
      assert.match(random.suffix(), /^[bcdfghjklmnpqrstvwxz2456789]{5}$/);
      assert.match(random.uid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
    assert.equal(random.hex(7).length, 7);
  });
});
