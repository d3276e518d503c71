// CEL functions about text that the library lacks (cel-go/ext/strings.go and formatting.go, version 2;
// k8s.io/apiserver/pkg/cel/library/regex.go).
import type { Environment } from '@marcbachmann/cel-js';
import { goPattern } from '../base/go-pattern.ts';
import { compareBytes } from '../base/order.ts';
import { CelError } from './error.ts';

function patternOf(text: string): RegExp {
  const pattern = goPattern(text);
  if (!pattern) throw new CelError(`Illegal regex: ${text}`);
  return pattern;
}

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

/** The directives that are followed; others are an error of this simulation's own. */
function format(template: string, values: readonly unknown[]): string {
  let next = 0;
  return template.replace(
    /%(%|(?:\.(\d+))?([a-zA-Z]))/g,
    (directive, percent: string, precision?: string, verb?: string) => {
      if (percent === '%') return '%';
      if (next >= values.length) throw new CelError(`index ${next} out of range`);
      const value = values[next++];
      if (verb === 's') return shown(value);
      if (verb === 'd' && typeof value === 'bigint') return String(value);
      if (verb === 'f' && typeof value === 'number') return value.toFixed(Number(precision ?? 6));
      if (verb === 'b' && typeof value === 'bigint') return value.toString(2);
      if (verb === 'x' && typeof value === 'bigint') return value.toString(16);
      if (verb === 'o' && typeof value === 'bigint') return value.toString(8);
      throw new CelError(`could not parse formatting clause: ${directive}`);
    },
  );
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  if (value instanceof Map) {
    const entries = [...value].map(([key, item]) => `${shown(key)}: ${shown(item)}`);
    return `{${entries.sort(compareBytes).join(', ')}}`;
  }
  return String(value);
}

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
    .registerFunction('string.format(list): string', format);
}
