// Objects as YAML, byte for byte as sigs.k8s.io/yaml (a fork of go-yaml 2) writes them: keys in order, lists not indented,
// strings quoted only where they would be read as something else.
import { isObject } from '../../../base/json.ts';
import { sortedKeys } from '../../../base/order.ts';

export function printYaml(value: unknown): string {
  return block(value, 0);
}

/** A value at its place, each line ended by a newline. */
function block(value: unknown, indent: number): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]\n' : value.map((item) => listItem(item, indent)).join('');
  if (!isObject(value)) return `${scalar(value, indent)}\n`;
  const keys = sortedKeys(value).filter((key) => value[key] !== undefined);
  return keys.length === 0 ? '{}\n' : keys.map((key) => entry(key, value[key], indent)).join('');
}

const spaces = (indent: number) => ' '.repeat(indent);

function entry(key: string, value: unknown, indent: number): string {
  const start = `${spaces(indent)}${plainOrQuoted(key)}:`;
  if (isEmpty(value) || !isCollection(value)) return `${start} ${block(value, indent + 2)}`;
  // A list stands right below its key.
  return `${start}\n${block(value, Array.isArray(value) ? indent : indent + 2)}`;
}

function listItem(value: unknown, indent: number): string {
  if (isEmpty(value) || !isCollection(value)) return `${spaces(indent)}- ${block(value, indent + 2)}`;
  return `${spaces(indent)}- ${block(value, indent + 2).slice(indent + 2)}`;
}

const isCollection = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isEmpty = (value: unknown) => isCollection(value) && Object.keys(value).length === 0;

function scalar(value: unknown, indent: number): string {
  if (typeof value !== 'string') return String(value);
  if (!value.includes('\n')) return plainOrQuoted(value);
  return isLiteral(value) ? literal(value, indent) : doubleQuoted(value);
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
  !/[^\n\t\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u.test(text) && !/ \n/.test(text);

// What the resolver would read as null, a boolean, a number, a time or a merge key.
const otherThanText =
  /^(?:~|null|Null|NULL|true|True|TRUE|false|False|FALSE|y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF|<<|=|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|[-+]?0[bB][01_]+|[-+]?0[oO]?[0-7_]+|[-+]?0[xX][0-9a-fA-F_]+|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\s].*)?)$/;

function plainOrQuoted(text: string): string {
  if (text === '' || otherThanText.test(text)) return `"${text}"`;
  if (/[^\x20-\x7e\u0085\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u.test(text))
    return doubleQuoted(text);
  return canBePlain(text) ? text : `'${text.replaceAll("'", "''")}'`;
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

function doubleQuoted(text: string): string {
  const inner = text.replace(/["\\]|[^\x20-\x7e\u00a1-\u2027\u202a-\ufefe\uff00-\uffff]/g, (character) => {
    const code = character.charCodeAt(0);
    const hex =
      code < 0x100 ? `\\x${code.toString(16).padStart(2, '0').toUpperCase()}` : `\\u${code.toString(16).toUpperCase()}`;
    return shortEscapes[character] ?? hex;
  });
  return `"${inner}"`;
}
