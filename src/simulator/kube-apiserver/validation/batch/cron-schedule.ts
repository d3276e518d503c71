// Schedules of CronJobs as robfig/cron reads them (github.com/robfig/cron/v3 parser.go, ParseStandard; Kubernetes 1.36).
import { quote } from '../../../../api/go-text.ts';
import { isTimeZone } from '../../../../api/time-zones.ts';

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

const descriptors = new Set(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']);
const every = '@every ';

/** What unicode.IsSpace calls space. */
const space = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

/** A number, or why it is none. */
type Parsed = number | { readonly problem: string };

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

function rangeProblem(expression: string, of: Bounds): string | undefined {
  const [range = '', stepText, ...more] = expression.split('/');
  const [start, given] = limitsOf(range, expression, of);
  if (typeof start !== 'number') return start.problem;
  if (typeof given !== 'number') return given.problem;
  if (more.length) return `too many slashes: ${expression}`;
  const step = stepText === undefined ? 1 : parseNumber(stepText);
  if (typeof step !== 'number') return step.problem;
  const end = stepText !== undefined && !range.includes('-') ? of.maximum : given;
  if (start < of.minimum) {
    return `beginning of range (${start}) below minimum (${of.minimum}): ${expression}`;
  }
  if (end > of.maximum) return `end of range (${end}) above maximum (${of.maximum}): ${expression}`;
  if (start > end) return `beginning of range (${start}) beyond end of range (${end}): ${expression}`;
  return step === 0 ? `step of range should be a positive number: ${expression}` : undefined;
}

function descriptorProblem(descriptor: string): string | undefined {
  if (descriptors.has(descriptor)) return undefined;
  if (!descriptor.startsWith(every)) return `unrecognized descriptor: ${descriptor}`;
  const duration = descriptor.slice(every.length);
  const problem = durationProblem(duration);
  return problem === undefined ? undefined : `failed to parse duration ${duration}: ${problem}`;
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

/** Why the text is no schedule, in the parser's words; undefined if it is one. It is not empty. */
export function scheduleProblem(text: string): string | undefined {
  let rest = text;
  const zone = /^(?:CRON_)?TZ=([^ ]*)(.*)$/s.exec(text);
  if (zone) {
    const [, name = '', after = ''] = zone;
    // the parser cuts at a space that is not there, and the server tells of its panic
    if (after === '') return 'invalid schedule format: runtime error: slice bounds out of range [:-1]';
    if (name !== '' && name !== 'Local' && !isTimeZone(name)) {
      return `provided bad location ${name}: unknown time zone ${name}`;
    }
    rest = after.trim();
  }
  if (rest.startsWith('@')) return descriptorProblem(rest);
  const fields = rest.split(space).filter((field) => field !== '');
  if (fields.length !== bounds.length) {
    return `expected exactly ${bounds.length} fields, found ${fields.length}: [${fields.join(' ')}]`;
  }
  for (const [i, of] of bounds.entries()) {
    for (const expression of (fields[i] ?? '').split(',').filter((one) => one !== '')) {
      const problem = rangeProblem(expression, of);
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}
