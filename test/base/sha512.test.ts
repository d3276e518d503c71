import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { sha512Of } from '../../src/base/sha512.ts';

describe('sha512', () => {
  for (const length of [0, 3, 111, 112, 127, 128, 300]) {
    it(`digests ${length} bytes, whole and cut to 384 bits`, () => {
      const bytes = Array.from({ length }, (_, i) => i % 251);
      for (const bits of [384, 512] as const) {
        assert.equal(sha512Of(bytes, bits), createHash(`sha${bits}`).update(Buffer.from(bytes)).digest('hex'));
      }
    });
  }
});
