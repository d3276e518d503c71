import assert from 'node:assert/strict';
import fc from 'fast-check';
import { microseconds, parseGoTime, wholeSeconds } from '../../src/api/time.ts';

describe('time', () => {
  const seconds = (text: string) => parseGoTime(text, wholeSeconds);
  const accepted: [string, string | null][] = [
    ['2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z'],
    ['2024-03-01T00:30:00+01:00', '2024-02-29T23:30:00Z'],
    ['2023-12-31T23:30:00-01:00', '2024-01-01T00:30:00Z'],
    ['2024-01-01T1:00:00+02:00', '2023-12-31T23:00:00Z'],
    ['2024-01-01T00:00:00.999Z', '2024-01-01T00:00:00Z'],
    ['2024-01-01T00:00:00,5Z', '2024-01-01T00:00:00Z'],
    ['0001-01-01T00:00:00Z', null],
  ];
  for (const [text, written] of accepted) it(text, () => assert.deepEqual(seconds(text), { text: written }));

  const refused: [text: string, rest: string][] = [
    ['tomorrow', ' as "2006-01-02T15:04:05Z07:00": cannot parse "tomorrow" as "2006"'],
    ['2024-01-01', ' as "2006-01-02T15:04:05Z07:00": cannot parse "" as "T"'],
    ['2024-1-01T00:00:00Z', ' as "2006-01-02T15:04:05Z07:00": cannot parse "1-01T00:00:00Z" as "01"'],
    ['2024-01-01T00:00:00', ' as "2006-01-02T15:04:05Z07:00": cannot parse "" as "Z07:00"'],
    ['2024-13-01T00:00:00Z', ': month out of range'],
    ['2023-02-29T00:00:00Z', ': day out of range'],
    ['2024-04-31T00:00:00Z', ': day out of range'],
    ['2024-01-01T24:00:00Z', ': hour out of range'],
    ['2024-01-01T00:60:00Z', ': minute out of range'],
    ['2024-01-01T00:00:60Z', ': second out of range'],
    ['2024-01-01T00:00:00+25:00', ': time zone offset hour out of range'],
    ['2024-01-01T00:00:00+00:61', ': time zone offset minute out of range'],
    ['2024-01-01T00:00:00Z ', ': extra text: " "'],
  ];
  for (const [text, rest] of refused) {
    it(`${text} is refused`, () => assert.deepEqual(seconds(text), { error: `parsing time "${text}"${rest}` }));
  }

  it('shows what is not ASCII byte by byte', () => {
    const { error } = seconds('é"') as { error: string };
    assert.match(error, /^parsing time "\\xc3\\xa9\\"" as /);
  });

  it('asks six digits of a MicroTime', () => {
    const text = '2024-01-01T00:00:00.1234567+01:00';
    assert.match((parseGoTime(text, microseconds) as { error: string }).error, /cannot parse "7\+01:00" as "Z07:00"$/);
    assert.deepEqual(parseGoTime('2024-01-01T00:00:00.123456+01:00', microseconds), {
      text: '2023-12-31T23:00:00.123456Z',
    });
    const none = parseGoTime('2024-01-01T00:00:00Z', microseconds) as { error: string };
    assert.match(none.error, /as "2006-01-02T15:04:05\.000000Z07:00": cannot parse "Z" as "\.000000"$/);
  });

  it('law: a date with an offset is the same moment in UTC', () => {
    const two = (value: number) => String(value).padStart(2, '0');
    const dates = fc.date({
      min: new Date('1000-01-01T00:00:00Z'),
      max: new Date('9990-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(dates, fc.integer({ min: -1439, max: 1439 }), (date, offset) => {
        const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 19);
        const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
        assert.deepEqual(seconds(local + zone), { text: `${date.toISOString().slice(0, 19)}Z` });
      }),
    );
  });
});
