// resource.Quantity of k8s.io/apimachinery/pkg/api/resource: exact amounts such as 100m, 1Gi and 1e3, and their canonical text.
// Nothing here is ever a floating point number until a caller asks for one.
import { remembering } from '../base/remembering.ts';

/** How an amount is written again: with the family of suffixes it came with. */
export type QuantityFormat = 'BinarySI' | 'DecimalSI' | 'DecimalExponent';

/** An amount: `mantissa` × 10^`scale`. Immutable. */
export interface Quantity {
  readonly mantissa: bigint;
  readonly scale: number;
  readonly format: QuantityFormat;
  /** The text as it was given, which Go keeps where it takes it for canonical (`1.500` too), else absent. */
  readonly text?: string;
  /** Whether Go holds it as a big decimal, because an int64 might not hold it. */
  readonly wide: boolean;
}

const wrongFormat = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const noDigits = 'unable to parse numeric part of quantity';
const wrongSuffix = "unable to parse quantity's suffix";

const shape = /^([+-]?)(0*)([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)$/;
const decimalSuffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const nano = -9;
const maxInt64 = 2n ** 63n - 1n;

/** What a suffix means: a power of ten or of two, and the format. */
interface Suffix {
  readonly base: 2 | 10;
  readonly exponent: number;
  readonly format: QuantityFormat;
}

const suffixes = new Map<string, Suffix>([
  ...binarySuffixes.map((text, i): [string, Suffix] => [text, { base: 2, exponent: 10 * i, format: 'BinarySI' }]),
  ...decimalSuffixes.map((text, i): [string, Suffix] => [
    text,
    { base: 10, exponent: 3 * (i - 3), format: 'DecimalSI' },
  ]),
]);

function suffixOf(text: string): Suffix | undefined {
  const known = suffixes.get(text);
  if (known) return known;
  if (!/^[eE][+-]?[0-9]+$/.test(text)) return undefined;
  const exponent = BigInt(text.slice(1).replace('+', ''));
  if (BigInt.asIntN(64, exponent) !== exponent) return undefined;
  return { base: 10, exponent: Number(BigInt.asIntN(32, exponent)), format: 'DecimalExponent' };
}

// strings.TrimSpace over the raw JSON: white space that JSON must escape is not trimmed.
const space = '[ \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000]+';
const surroundingSpace = new RegExp(`^${space}|${space}$`, 'g');

// The same few amounts are parsed again and again, by the scheduler above all.
/** The quantity, or the text of the error that Quantity.UnmarshalJSON gives. */
const parsedQuantity = remembering(1_000, (text) => parse(text.replace(surroundingSpace, '')));

function parse(text: string): Quantity | string {
  const match = text === '' ? null : shape.exec(text);
  if (!match) return wrongFormat;
  const [, sign = '', zeros = '', whole = '', fraction = '', suffixText = ''] = match;
  const suffix = suffixOf(suffixText);
  if (!suffix) return wrongSuffix;
  const digits = (whole || '0') + fraction;
  const magnitude = BigInt(digits);
  const negative = sign === '-';
  const { base, exponent, format } = suffix;
  const fast = fitsInt64(suffix, whole || '0', fraction);
  if (!fast && zeros + whole + fraction === '') return noDigits;
  if (!fast) return wideQuantity(negative, magnitude, fraction.length, suffix);
  const amount = base === 2 ? magnitude << BigInt(exponent) : magnitude;
  const scale = base === 2 ? 0 : exponent - fraction.length;
  const quantity = { mantissa: negative ? -amount : amount, scale, format, wide: false };
  const kept = base === 2 ? magnitude % 8n !== 0n : scale % 3 === 0 && !/000$|^0/.test(digits);
  return kept || text === '0' ? { ...quantity, text } : quantity;
}

/** Whether Go takes its int64 path: an estimate of the digits needed, as ParseQuantity makes it. */
function fitsInt64({ base, exponent }: Suffix, whole: string, fraction: string): boolean {
  if (base === 10) return whole.length + fraction.length <= 18 && exponent - fraction.length >= nano;
  return fraction === '' && 15 - whole.length - Math.floor((exponent * 3) / 10) - 1 >= 0;
}

/** The path for what might not fit an int64: rounded up to whole nanos, binary amounts capped at 2^63-1. */
function wideQuantity(negative: boolean, digits: bigint, places: number, suffix: Suffix): Quantity {
  const { base, exponent } = suffix;
  let mantissa = base === 2 ? digits << BigInt(exponent) : digits;
  let scale = (base === 10 ? exponent : 0) - places;
  let format = suffix.format;
  if (scale < nano) {
    mantissa = ceilDivideByPowerOfTen(mantissa, nano - scale);
    scale = nano;
  }
  if (base === 2) {
    const one = 10n ** BigInt(-scale);
    if (mantissa > maxInt64 * one) {
      mantissa = maxInt64;
      scale = 0;
    } else if (mantissa < one && mantissa > 0n) format = 'DecimalSI';
  }
  return { mantissa: negative ? -mantissa : mantissa, scale, format, wide: true };
}

/** Division of a natural number, rounded up; the power may be absurdly large. */
function ceilDivideByPowerOfTen(value: bigint, power: number): bigint {
  if (value === 0n) return 0n;
  if (power > String(value).length) return 1n;
  const divisor = 10n ** BigInt(power);
  return (value + divisor - 1n) / divisor;
}

/** A quantity as a manifest gives it (`"500m"`, `0.5`), or undefined if it is none. */
export function parseQuantity(value: string | number | bigint): Quantity | undefined {
  const result = parsedQuantity(String(value));
  return typeof result === 'string' ? undefined : result;
}

/** Why a JSON value is no quantity, in the words of Quantity.UnmarshalJSON; undefined if it is one (or null). */
export function quantityError(value: unknown): string | undefined {
  if (value === null) return undefined;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return wrongFormat;
  const result = parsedQuantity(String(value));
  return typeof result === 'string' ? result : undefined;
}

/** The amount in units of 10^`unit`, rounded away from zero, cut to the safe integers of JavaScript. */
function scaled({ mantissa, scale }: Quantity, unit: number): number {
  if (mantissa === 0n) return 0;
  const number = Number(mantissa);
  const shift = scale - unit;
  if (shift >= 0) return saturated(number * 10 ** Math.min(shift, 300));
  if (!Number.isSafeInteger(number) || shift < -15) {
    const magnitude = ceilDivideByPowerOfTen(mantissa < 0n ? -mantissa : mantissa, -shift);
    return saturated(Number(mantissa < 0n ? -magnitude : magnitude));
  }
  const divisor = 10 ** -shift;
  const rest = number % divisor;
  return (number - rest) / divisor + Math.sign(rest);
}

const saturated = (value: number) => Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value));

/** Quantity.MilliValue: thousandths (millicores of a cpu), rounded up. */
export function milliValue(quantity: Quantity): number {
  return scaled(quantity, -3);
}

/** Quantity.Value: whole units (bytes of memory), rounded up. */
export function value(quantity: Quantity): number {
  return scaled(quantity, 0);
}

/** Quantity.ScaledValue, in units of 10^`unit`, as an int64 holds it: of a wide amount that is too large the low bits are left, else nothing. */
export function int64Value({ mantissa, scale, wide }: Quantity, unit = 0): bigint {
  const shift = scale - unit;
  if (shift >= 0) {
    const whole = mantissa * 10n ** BigInt(Math.min(shift, 100));
    const low = BigInt.asIntN(64, whole);
    return wide || low === whole ? low : 0n;
  }
  const magnitude = ceilDivideByPowerOfTen(mantissa < 0n ? -mantissa : mantissa, -shift);
  return BigInt.asIntN(64, mantissa < 0n ? -magnitude : magnitude);
}

/** Quantity.Cmp: negative, zero or positive. */
export function compareQuantities(a: Quantity, b: Quantity): number {
  if (a.scale === b.scale) return order(a.mantissa, b.mantissa);
  const signs = order(a.mantissa, 0n) - order(b.mantissa, 0n);
  if (signs !== 0 || a.mantissa === 0n) return signs;
  // the number of digits decides, unless it is equal; so powers of ten stay small whatever the exponents
  const digits = digitsOf(a) - digitsOf(b);
  if (digits !== 0) return a.mantissa > 0n ? digits : -digits;
  const scale = Math.min(a.scale, b.scale);
  return order(atScale(a, scale), atScale(b, scale));
}

const order = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0);
const digitsOf = ({ mantissa, scale }: Quantity) => String(mantissa < 0n ? -mantissa : mantissa).length + scale;
const atScale = (quantity: Quantity, scale: number) => quantity.mantissa * 10n ** BigInt(quantity.scale - scale);

/** Beyond this many digits apart, the smaller of two amounts is nothing to the larger one. */
const farApart = 1000;

/** Quantity.Add: the sum, in the format of `a` (of `b` if `a` is zero). */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  const { format } = a.mantissa === 0n ? b : a;
  if (b.mantissa === 0n || a.scale - b.scale > farApart) return withoutText(a, format);
  if (a.mantissa === 0n || b.scale - a.scale > farApart) return withoutText(b, format);
  const scale = Math.min(a.scale, b.scale);
  const mantissa = atScale(a, scale) + atScale(b, scale);
  return { mantissa, scale, format, wide: a.wide || b.wide || BigInt.asIntN(64, mantissa) !== mantissa };
}

const withoutText = ({ mantissa, scale, wide }: Quantity, format: QuantityFormat): Quantity => ({
  mantissa,
  scale,
  format,
  wide,
});

/** The negative amount; with addQuantities it makes Quantity.Sub. */
export function negateQuantity(quantity: Quantity): Quantity {
  return { ...withoutText(quantity, quantity.format), mantissa: -quantity.mantissa };
}

/** Quantity.RoundUp: no finer than 10^`scale` (-3 for thousandths), rounded away from zero. */
export function roundUpQuantity(quantity: Quantity, scale: number): Quantity {
  const { mantissa, format, wide } = quantity;
  if (quantity.scale >= scale) return wide ? withoutText(quantity, format) : quantity;
  const magnitude = ceilDivideByPowerOfTen(mantissa < 0n ? -mantissa : mantissa, scale - quantity.scale);
  return { mantissa: mantissa < 0n ? -magnitude : magnitude, scale, format, wide };
}

/**
 * Quantity.String: the text as Go keeps it, else the canonical one (`1000m` is `1`, `0.5` is `500m`, `1024Ki` is `1Mi`).
 * Beyond `E` there is no suffix, and 1.36 then writes none: `1000E` is `1`.
 */
export function formatQuantity(quantity: Quantity): string {
  const { mantissa, scale, format, text } = quantity;
  if (text !== undefined) return text;
  if (mantissa === 0n) return '0';
  const whole = format === 'BinarySI' ? binaryWhole(mantissa, scale) : undefined;
  if (whole !== undefined) return binaryText(whole);
  return decimalText(mantissa, scale, format === 'DecimalExponent');
}

/** The whole number of an amount that is shown with binary suffixes: a fraction, or less than 1024, is shown as decimal. */
function binaryWhole(mantissa: bigint, scale: number): bigint | undefined {
  const unit = 10n ** BigInt(Math.abs(scale));
  if (scale < 0 && mantissa % unit !== 0n) return undefined;
  const whole = scale < 0 ? mantissa / unit : mantissa * unit;
  return whole > -1024n && whole < 1024n ? undefined : whole;
}

function binaryText(whole: bigint): string {
  let amount = whole;
  let power = 0;
  while (amount % 1024n === 0n) {
    amount /= 1024n;
    power++;
  }
  return `${amount}${binarySuffixes[power] ?? ''}`;
}

function decimalText(mantissa: bigint, scale: number, exponential: boolean): string {
  let amount = mantissa;
  let exponent = scale;
  while (amount % 10n === 0n) {
    amount /= 10n;
    exponent++;
  }
  for (; exponent % 3 !== 0; exponent--) amount *= 10n;
  if (exponential) return exponent === 0 ? String(amount) : `${amount}e${exponent}`;
  return `${amount}${decimalSuffixes[exponent / 3 + 3] ?? ''}`;
}
