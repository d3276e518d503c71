import assert from 'node:assert/strict';
import { formatGoDuration } from '../../../src/simulator/kubelet/go-duration.ts';

describe('formatGoDuration', () => {
  const rows: [number, string][] = [
    [0, '0s'],
    [0.4, '0s'],
    [812, '812ms'],
    [4000, '4s'],
    [4012, '4.012s'],
    [60_000, '1m0s'],
    [90_500, '1m30.5s'],
    [3_600_000, '1h0m0s'],
  ];
  for (const [milliseconds, text] of rows) {
    it(`${milliseconds} ms is ${text}`, () => assert.equal(formatGoDuration(milliseconds), text));
  }
});
