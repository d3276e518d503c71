// CEL functions about text that the library lacks (cel-go/ext/strings.go, version 2;
// k8s.io/apiserver/pkg/cel/library/regex.go).
import type { Environment } from '@marcbachmann/cel-js';
import { CelError } from './error.ts';
import { format } from './format.ts';
import { patternOf } from './own-functions.ts';

function findAll(text: string, pattern: string, limit = -1n): string[] {
  const { source, flags } = patternOf(pattern);
  const found = Array.from(text.matchAll(new RegExp(source, `${flags}g`)), ([match]) => match);
  return limit < 0n ? found : found.slice(0, Number(limit));
}

function charAt(text: string, index: bigint): string {
  const characters = Array.from(text);
  if (index < 0n || index > BigInt(characters.length)) throw new CelError(`index out of range: ${index}`);
  return characters[Number(index)] ?? '';
}

function replace(text: string, old: string, by: string, times: bigint): string {
  if (times < 0n) return text.replaceAll(old, () => by);
  const parts = text.split(old);
  const count = Math.min(Number(times), parts.length - 1);
  return (
    parts.slice(0, count + 1).join(by) +
    parts
      .slice(count + 1)
      .map((part) => old + part)
      .join('')
  );
}

/** strings.quote: what CEL has an escape for is escaped, and nothing else. */
function quoted(text: string): string {
  return `"${text.replace(/[\u0007\b\f\n\r\t\v\\"]/g, (character) => escapes[character] ?? character)}"`;
}

const escapes: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
};

/** What `strings` is in `strings.quote(a)`. */
class StringsNamespace {}

export function addStringLibrary(environment: Environment): void {
  environment
    .registerFunction(
      'string.find(string): string',
      (text: string, pattern: string) => findAll(text, pattern, 1n)[0] ?? '',
    )
    .registerFunction('string.findAll(string): list<string>', (text: string, pattern: string) => findAll(text, pattern))
    .registerFunction('string.findAll(string, int): list<string>', findAll)
    .registerFunction('string.charAt(int): string', charAt)
    .registerFunction('string.replace(string, string): string', (text: string, old: string, by: string) =>
      replace(text, old, by, -1n),
    )
    .registerFunction('string.replace(string, string, int): string', replace)
    .registerFunction('string.format(list): string', format)
    .registerType('kubernetes.Strings', { ctor: StringsNamespace, fields: {} })
    .registerConstant('strings', 'kubernetes.Strings', new StringsNamespace())
    .registerFunction('kubernetes.Strings.quote(string): string', (_: unknown, text: string) => quoted(text));
}
