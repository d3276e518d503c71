// Problems as the compiler shows them: the line each is in, with a mark under it (cel-go/common/error.go).
import { byteLength } from '../../api/go-text.ts';
import type { SyntaxProblem } from './tokens.ts';

/** Lines longer than this are not shown. */
const longestLine = 16384;

export function displayed(source: string, problems: readonly SyntaxProblem[]): string {
  if (!source) return problems.map(({ what }) => `ERROR: <input>:1:0: ${what}`).join('\n');
  const lines = source.split('\n').map((line) => Array.from(line));
  return problems
    .map(({ at, what }) => ({ ...placeOf(at, lines), what }))
    .sort((a, b) => a.line - b.line || a.column - b.column)
    .map(({ line, column, what }) => `ERROR: <input>:${line}:${column + 1}: ${what}${marked(lines[line - 1], column)}`)
    .join('\n');
}

function placeOf(
  at: number,
  lines: readonly (readonly string[])[],
): { readonly line: number; readonly column: number } {
  if (at < 0) return { line: 1, column: -1 };
  let left = at;
  for (const [i, { length }] of lines.entries()) {
    if (left <= length) return { line: i + 1, column: left };
    left -= length + 1;
  }
  return { line: lines.length, column: left };
}

const isWide = (character: string | undefined) => character !== undefined && character > '\x7f';

function marked(line: readonly string[] | undefined, column: number): string {
  if (!line) return '';
  const text = line.join('').replaceAll('\t', ' ');
  if (byteLength(text) > longestLine) return '';
  const dots = line.slice(0, Math.max(0, column)).map((character) => (isWide(character) ? '．' : '.'));
  return `\n | ${text}\n | ${dots.join('')}${isWide(line[column]) ? '＾' : '^'}`;
}
