import assert from 'node:assert/strict';
import { durationText, milliseconds } from '../../../../src/simulator/kube-scheduler/configuration/durations.ts';

describe('durations of the configuration', () => {
  const rows: [text: string, milliseconds: number, printed: string][] = [
    ['0', 0, '0s'],
    ['15s', 15_000, '15s'],
    ['-90s', -90_000, '-1m30s'],
    ['3700s', 3_700_000, '1h1m40s'],
    ['1h', 3_600_000, '1h0m0s'],
    ['1.5s', 1500, '1.5s'],
    ['1500us', 1.5, '1.5ms'],
    ['+20ns', 2e-5, '20ns'],
    ['2us', 2e-3, '2µs'],
  ];
  for (const [text, expected, printed] of rows) {
    it(`${text} is printed as ${printed}`, () => {
      assert.ok(Math.abs(milliseconds(text) - expected) < 1e-9);
      assert.equal(durationText(text), printed);
    });
  }
});
