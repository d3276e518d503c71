// Schedules of CronJobs as robfig/cron reads them (github.com/robfig/cron/v3 parser.go, ParseStandard; Kubernetes 1.36).
import { quote } from './go-text.ts';
import { isTimeZone } from './time-zones.ts';

/** When something is to be done. The zone is undefined where the text names none. */
export interface CronSchedule {
  readonly zone: string | undefined;
  /** Every so many seconds; or at the minutes that suit all five fields. */
  readonly times: { readonly everySeconds: number } | CronFields;
}

export interface CronFields {
  readonly minutes: CronField;
  readonly hours: CronField;
  readonly dates: CronField;
  readonly months: CronField;
  /** From Sunday, 0, on. */
  readonly weekdays: CronField;
}

export interface CronField {
  readonly values: ReadonlySet<number>;
  /** It says `*`: of dates and weekdays the other one decides. */
  readonly any: boolean;
}

interface Problem {
  readonly problem: string;
}

/** What one of the five fields may hold. */
interface Bounds {
  readonly minimum: number;
  readonly maximum: number;
  readonly names?: readonly string[];
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const bounds: readonly Bounds[] = [
  { minimum: 0, maximum: 59 },
  { minimum: 0, maximum: 23 },
  { minimum: 1, maximum: 31 },
  { minimum: 1, maximum: 12, names: months },
  { minimum: 0, maximum: 6, names: days },
];

const descriptors: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};
const every = '@every ';

/** What unicode.IsSpace calls space. */
const space = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

/** A number, or why it is none. */
type Parsed = number | Problem;

function parseNumber(text: string): Parsed {
  if (!/^[+-]?\d+$/.test(text)) {
    return { problem: `failed to parse int from ${text}: strconv.Atoi: parsing ${quote(text)}: invalid syntax` };
  }
  const value = Number(text);
  if (!Number.isSafeInteger(value)) {
    return { problem: `failed to parse int from ${text}: strconv.Atoi: parsing ${quote(text)}: value out of range` };
  }
  return value < 0 ? { problem: `negative number (${value}) not allowed: ${text}` } : value;
}

function parseNumberOrName(text: string, { names, minimum }: Bounds): Parsed {
  const named = names?.indexOf(text.toLowerCase()) ?? -1;
  return named < 0 ? parseNumber(text) : named + minimum;
}

/** Where a range begins and ends, or why it is none. */
function limitsOf(range: string, expression: string, of: Bounds): readonly [Parsed, Parsed] {
  const [low = '', high, ...more] = range.split('-');
  if (low === '*' || low === '?') return [of.minimum, of.maximum];
  const start = parseNumberOrName(low, of);
  if (typeof start !== 'number' || high === undefined) return [start, start];
  if (more.length) return [{ problem: `too many hyphens: ${expression}` }, 0];
  return [start, parseNumberOrName(high, of)];
}

/** The values of a range, or why it is none. */
function parseRange(expression: string, of: Bounds): CronField | Problem {
  const [range = '', stepText, ...more] = expression.split('/');
  const [start, given] = limitsOf(range, expression, of);
  if (typeof start !== 'number') return start;
  if (typeof given !== 'number') return given;
  if (more.length) return { problem: `too many slashes: ${expression}` };
  const step = stepText === undefined ? 1 : parseNumber(stepText);
  if (typeof step !== 'number') return step;
  const end = stepText !== undefined && !range.includes('-') ? of.maximum : given;
  if (start < of.minimum) {
    return { problem: `beginning of range (${start}) below minimum (${of.minimum}): ${expression}` };
  }
  if (end > of.maximum) return { problem: `end of range (${end}) above maximum (${of.maximum}): ${expression}` };
  if (start > end) return { problem: `beginning of range (${start}) beyond end of range (${end}): ${expression}` };
  if (step === 0) return { problem: `step of range should be a positive number: ${expression}` };
  const values = new Set<number>();
  for (let value = start; value <= end; value += step) values.add(value);
  return { values, any: /^[*?]/.test(range) && step === 1 };
}

function parseField(text: string, of: Bounds): CronField | Problem {
  const values = new Set<number>();
  let any = false;
  for (const expression of text.split(',').filter((one) => one !== '')) {
    const range = parseRange(expression, of);
    if ('problem' in range) return range;
    for (const value of range.values) values.add(value);
    any ||= range.any;
  }
  return { values, any };
}

function parseEvery(duration: string): CronSchedule['times'] | Problem {
  const problem = durationProblem(duration);
  if (problem !== undefined) return { problem: `failed to parse duration ${duration}: ${problem}` };
  return { everySeconds: Math.max(1, Math.floor(secondsOf(duration))) };
}

const unitSeconds: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

function secondsOf(duration: string): number {
  const parts = [...duration.replaceAll(/[µμ]s/g, 'us').matchAll(/([\d.]+)([a-z]+)/g)];
  const seconds = parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (unitSeconds[unit] ?? 0), 0);
  return duration.startsWith('-') ? -seconds : seconds;
}

/** time.ParseDuration, but for amounts that are too large. */
function durationProblem(text: string): string | undefined {
  const rest = text.replace(/^[+-]/, '');
  if (rest === '0') return undefined;
  const invalid = `time: invalid duration ${quote(text)}`;
  if (rest === '') return invalid;
  const parts = /^(?:(?:\d+\.?\d*|\.\d+)(?:[^\d.]+))+$/;
  if (!parts.test(rest))
    return /^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))*(?:\d+\.?\d*|\.\d+)$/.test(rest)
      ? `time: missing unit in duration ${quote(text)}`
      : invalid;
  for (const [, unit = ''] of rest.matchAll(/[\d.]+([^\d.]+)/g)) {
    if (!/^(?:ns|us|µs|μs|ms|s|m|h)$/.test(unit)) {
      return `time: unknown unit ${quote(unit)} in duration ${quote(text)}`;
    }
  }
  return undefined;
}

/** The schedule that the text says, or why it is none, in the parser's words. The text is not empty. */
export function parseCronSchedule(text: string): CronSchedule | Problem {
  const [, name, after = ''] = /^(?:CRON_)?TZ=([^ ]*)(.*)$/s.exec(text) ?? [];
  if (name !== undefined) {
    // the parser cuts at a space that is not there, and the server tells of its panic
    if (after === '') return { problem: 'invalid schedule format: runtime error: slice bounds out of range [:-1]' };
    if (name !== '' && name !== 'Local' && !isTimeZone(name)) {
      return { problem: `provided bad location ${name}: unknown time zone ${name}` };
    }
  }
  const times = parseTimes(name === undefined ? text : after.trim());
  return 'problem' in times ? times : { zone: name, times };
}

function parseTimes(text: string): CronSchedule['times'] | Problem {
  if (text.startsWith(every)) return parseEvery(text.slice(every.length));
  const known = text.startsWith('@') ? descriptors[text] : text;
  if (known === undefined) return { problem: `unrecognized descriptor: ${text}` };
  const texts = known.split(space).filter((field) => field !== '');
  if (texts.length !== bounds.length) {
    return { problem: `expected exactly ${bounds.length} fields, found ${texts.length}: [${texts.join(' ')}]` };
  }
  const fields: CronField[] = [];
  for (const [i, of] of bounds.entries()) {
    const field = parseField(texts[i] ?? '', of);
    if ('problem' in field) return field;
    fields.push(field);
  }
  const [minutes, hours, dates, months, weekdays] = fields as [CronField, CronField, CronField, CronField, CronField];
  return { minutes, hours, dates, months, weekdays };
}
