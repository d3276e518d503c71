// Go's regular expressions (RE2) as those of JavaScript: what differs in how they are written is rewritten.
import { remembering } from './remembering.ts';

const classes: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

/** The pattern, or undefined if it is none, or one that cannot be rewritten. */
export const goPattern = remembering(200, compile);

function compile(pattern: string): RegExp | undefined {
  // flags that do not change what `^` means may come after it
  const [, start = '', after = '', before = '', rest = pattern] =
    /^(?:(\^)\(\?([is]+)\)|\(\?([ims]+)\))(.*)$/s.exec(pattern) ?? [];
  const flags = after + before;
  const source = start + rest.replace(tokens, rewritten);
  try {
    return new RegExp(source, `u${flags}`);
  } catch {
    return undefined;
  }
}

/** What is written otherwise: quoted characters, classes by name, named groups, the ends of the text. */
const tokens = /\\([pP][A-Z]|[^])|\[:(\^?)([a-z]+):\]|\(\?P<|[{}\]](?![^])/g;

function rewritten(token: string, escaped: string | undefined, not: string, name: string | undefined): string {
  if (token === '(?P<') return '(?<';
  if (name !== undefined) return not ? token : (classes[name] ?? token);
  if (escaped === undefined) return token;
  if (escaped === 'A') return '^';
  if (escaped === 'z') return '$';
  if (escaped === 'a') return '\\x07';
  if (escaped.length === 2) return `\\${escaped[0]}{${escaped[1]}}`;
  if (/[A-Za-z0-9]/.test(escaped)) return token;
  // In JavaScript only what has a meaning of its own may be quoted, and in a class the dash.
  return /[\^$\\.*+?()[\]{}|/-]/.test(escaped) ? quoted(escaped) : escaped;
}

const quoted = (character: string) => (character === '-' ? '\\x2d' : `\\${character}`);
