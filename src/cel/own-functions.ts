// Functions that the library has too, but not as cel-go: an overload cannot be replaced, so ours go by other names.
import type { Environment } from '@marcbachmann/cel-js';
import { formatFloat } from '../api/go-text.ts';
import { goPattern } from '../base/go-pattern.ts';
import { CelDoubt, CelError } from './error.ts';
import { addTimeFunctions, durationText, timestampParts, timestampText, type CelTimestamp } from './times.ts';
import { literals } from './tokens.ts';

const replaced = [
  ...['indexOf', 'lastIndexOf', 'lowerAscii', 'matches', 'string', 'substring', 'upperAscii'],
  ...timestampParts,
];
const tokens = new RegExp(`${literals}|(?<!\\w)(?:${replaced.join('|')})(?=\\s*\\()`, 'g');

/** What stands before the name of a function of the library in that of ours. */
const mark = '_k_';

/** What a function of ours has to be called where the library has one of that name. */
export const ownName = (name: string): string => (replaced.includes(name) ? `${mark}${name}` : name);

/** The expression with our functions in place of the library's. */
export function withOwnFunctions(expression: string): string {
  return expression.replace(tokens, ownName);
}

/** A text of the library's about an expression, in the names that were written. */
export const withoutOwnFunctions = (text: string): string => text.replaceAll(mark, '');

/** A pattern of Go's. Throws a CelDoubt if it is none, or one that cannot be rewritten. */
export function patternOf(text: string): RegExp {
  const pattern = goPattern(text);
  if (!pattern) throw new CelDoubt(`the pattern ${text} cannot be followed`);
  return pattern;
}

/** A text by its characters, which cel-go counts. */
class Characters {
  readonly text: string;
  readonly all: readonly string[];

  constructor(text: string) {
    this.text = text;
    this.all = Array.from(text);
  }

  /** The index of a character in UTF-16. */
  unitOf(index: number): number {
    return this.all.slice(0, index).join('').length;
  }

  indexOfUnit(unit: number): bigint {
    return unit < 0 ? -1n : BigInt(Array.from(this.text.slice(0, unit)).length);
  }

  /** Throws for an index that is less than 0; undefined for one that is too large. */
  at(index: bigint): number | undefined {
    if (index < 0n) throw outOfRange(index);
    return index < BigInt(this.all.length) ? this.unitOf(Number(index)) : undefined;
  }
}

const outOfRange = (index: bigint) => new CelError(`index out of range: ${index}`);

function indexOf(text: string, part: string, from = 0n): bigint {
  if (part === '') return from;
  const characters = new Characters(text);
  const start = characters.at(from);
  return start === undefined ? -1n : characters.indexOfUnit(text.indexOf(part, start));
}

function lastIndexOf(text: string, part: string, from?: bigint): bigint {
  const characters = new Characters(text);
  const length = BigInt(characters.all.length);
  if (part === '') return from ?? length;
  if (from === undefined) return characters.indexOfUnit(text.lastIndexOf(part));
  const start = characters.at(from);
  return start === undefined ? -1n : characters.indexOfUnit(text.lastIndexOf(part, start));
}

function substring(text: string, start: bigint, end?: bigint): string {
  const { all } = new Characters(text);
  if (end !== undefined && start > end) {
    throw new CelError(`invalid substring range. start: ${start}, end: ${end}`);
  }
  for (const index of [start, end ?? start]) if (index < 0n || index > BigInt(all.length)) throw outOfRange(index);
  return all.slice(Number(start), end === undefined ? undefined : Number(end)).join('');
}

/** `string()` of a double: `%g`. */
export function doubleText(value: number): string {
  if (Number.isFinite(value)) return formatFloat(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}

export function bytesText(bytes: Uint8Array): string {
  try {
    return decodeURIComponent(Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
  } catch {
    throw new CelError('invalid UTF-8 in bytes, cannot convert to string');
  }
}

export function addOwnFunctions(environment: Environment): void {
  const method = (name: string) => `string.${mark}${name}`;
  const string = (type: string) => `${mark}string(${type}): string`;
  environment
    .registerFunction(`${method('matches')}(string): bool`, (text: string, by: string) => patternOf(by).test(text))
    .registerFunction(`${method('indexOf')}(string): int`, (text: string, part: string) => indexOf(text, part))
    .registerFunction(`${method('indexOf')}(string, int): int`, indexOf)
    .registerFunction(`${method('lastIndexOf')}(string): int`, (text: string, part: string) => lastIndexOf(text, part))
    .registerFunction(`${method('lastIndexOf')}(string, int): int`, lastIndexOf)
    .registerFunction(`${method('substring')}(int): string`, (text: string, start: bigint) => substring(text, start))
    .registerFunction(`${method('substring')}(int, int): string`, substring)
    .registerFunction(`${method('lowerAscii')}(): string`, (text: string) =>
      text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()),
    )
    .registerFunction(`${method('upperAscii')}(): string`, (text: string) =>
      text.replace(/[a-z]+/g, (letters) => letters.toUpperCase()),
    )
    .registerFunction(string('double'), doubleText)
    .registerFunction(string('google.protobuf.Timestamp'), timestampText)
    .registerFunction(string('google.protobuf.Duration'), durationText)
    .registerFunction(string('bytes'), bytesText)
    .registerFunction('int(google.protobuf.Timestamp): int', (time: CelTimestamp) =>
      BigInt(Math.floor(time.getTime() / 1000)),
    );
  addTimeFunctions(environment, mark);
  for (const type of ['string', 'bool', 'int', 'uint', 'net.IP', 'net.CIDR']) {
    environment.registerFunction(string(type), String);
  }
}
