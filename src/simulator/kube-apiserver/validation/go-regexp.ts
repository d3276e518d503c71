// Whether a pattern is a regular expression to Go (regexp/syntax, RE2), and what Go says if not.

interface Cursor {
  readonly text: string;
  at: number;
  /** Groups that are open, each by where it began. */
  readonly groups: number[];
}

class SyntaxProblem extends Error {}

const mostRepeats = 1000;

function fail(code: string, part: string): never {
  throw new SyntaxProblem(`error parsing regexp: ${code}: \`${part}\``);
}

/** What regexp.Compile says is wrong, or undefined. */
export function patternProblem(pattern: string): string | undefined {
  try {
    parse(pattern);
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxProblem) return error.message;
    throw error;
  }
}

function parse(text: string): void {
  const cursor: Cursor = { text, at: 0, groups: [] };
  /** Whether something stands before that can be repeated, and the operator that repeats it already. */
  let operand = false;
  let repeated = '';
  while (cursor.at < text.length) {
    const character = text.charAt(cursor.at);
    const before = repeated;
    repeated = '';
    switch (character) {
      case '(':
        openGroup(cursor);
        operand = false;
        continue;
      case ')':
        if (cursor.groups.pop() === undefined) fail('unexpected )', text);
        cursor.at++;
        operand = true;
        continue;
      case '|':
        cursor.at++;
        operand = false;
        continue;
      case '[':
        readClass(cursor);
        operand = true;
        continue;
      case '\\':
        readEscape(cursor, false);
        operand = true;
        continue;
    }
    const operator = readRepetition(cursor);
    if (operator === undefined) {
      cursor.at += (text.codePointAt(cursor.at) ?? 0) > 0xffff ? 2 : 1;
      operand = true;
      continue;
    }
    if (!operand) fail('missing argument to repetition operator', operator);
    if (before) fail('invalid nested repetition operator', before + operator);
    repeated = operator;
  }
  if (cursor.groups.length) fail('missing closing )', text);
}

/** The operator at the cursor, with the question mark of a lazy one; undefined if there is none. */
function readRepetition(cursor: Cursor): string | undefined {
  const rest = cursor.text.slice(cursor.at, cursor.at + 20);
  const [operator] = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(rest) ?? [];
  if (operator === undefined) return undefined;
  const [, least = '0', , most] = /^\{(\d+)(,(\d*))?\}/.exec(operator) ?? [];
  const tooMany = Number(least) > mostRepeats || Number(most || 0) > mostRepeats;
  if (tooMany || (most && Number(most) < Number(least))) fail('invalid repeat count', operator.replace(/\}\?$/, '}'));
  cursor.at += operator.length;
  return operator;
}

function openGroup(cursor: Cursor): void {
  const { text, at } = cursor;
  cursor.groups.push(at);
  if (text.charAt(at + 1) !== '?') {
    cursor.at++;
    return;
  }
  const rest = text.slice(at);
  const named = /^\(\?P?<([^>]*)>?/.exec(rest);
  if (named && !/^\(\?<[=!]/.test(rest)) {
    const [whole, name = ''] = named;
    if (!whole.endsWith('>')) fail('invalid named capture', rest);
    if (!/^[A-Za-z0-9_]+$/.test(name)) fail('invalid named capture', whole);
    cursor.at += whole.length;
    return;
  }
  const [flags] = /^\(\?(?:[imsU]+(?:-[imsU]+)?|-[imsU]+)?[:)]/.exec(rest) ?? [];
  if (flags === undefined) {
    const [part = rest] = /^\(\?[imsU-]*[^imsU-]?/.exec(rest) ?? [];
    fail(
      part.length === rest.length && !/[^imsU-]$/.test(part.slice(2))
        ? 'missing closing )'
        : 'invalid or unsupported Perl syntax',
      /^\(\?<[=!]/.test(rest) ? rest.slice(0, 4) : part,
    );
  }
  if (flags.endsWith(')')) cursor.groups.pop();
  cursor.at += flags.length;
}

const escapes = /^\\(?:[pP](?:[A-Z]|\{[^}]*\})|x(?:[0-9A-Fa-f]{2}|\{[0-9A-Fa-f]+\})|[0-7]{1,3}|[^])/u;

/** An escape; inside of a class there are fewer of them. */
function readEscape(cursor: Cursor, inClass: boolean): void {
  const rest = cursor.text.slice(cursor.at);
  if (rest.length === 1) fail('trailing backslash at end of expression', '');
  if (!inClass && rest.startsWith('\\Q')) {
    const end = rest.indexOf('\\E');
    cursor.at += end < 0 ? rest.length : end + 2;
    return;
  }
  const [whole = rest.slice(0, 2)] = escapes.exec(rest) ?? [];
  const name = whole.slice(1);
  const known = inClass
    ? /^(?:[dDsSwWafnrtv]|0[0-7]*|[1-7][0-7]+|[pP].+|x.+)$/s
    : /^(?:[dDsSwWabBzACafnrtv]|0[0-7]*|[1-7][0-7]+|[pP].+|x.+)$/s;
  const code = name.codePointAt(0) ?? 0;
  const isPunctuation = name.length <= 2 && code < 0x80 && !/[A-Za-z0-9]/.test(name.charAt(0));
  if (!known.test(name) && !isPunctuation) fail('invalid escape sequence', whole);
  cursor.at += whole.length;
}

function readClass(cursor: Cursor): void {
  const { text } = cursor;
  const begin = cursor.at;
  cursor.at++;
  if (text.charAt(cursor.at) === '^') cursor.at++;
  let first = true;
  while (cursor.at < text.length && (first || text.charAt(cursor.at) !== ']')) {
    const rest = text.slice(cursor.at);
    // a dash may stand first and last; elsewhere it needs both sides
    if (rest.startsWith('-') && !first && !rest.startsWith('-]')) {
      const [range = ''] = /^-[^]/u.exec(rest) ?? [];
      fail('invalid character class range', range);
    }
    first = false;
    const [named] = /^\[:\^?[a-z]*:\]/.exec(rest) ?? [];
    if (named) {
      if (!/alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit/.test(named)) {
        fail('invalid character class range', named);
      }
      cursor.at += named.length;
    } else readRange(cursor);
  }
  if (cursor.at >= text.length) fail('missing closing ]', text.slice(begin));
  cursor.at++;
}

/** One character of a class, or a range of them. */
function readRange(cursor: Cursor): void {
  const { text } = cursor;
  const begin = cursor.at;
  const low = readCharacter(cursor);
  if (low === undefined || text.charAt(cursor.at) !== '-' || text.charAt(cursor.at + 1) === ']') return;
  if (cursor.at + 1 >= text.length) return;
  cursor.at++;
  const high = readCharacter(cursor);
  if (high === undefined || high < low) fail('invalid character class range', text.slice(begin, cursor.at));
}

/** The character's code; undefined for an escape that stands for several, or whose code does not matter. */
function readCharacter(cursor: Cursor): number | undefined {
  const begin = cursor.at;
  if (cursor.text.charAt(begin) !== '\\') {
    const code = cursor.text.codePointAt(begin) ?? 0;
    cursor.at += code > 0xffff ? 2 : 1;
    return code;
  }
  readEscape(cursor, true);
  const name = cursor.text.slice(begin + 1, cursor.at);
  return name.length === 1 && !/[A-Za-z0-9]/.test(name) ? name.charCodeAt(0) : undefined;
}
