// Some refusals show the value they refuse, in Go's own syntax. This is the decoder's view of a document (keys of any type), before it becomes JSON.
import { compareBytes } from '../base/order.ts';
import type { ScalarValue } from './scalar.ts';

/** A list or mapping as Go holds it. */
export type GoValue =
  | ScalarValue
  | { readonly type: 'list'; readonly items: readonly GoValue[] }
  | { readonly type: 'map'; readonly entries: readonly (readonly [GoValue, GoValue])[] };

/** Go's `%#v` of what the YAML decoder made, as `invalid map key: map[interface {}]interface {}{".Values.x":interface {}(nil)}` shows it. */
export function goSyntax(value: GoValue, top = true): string {
  switch (value.type) {
    case 'null':
      return top ? '<nil>' : 'interface {}(nil)';
    case 'string':
      return quote(value.value);
    case 'float':
      return goFloat(value.value);
    case 'uint':
      return `0x${value.value.toString(16)}`;
    case 'list':
      return `[]interface {}{${value.items.map((item) => goSyntax(item, false)).join(', ')}}`;
    case 'map': {
      // Of a repeated key the last one stays.
      const unique = new Map(value.entries.map((entry) => [goSyntax(entry[0]), entry]));
      const entries = [...unique.values()].sort(([a], [b]) => compareKeys(a, b));
      return `map[interface {}]interface {}{${entries.map(([key, item]) => `${goSyntax(key, false)}:${goSyntax(item, false)}`).join(', ')}}`;
    }
    default:
      return String(value.value);
  }
}

/** fmt prints maps sorted: strings by bytes, numbers by value; across types the order is Go's own and strings come first. */
function compareKeys(a: GoValue, b: GoValue): number {
  if (a.type === 'string' && b.type === 'string') return compareBytes(a.value, b.value);
  if (a.type === 'int' && b.type === 'int') return a.value < b.value ? -1 : 1;
  return Number(b.type === 'string') - Number(a.type === 'string');
}

/** strconv.FormatFloat(value, 'g', -1, 64): the shortest digits, with an exponent below -4 and from 6 on. */
export function goFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const [digits = '0', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  // In between JavaScript writes no exponent either, and the same shortest digits.
  if (exponent >= -4 && exponent < 6) return String(value);
  return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** A float as the key of a JSON object: sigs.k8s.io/yaml formats it with 32 bits. */
export function goFloatKey(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  const single = Math.fround(value);
  if (!Number.isFinite(single)) return single > 0 ? '.inf' : '-.inf';
  let precision = 1;
  while (precision < 9 && Math.fround(Number(single.toPrecision(precision))) !== single) precision++;
  return goFloat(Number(single.toPrecision(precision)));
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** strconv.Quote for what a manifest can hold. */
function quote(text: string): string {
  const body = text.replaceAll(/["\\]|\p{Cc}|\p{Cf}|[\p{Zs}\p{Zl}\p{Zp}](?<! )/gu, (character) => {
    const escape = escapes[character];
    if (escape) return escape;
    const code = character.codePointAt(0)!;
    if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
    return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
  });
  return `"${body}"`;
}
