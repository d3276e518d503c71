import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatMicroTime, formatTime, parseTime } from '../../../src/simulator/kernel/time.ts';

describe('virtual time', () => {
  it('begins on 1 January 2026', () => {
    assert.equal(formatTime(0), '2026-01-01T00:00:00Z');
    assert.equal(formatTime(61_999), '2026-01-01T00:01:01Z');
    assert.equal(formatMicroTime(1_234.5), '2026-01-01T00:00:01.234500Z');
    assert.equal(formatTime(59 * 86_400_000), '2026-03-01T00:00:00Z');
  });

  it('agrees with the calendar at any moment', () => {
    fc.assert(
      fc.property(fc.integer({ min: -3e12, max: 3e12 }), (now) => {
        const expected = new Date(Date.UTC(2026, 0, 1) + now).toISOString();
        assert.equal(formatTime(now), `${expected.slice(0, 19)}Z`);
        assert.equal(parseTime(expected), now);
      }),
    );
  });

  it('reads zones and refuses what is no time', () => {
    assert.equal(parseTime('2026-01-01T02:00:00+02:00'), 0);
    assert.equal(parseTime('2025-12-31T23:00:00-01:30'), 1_800_000);
    assert.equal(parseTime('tomorrow'), undefined);
  });
});
