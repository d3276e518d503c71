// Objects as YAML, byte for byte as sigs.k8s.io/yaml (a fork of go-yaml 2) writes them: keys in order, lists not indented,
// strings quoted only where they would be read as something else.
import { isObject } from '../../../base/json.ts';
import { sortedKeys } from '../../../base/order.ts';

export function printYaml(value: unknown): string {
  return block(value, 0);
}

/** A value at its place, each line ended by a newline. `column` is where a scalar begins. */
function block(value: unknown, indent: number, column = indent): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]\n' : value.map((item) => listItem(item, indent)).join('');
  if (!isObject(value)) return `${scalar(value, indent, column)}\n`;
  const keys = sortedKeys(value).filter((key) => value[key] !== undefined);
  return keys.length === 0 ? '{}\n' : keys.map((key) => entry(key, value[key], indent)).join('');
}

const spaces = (indent: number) => ' '.repeat(indent);

function entry(key: string, value: unknown, indent: number): string {
  const start = `${spaces(indent)}${plainOrQuoted(key)}:`;
  if (isEmpty(value) || !isCollection(value)) return `${start} ${block(value, indent + 2, start.length + 1)}`;
  // A list stands right below its key.
  return `${start}\n${block(value, Array.isArray(value) ? indent : indent + 2)}`;
}

function listItem(value: unknown, indent: number): string {
  if (isEmpty(value) || !isCollection(value)) return `${spaces(indent)}- ${block(value, indent + 2)}`;
  return `${spaces(indent)}- ${block(value, indent + 2).slice(indent + 2)}`;
}

const isCollection = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isEmpty = (value: unknown) => isCollection(value) && Object.keys(value).length === 0;

function scalar(value: unknown, indent: number, column: number): string {
  if (typeof value !== 'string') return String(value);
  const place = { indent, column };
  if (!value.includes('\n')) return plainOrQuoted(value, place);
  return isLiteral(value) ? literal(value, indent) : doubleQuoted(value, place);
}

/** Text of several lines stands as it is, below `|`. */
function literal(text: string, indent: number): string {
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const chomp = !text.endsWith('\n') ? '-' : text.endsWith('\n\n') || text === '\n' ? '+' : '';
  const lines = text.replace(/\n$/, '').split('\n');
  return `|${hint}${chomp}\n${lines.map((line) => (line === '' ? '' : spaces(indent) + line)).join('\n')}`;
}

/** Whether every character can stand in a literal block, and no line ends in what an editor would not show. */
const isLiteral = (text: string) =>
  !/[^\n\t\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/u.test(text) && !/ \n/.test(text);

// What the resolver would read as null, a boolean, a number, a time or a merge key.
const otherThanText =
  /^(?:~|null|Null|NULL|true|True|TRUE|false|False|FALSE|y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF|<<|=|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|[-+]?0[bB][01_]+|[-+]?0[oO]?[0-7_]+|[-+]?0[xX][0-9a-fA-F_]+|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\s].*)?)$/;

/** Where a scalar begins, and where its further lines do. */
interface Place {
  readonly column: number;
  readonly indent: number;
}

/** Without a place it stays in one line, as a key does. */
function plainOrQuoted(text: string, place?: Place): string {
  if (text === '' || otherThanText.test(text)) return `"${text}"`;
  if (/[^\x20-\x7e\u0085\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/u.test(text)) return doubleQuoted(text, place);
  if (canBePlain(text)) return folded(text, (character) => character, place, 0, 'before words');
  const single = (character: string) => (character === "'" ? "''" : character);
  return `'${folded(text, single, place, 1, 'before words')}'`;
}

const width = 80;

/** A text with its characters as they are written. Where a line has become too long, a space that stands alone, or else leads others, becomes a new line. */
function folded(
  text: string,
  written: (character: string) => string,
  place: Place | undefined,
  quotes: 0 | 1,
  breaks: 'wherever' | 'before words',
): string {
  // most texts are short
  if (!place || place.column + quotes + text.length <= width) return [...text].map(written).join('');
  let [all, column, isBehindSpace] = ['', place.column + quotes, false];
  const characters = [...text];
  characters.forEach((character, i) => {
    const isInside = quotes === 0 || (i > 0 && i < characters.length - 1);
    const next = characters[i + 1] ?? '';
    if (character === ' ' && !isBehindSpace && isInside && column > width && (breaks === 'wherever' || next !== ' ')) {
      // a space that the next line begins with is held by a backslash
      const held = next === ' ' ? '\\' : '';
      all += `\n${spaces(place.indent)}${held}`;
      column = place.indent + held.length;
    } else {
      const one = written(character);
      all += one;
      column += one.length;
    }
    isBehindSpace = character === ' ';
  });
  return all;
}

/** libyaml's rules for what a plain scalar in a block may hold. */
function canBePlain(text: string): boolean {
  if (/^[ ]|[ ]$/.test(text)) return false;
  if (/^(?:---|\.\.\.)/.test(text)) return false;
  if (/^[#,[\]{}&*!|>'"%@`]/.test(text)) return false;
  if (/^[-?:](?: |$)/.test(text)) return false;
  return !/: | #|:$/.test(text);
}

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\0': '\\0',
  '\u0007': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\u001b': '\\e',
  '\u0085': '\\N',
  '\u00a0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

function doubleQuoted(text: string, place?: Place): string {
  // the emitter takes every character for a byte order mark if the first one is
  const unwritten = text.startsWith('\ufeff')
    ? /^[^]/u
    : /^["\\]|^[^\x20-\x7e\u00a1-\u2027\u202a-\ufefe\uff00-\ufffd]/u;
  const written = (character: string) => (unwritten.test(character) ? escaped(character) : character);
  return `"${folded(text, written, place, 1, 'wherever')}"`;
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  const long =
    code < 0x100
      ? `x${hex.padStart(2, '0')}`
      : code < 0x10000
        ? `u${hex.padStart(4, '0')}`
        : `U${hex.padStart(8, '0')}`;
  return shortEscapes[character] ?? `\\${long}`;
}
