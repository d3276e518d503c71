// metav1.Time and MicroTime as text: what time.Parse accepts and says, and how the server writes it again (UTC; whole seconds,
// or six digits). The zero time is `null`.
import { utf8Of } from './go-text.ts';

interface Precision {
  readonly layout: string;
  /** Digits of the fraction that must be there, and that are written. */
  readonly digits: 0 | 6;
}

export const wholeSeconds: Precision = { layout: '2006-01-02T15:04:05Z07:00', digits: 0 };
export const microseconds: Precision = { layout: '2006-01-02T15:04:05.000000Z07:00', digits: 6 };

/** The time as the server writes it (null for the zero time), or the text of time.Parse's error. */
export type ParsedTime = { readonly text: string | null } | { readonly error: string };

/** One element of the layout: the pattern at its place, and what its number may be. */
interface Element {
  readonly layout: string;
  readonly pattern: RegExp;
  readonly range?: readonly [name: string, minimum: number, maximum: number];
}

const elements: readonly Element[] = [
  { layout: '2006', pattern: /^\d\d\d\d/ },
  { layout: '-', pattern: /^-/ },
  { layout: '01', pattern: /^\d\d/, range: ['month', 1, 12] },
  { layout: '-', pattern: /^-/ },
  { layout: '02', pattern: /^\d\d/ },
  { layout: 'T', pattern: /^T/ },
  { layout: '15', pattern: /^\d\d?/, range: ['hour', 0, 23] },
  { layout: ':', pattern: /^:/ },
  { layout: '04', pattern: /^\d\d/, range: ['minute', 0, 59] },
  { layout: ':', pattern: /^:/ },
  { layout: '05', pattern: /^\d\d/, range: ['second', 0, 59] },
];

/** Reads an RFC 3339 time as time.Parse does, with its leniency (one digit for the hour, a comma before the fraction). */
export function parseGoTime(text: string, precision: Precision): ParsedTime {
  const failed = (message: string) => ({ error: `parsing time ${quoteTime(text)}${message}` });
  const cannot = (rest: string, layout: string) =>
    failed(` as ${quoteTime(precision.layout)}: cannot parse ${quoteTime(rest)} as ${quoteTime(layout)}`);
  const numbers: number[] = [];
  let rest = text;
  for (const { layout, pattern, range } of elements) {
    const found = pattern.exec(rest)?.[0];
    if (found === undefined) return cannot(rest, layout);
    rest = rest.slice(found.length);
    if (/\d/.test(found)) numbers.push(Number(found));
    const number = Number(found);
    if (range && (number < range[1] || number > range[2])) return failed(`: ${range[0]} out of range`);
  }
  const fraction = fractionOf(rest, precision.digits);
  if (fraction === undefined) return cannot(rest, `.${'0'.repeat(precision.digits)}`);
  rest = rest.slice(fraction.length);
  const zone = /^(?:Z|([+-])(\d\d):(\d\d))/.exec(rest);
  if (!zone) return cannot(rest, 'Z07:00');
  const [all, sign, hours = '0', minutes = '0'] = zone;
  if (Number(hours) > 24) return failed(': time zone offset hour out of range');
  if (Number(minutes) > 60) return failed(': time zone offset minute out of range');
  if (rest.length > all.length) return failed(`: extra text: ${quoteTime(rest.slice(all.length))}`);
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = numbers;
  if (day < 1 || day > daysIn(month, year)) return failed(': day out of range');
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  const date = shifted({ year, month, day }, hour * 60 + minute - offset);
  return { text: written(date, second, fraction.slice(1), precision.digits) };
}

/** The fraction with its point, or empty; undefined if the layout asks for digits that are not there. */
function fractionOf(rest: string, digits: number): string | undefined {
  const found = /^[.,]\d+/.exec(rest)?.[0] ?? '';
  if (digits === 0) return found;
  return found.length > digits ? found.slice(0, digits + 1) : undefined;
}

interface CalendarMinute {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly minute: number;
}

/** The date and the minute of its day, when `minute` lies at most a few days before or after it. */
function shifted({ year, month, day }: Omit<CalendarMinute, 'minute'>, minute: number): CalendarMinute {
  if (minute < 0) {
    if (day > 1) return shifted({ year, month, day: day - 1 }, minute + 1440);
    const before = month > 1 ? { year, month: month - 1 } : { year: year - 1, month: 12 };
    return shifted({ ...before, day: daysIn(before.month, before.year) }, minute + 1440);
  }
  if (minute < 1440) return { year, month, day, minute };
  if (day < daysIn(month, year)) return shifted({ year, month, day: day + 1 }, minute - 1440);
  return shifted(month < 12 ? { year, month: month + 1, day: 1 } : { year: year + 1, month: 1, day: 1 }, minute - 1440);
}

function daysIn(month: number, year: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function written({ year, month, day, minute }: CalendarMinute, second: number, fraction: string, digits: number) {
  const zero = year === 1 && month === 1 && day === 1 && minute === 0 && second === 0 && Number(fraction) === 0;
  if (zero) return null;
  const pad = (value: number, width = 2) => String(value).padStart(width, '0');
  const date = `${pad(year, 4)}-${pad(month)}-${pad(day)}T${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
  return `${date}:${pad(second)}${digits ? `.${fraction}` : ''}Z`;
}

/** Quoted as package time quotes: what is not printable ASCII is shown byte by byte. */
function quoteTime(text: string): string {
  const inner = text.replace(/["\\]|[^ -~]/gu, (character) => {
    if (character === '"' || character === '\\') return `\\${character}`;
    return utf8Of(character.codePointAt(0) ?? 0)
      .map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`)
      .join('');
  });
  return `"${inner}"`;
}
