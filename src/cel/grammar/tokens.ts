// The tokens of CEL as cel-go's lexer cuts them (cel-go/parser/gen/CEL.g4), and where it finds none.

/** Types of tokens, by number: messages list them in this order. `WHITESPACE` and `COMMENT` never get to the parser. */
export const tokenNames = [
  '<EOF>',
  ...["'=='", "'!='", "'in'", "'<'", "'<='", "'>='", "'>'", "'&&'", "'||'", "'['", "']'", "'{'", "'}'", "'('", "')'"],
  ...["'.'", "','", "'-'", "'!'", "'?'", "':'", "'+'", "'*'", "'/'", "'%'", "'true'", "'false'", "'null'"],
  ...['WHITESPACE', 'COMMENT', 'NUM_FLOAT', 'NUM_INT', 'NUM_UINT', 'STRING', 'BYTES', 'IDENTIFIER', 'ESC_IDENTIFIER'],
];

export const endOfFile = 0;

/** The number of a type, by its name or, for what is always the same text, by that text. */
export function tokenType(name: string): number {
  const quoted = tokenNames.indexOf(`'${name}'`);
  return quoted < 0 ? tokenNames.indexOf(name) : quoted;
}

export interface Token {
  readonly type: number;
  readonly text: string;
  /** Where it begins, in characters. */
  readonly at: number;
  /** Its index among all tokens, hidden ones too; -1 for one that was only made up. */
  readonly index: number;
}

export interface SyntaxProblem {
  /** Where, in characters; -1 for nowhere. */
  readonly at: number;
  readonly what: string;
}

const escape = String.raw`\\(?:[abfnrtv"'\\?${'`'}]|[0-3][0-7][0-7]|[xX][\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|U[\dA-Fa-f]{8})`;
const quoted = (quote: string) => `${quote}(?:${escape}|[^\\\\${quote}\\n\\r])*${quote}`;
const longQuoted = (quote: string) => `${quote}(?:${escape}|[^\\\\])*?${quote}`;
const strings = [
  ...[`"""`, `'''`].flatMap((quote) => [longQuoted(quote), `[rR]${quote}[^]*?${quote}`]),
  ...[`"`, `'`].flatMap((quote) => [quoted(quote), `[rR]${quote}[^${quote}\\n\\r]*${quote}`]),
].join('|');

const symbols = tokenNames.slice(1).flatMap((name) => (/^'\W/.test(name) ? [name.slice(1, -1)] : []));
const symbol = symbols
  .sort((a, b) => b.length - a.length)
  .map((text) => text.replace(/[|[\]{}().*+?/]/g, '\\$&'))
  .join('|');

/** Of what matches the longest counts. */
const patterns: readonly (readonly [type: number | undefined, pattern: RegExp])[] = (
  [
    [undefined, symbol],
    ['WHITESPACE', '[\\t \\r\\n\\f]+'],
    ['COMMENT', '//[^\\n]*'],
    ['NUM_FLOAT', String.raw`\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?`],
    ['NUM_INT', '0x[\\dA-Fa-f]+|\\d+'],
    ['NUM_UINT', '0x[\\dA-Fa-f]+[uU]|\\d+[uU]'],
    ['STRING', strings],
    ['BYTES', `[bB](?:${strings})`],
    ['IDENTIFIER', '[A-Za-z_][\\dA-Za-z_]*'],
    ['ESC_IDENTIFIER', '`[\\dA-Za-z_./ -]+`'],
  ] as const
).map(([name, pattern]) => [name && tokenType(name), new RegExp(pattern, 'uy')]);

const keywords = new Set(['in', 'true', 'false', 'null']);

const partEscape = String.raw`\\(?:[xX][\dA-Fa-f]?|u[\dA-Fa-f]{0,3}|U[\dA-Fa-f]{0,7}|[0-3][0-7]?)?`;
const partQuoted = (quote: string) => `${quote}(?:${escape}|[^\\\\${quote}\\n\\r])*(?:${partEscape})?`;

/** How far the lexer reads what begins like a token and is none. */
const begun = new RegExp(`${partQuoted('"')}|${partQuoted("'")}|\`[\\dA-Za-z_./ -]*|=|&|\\||`, 'uy');

const hidden = new Set([tokenType('WHITESPACE'), tokenType('COMMENT')]);

/** All tokens; what is not hidden of them, with the end of the text; and what is no token. */
export interface Tokens {
  readonly all: readonly Token[];
  readonly visible: readonly Token[];
  readonly problems: readonly SyntaxProblem[];
}

export function tokensOf(text: string): Tokens {
  const all: Token[] = [];
  const problems: SyntaxProblem[] = [];
  let at = 0;
  let unit = 0;
  const pass = (part: string) => {
    unit += part.length;
    at += Array.from(part).length;
  };
  while (unit < text.length) {
    const found = longest(text, unit);
    if (found) {
      all.push({ ...found, at, index: all.length });
      pass(found.text);
      continue;
    }
    begun.lastIndex = unit;
    const read = begun.exec(text)?.[0] ?? '';
    const next = text.codePointAt(unit + read.length);
    const wrong = next === undefined ? read : read + String.fromCodePoint(next);
    problems.push({ at, what: `Syntax error: token recognition error at: '${wrong}'` });
    pass(wrong);
  }
  all.push({ type: endOfFile, text: '<EOF>', at, index: all.length });
  return { all, visible: all.filter(({ type }) => !hidden.has(type)), problems };
}

function longest(text: string, unit: number): { readonly type: number; readonly text: string } | undefined {
  let longest = '';
  let type: number | undefined;
  for (const [wanted, pattern] of patterns) {
    pattern.lastIndex = unit;
    const match = pattern.exec(text)?.[0] ?? '';
    if (match.length > longest.length) [longest, type] = [match, wanted];
  }
  if (!longest) return undefined;
  return { type: type === undefined || keywords.has(longest) ? tokenType(longest) : type, text: longest };
}
