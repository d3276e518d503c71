// What a scalar means to kubectl. Neither YAML library has these rules: they are those of go.yaml.in/yaml/v2 as sigs.k8s.io/yaml uses it,
// mostly YAML 1.1 (yes, 017, 1_000) with some of 1.2 (0o17) and without sexagesimal numbers and dates.

import { decodeUtf8 } from './decode-text.ts';

/** A scalar with its Go type. Integers that a double cannot hold are bigint; `uint` is one above the largest int64. */
export type ScalarValue =
  | { readonly type: 'null'; readonly value: null }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'int' | 'uint'; readonly value: number | bigint }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'string'; readonly value: string };

/** The short names of YAML's own tags that a scalar's text can be checked against. */
type CoreType = 'null' | 'bool' | 'int' | 'float' | 'str' | 'timestamp';

const yamlTagPrefix = 'tag:yaml.org,2002:';
const nullValue: ScalarValue = { type: 'null', value: null };
const trueValue: ScalarValue = { type: 'bool', value: true };
const falseValue: ScalarValue = { type: 'bool', value: false };

const named = new Map<string, ScalarValue>([
  ...['', '~', 'null', 'Null', 'NULL'].map((text) => [text, nullValue] as const),
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(
    (text) => [text, trueValue] as const,
  ),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (text) => [text, falseValue] as const,
  ),
  ...['.nan', '.NaN', '.NAN'].map((text) => [text, { type: 'float', value: NaN }] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(
    (text) => [text, { type: 'float', value: Infinity }] as const,
  ),
  ...['-.inf', '-.Inf', '-.INF'].map((text) => [text, { type: 'float', value: -Infinity }] as const),
]);
const longestName = 5;

const decimalInteger = /^[-+]?(?:0|[1-9][0-9]*)$/;
const prefixedInteger = /^([-+]?)0(?:[xX]([0-9a-fA-F]+)|[bB]([01]+)|[oO]([0-7]+)|([0-7]+))$/;
const signedBinary = /^0b([-+][01]+)$/;
const decimalFloat = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const dotFloat = /^\.[0-9]+(?:[eE][-+]?[0-9]+)?$/;
const clock = '[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:[.,][0-9]+)?';
const timestamp = new RegExp(`^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[tT]${clock}(?:Z|[-+][0-9]{2}:[0-9]{2})| ${clock})?$`);

const int64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };
const uint64Max = 2n ** 64n - 1n;

/** The value of a plain scalar without a tag. */
export function resolvePlain(text: string): ScalarValue {
  if (text.length <= longestName) {
    const value = named.get(text);
    if (value) return value;
  }
  const first = text.charCodeAt(0);
  // Only what begins with a digit, a sign or a dot can still be a number.
  if (first >= 0x30 && first <= 0x39) return resolveNumber(text);
  if (first === 0x2b || first === 0x2d) return resolveNumber(text);
  if (first === 0x2e && dotFloat.test(text)) return floatOr(text, Number(text));
  return { type: 'string', value: text };
}

/**
 * The value of a scalar with a tag (`tag:yaml.org,2002:int`), or a problem as the decoder phrases it.
 * A tag of YAML's own is checked against the text, `!!binary` is decoded, any other makes it a string.
 */
export function resolveTagged(tag: string, text: string): ScalarValue | { readonly problem: string } {
  if (tag === `${yamlTagPrefix}binary`) return decodeBinary(text);
  const core = coreType(tag);
  if (!core || core === 'str') return { type: 'string', value: text };
  const value = resolvePlain(text);
  if (core === 'timestamp' && timestamp.test(text)) return { type: 'string', value: text };
  if (core === 'float' && value.type === 'int') return { type: 'float', value: Number(value.value) };
  if (core === (value.type === 'uint' ? 'int' : value.type)) return value;
  return { problem: `cannot decode ${shortTag(value)} \`${text}\` as a !!${core}` };
}

function coreType(tag: string): CoreType | undefined {
  if (!tag.startsWith(yamlTagPrefix)) return undefined;
  const name = tag.slice(yamlTagPrefix.length);
  return (['null', 'bool', 'int', 'float', 'str', 'timestamp'] as const).find((core) => core === name);
}

const shortTag = ({ type }: ScalarValue) => (type === 'string' ? '!!str' : type === 'uint' ? '!!int' : `!!${type}`);

/** Go parses with base 0 after all underscores are gone; what is no integer may be a float. */
function resolveNumber(text: string): ScalarValue {
  const digits = text.includes('_') ? text.replaceAll('_', '') : text;
  if (decimalInteger.test(digits))
    return digits.length <= 15 ? { type: 'int', value: Number(digits) + 0 } : wide(digits, text);
  const prefixed = prefixedInteger.exec(digits);
  if (prefixed) {
    const [, sign, hexadecimal, binary, octal, bareOctal] = prefixed;
    const magnitude = hexadecimal ? `0x${hexadecimal}` : binary ? `0b${binary}` : `0o${octal ?? bareOctal}`;
    const value = integer(sign === '-' ? -BigInt(magnitude) : BigInt(magnitude), sign !== '');
    if (value) return value;
  }
  if (decimalFloat.test(digits)) return floatOr(text, Number(digits));
  const binary = signedBinary.exec(digits)?.[1];
  if (binary) {
    const magnitude = BigInt(`0b${binary.slice(1)}`);
    return integer(binary.startsWith('-') ? -magnitude : magnitude, true) ?? { type: 'string', value: text };
  }
  return { type: 'string', value: text };
}

function wide(digits: string, text: string): ScalarValue {
  const signed = digits.startsWith('-') || digits.startsWith('+');
  return integer(BigInt(digits.replace('+', '')), signed) ?? floatOr(text, Number(digits));
}

/** What fits neither 64 bits with nor (for what has no sign) without a sign is no integer. */
function integer(value: bigint, signed: boolean): ScalarValue | undefined {
  const exact = value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;
  if (value >= int64.min && value <= int64.max) return { type: 'int', value: exact };
  return !signed && value <= uint64Max ? { type: 'uint', value: exact } : undefined;
}

/** Go refuses a number too large for a double, and then it is a string. JSON has no negative zero for what reads it as an integer. */
function floatOr(text: string, value: number): ScalarValue {
  return Number.isFinite(value) ? { type: 'float', value: value + 0 } : { type: 'string', value: text };
}

const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes of `!!binary`, read as UTF-8 by what writes JSON: we keep what is ASCII and give up on the rest as Go does, with U+FFFD. */
function decodeBinary(text: string): ScalarValue | { readonly problem: string } {
  const digits = text.replaceAll(/[\r\n]/g, '');
  const body = digits.replace(/={1,2}$/, '');
  const wellFormed = digits.length % 4 === 0 && /^[A-Za-z0-9+/]*$/.test(body);
  if (!wellFormed) return { problem: '!!binary value contains invalid base64 data' };
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const digit of body) {
    buffer = ((buffer << 6) | base64Alphabet.indexOf(digit)) & 0xffff;
    bits += 6;
    if (bits >= 8) bytes.push((buffer >> (bits -= 8)) & 0xff);
  }
  return { type: 'string', value: decodeUtf8(Uint8Array.from(bytes)).text };
}

/** Whether a text is a string without quotes in every context and to every version of YAML: `yaml` and kubectl do not agree on the others. */
export const isPlainWord = (text: string) =>
  /^[A-Za-z0-9_./](?:[A-Za-z0-9 _./:@=+-]*[A-Za-z0-9_./=+-])?$/.test(text) &&
  !text.includes(': ') &&
  resolvePlain(text).type === 'string';
