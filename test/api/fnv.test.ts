import assert from 'node:assert/strict';
import { FixedText, fnv1a, fnvBasis } from '../../src/api/fnv.ts';

describe('FNV', () => {
  it('is as hash/fnv has it', () => {
    assert.equal(fnv1a('foobar', fnvBasis) >>> 0, 0xbf9cf968);
  });

  it('adds a fixed text to a sum as it adds any other, the first time and later', () => {
    for (const text of ['', 'x', 'DNSPolicy:(v1.DNSPolicy) NodeSelector:(map[string]string)<nil>']) {
      const fixed = new FixedText(text);
      for (let i = 0; i < 2000; i++) {
        const sum = Math.imul(i, 0x9e3779b1);
        assert.equal(fixed.addTo(sum), fnv1a(text, sum));
      }
    }
  });
});
