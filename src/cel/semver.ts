// Kubernetes' CEL functions about semantic versions (k8s.io/apiserver/pkg/cel/library/semverlib.go; github.com/blang/semver).
import type { Environment } from '@marcbachmann/cel-js';
import { compareBytes } from '../base/order.ts';
import { CelError } from './error.ts';

type Numbers = readonly [major: bigint, minor: bigint, patch: bigint];

const maxUint64 = 2n ** 64n - 1n;
const isNumeric = (text: string) => /^\d+$/.test(text);
const isLeadingZero = (text: string) => text.length > 1 && text.startsWith('0');
const isWord = (text: string) => /^[0-9A-Za-z-]*$/.test(text);

/** kubernetes.Semver. What is built (`+…`) never counts in comparisons. */
export class CelSemver {
  readonly numbers: Numbers;
  readonly prerelease: readonly string[];

  private constructor(numbers: Numbers, prerelease: readonly string[]) {
    this.numbers = numbers;
    this.prerelease = prerelease;
  }

  /** semver.Parse. Throws a CelError with its text. */
  static parse(text: string): CelSemver {
    if (text === '') throw new CelError('Version string empty');
    const [major, minor, rest] = atMostThree(text);
    if (major === undefined || minor === undefined || rest === undefined) {
      throw new CelError('No Major.Minor.Patch elements found');
    }
    const first = numberOf('Major', major);
    const second = numberOf('Minor', minor);
    const [withPrerelease = '', ...build] = cutAt(rest, '+');
    const [patch = '', ...prerelease] = cutAt(withPrerelease, '-');
    const numbers: Numbers = [first, second, numberOf('Patch', patch)];
    const parts = prerelease.flatMap((part) => part.split('.'));
    parts.forEach(checkPrerelease);
    for (const part of build.flatMap((one) => one.split('.'))) checkBuild(part);
    return new CelSemver(numbers, parts);
  }

  /** Negative, zero or positive, by the rules of semver.org. */
  compareTo(other: CelSemver): number {
    for (const [i, number] of this.numbers.entries()) {
      const against = other.numbers[i] ?? 0n;
      if (number !== against) return number < against ? -1 : 1;
    }
    return comparePrereleases(this.prerelease, other.prerelease);
  }
}

/** strings.SplitN(text, ".", 3). */
function atMostThree(text: string): readonly string[] {
  const parts = text.split('.');
  return parts.length > 3 ? [...parts.slice(0, 2), parts.slice(2).join('.')] : parts;
}

function cutAt(text: string, mark: string): readonly string[] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function numberOf(which: string, text: string): bigint {
  const quoted = JSON.stringify(text);
  if (text !== '' && !isNumeric(text)) {
    throw new CelError(`Invalid character(s) found in ${which.toLowerCase()} number ${quoted}`);
  }
  if (isLeadingZero(text)) throw new CelError(`${which} number must not contain leading zeroes ${quoted}`);
  if (text === '') throw new CelError(`strconv.ParseUint: parsing ${quoted}: invalid syntax`);
  const number = BigInt(text);
  if (number > maxUint64) throw new CelError(`strconv.ParseUint: parsing ${quoted}: value out of range`);
  return number;
}

function checkPrerelease(part: string): void {
  if (part === '') throw new CelError('Prerelease is empty');
  const quoted = JSON.stringify(part);
  if (isNumeric(part) && isLeadingZero(part)) {
    throw new CelError(`Numeric PreRelease version must not contain leading zeroes ${quoted}`);
  }
  if (!isWord(part)) throw new CelError(`Invalid character(s) found in prerelease ${quoted}`);
}

function checkBuild(part: string): void {
  if (part === '') throw new CelError('Build meta data is empty');
  if (!isWord(part)) throw new CelError(`Invalid character(s) found in build meta data ${JSON.stringify(part)}`);
}

/** A version without a prerelease comes after all that have one; numbers come before words. */
function comparePrereleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return Math.sign(b.length - a.length);
  for (const [i, part] of a.entries()) {
    const against = b[i];
    if (against === undefined) return 1;
    if (part === against) continue;
    if (isNumeric(part) && isNumeric(against)) return BigInt(part) < BigInt(against) ? -1 : 1;
    if (isNumeric(part) !== isNumeric(against)) return isNumeric(part) ? -1 : 1;
    return Math.sign(compareBytes(part, against));
  }
  return a.length < b.length ? -1 : 0;
}

/** normalizeAndParse: without a leading `v` and leading zeros, with what is missing of three numbers as 0. */
function normalized(text: string): string {
  const parts = atMostThree(text.replace(/^v/, '')).map(withoutZeros);
  if (parts.length < 3 && /[+-]/.test(parts.at(-1) ?? '')) {
    throw new CelError('short version cannot contain PreRelease/Build meta data');
  }
  while (parts.length < 3) parts.push('0');
  return parts.join('.');
}

function withoutZeros(part: string): string {
  if (part.length <= 1) return part;
  const trimmed = part.replace(/^0+/, '');
  return /^\d/.test(trimmed) ? trimmed : `0${trimmed}`;
}

const semver = (text: string, isLenient = false) => CelSemver.parse(isLenient ? normalized(text) : text);

function isSemver(text: string, isLenient = false): boolean {
  try {
    semver(text, isLenient);
    return true;
  } catch (error) {
    if (error instanceof CelError) return false;
    throw error;
  }
}

/** Adds the type and its functions. */
export function addSemverLibrary(environment: Environment): void {
  const type = 'kubernetes.Semver';
  environment
    .registerType(type, { ctor: CelSemver, fields: {} })
    .registerFunction(`semver(string): ${type}`, (text: string) => semver(text))
    .registerFunction(`semver(string, bool): ${type}`, semver)
    .registerFunction('isSemver(string): bool', (text: string) => isSemver(text))
    .registerFunction('isSemver(string, bool): bool', isSemver)
    .registerFunction(`${type}.isGreaterThan(${type}): bool`, (a: CelSemver, b: CelSemver) => a.compareTo(b) > 0)
    .registerFunction(`${type}.isLessThan(${type}): bool`, (a: CelSemver, b: CelSemver) => a.compareTo(b) < 0)
    .registerFunction(`${type}.compareTo(${type}): int`, (a: CelSemver, b: CelSemver) => BigInt(a.compareTo(b)))
    .registerFunction(`${type}.major(): int`, ({ numbers: [major] }: CelSemver) => major)
    .registerFunction(`${type}.minor(): int`, ({ numbers: [, minor] }: CelSemver) => minor)
    .registerFunction(`${type}.patch(): int`, ({ numbers: [, , patch] }: CelSemver) => patch)
    .registerOperator(`${type} == ${type}`, (a: CelSemver, b: CelSemver) => a.compareTo(b) === 0);
}
