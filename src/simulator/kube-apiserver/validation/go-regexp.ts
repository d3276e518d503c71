// Whether a pattern is a regular expression to Go (regexp/syntax, RE2 with Perl's additions), and what Go says if not.

/** Something that can be repeated: how often it is, and what is inside of it that is repeated in turn. */
interface Operand {
  readonly times?: number;
  readonly inside: readonly Operand[];
}

interface Cursor {
  readonly text: string;
  at: number;
  /** What the open groups hold so far, the outermost first. */
  readonly groups: Operand[][];
  /** Whether the last of the innermost group can be repeated: nothing after its beginning or a bar can. */
  repeatable: boolean;
}

class SyntaxProblem extends Error {}

const mostRepeats = 1000;
const mostCode = 0x10ffff;
const atom: Operand = { inside: [] };

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
  const cursor: Cursor = { text, at: 0, groups: [[]], repeatable: false };
  /** Where the operator before began, if the last thing read was one. */
  let operatorAt: number | undefined;
  while (cursor.at < text.length) {
    const begin = cursor.at;
    const isOperator = readRepetition(cursor, operatorAt);
    operatorAt = isOperator ? begin : undefined;
    if (!isOperator) readOther(cursor);
  }
  if (cursor.groups.length > 1) fail('missing closing )', text);
}

function push({ groups }: Cursor, operand: Operand): void {
  groups.at(-1)?.push(operand);
}

function pushAtom(cursor: Cursor): void {
  push(cursor, atom);
  cursor.repeatable = true;
}

function readOther(cursor: Cursor): void {
  const { text, groups } = cursor;
  switch (text.charAt(cursor.at)) {
    case '(':
      openGroup(cursor);
      return;
    case ')': {
      const inside = groups.length > 1 ? groups.pop() : undefined;
      if (!inside) fail('unexpected )', text);
      push(cursor, { inside });
      cursor.repeatable = true;
      cursor.at++;
      return;
    }
    case '|':
      cursor.at++;
      cursor.repeatable = false;
      return;
    case '[':
      readClass(cursor);
      break;
    case '\\':
      if (text.startsWith('\\Q', cursor.at)) {
        readQuoted(cursor);
        return;
      }
      if (/^\\[AbBz]/.test(text.slice(cursor.at, cursor.at + 2))) cursor.at += 2;
      else if (!readSeveral(cursor)) readEscape(cursor);
      break;
    default:
      readAny(cursor);
  }
  pushAtom(cursor);
}

function readAny(cursor: Cursor): number {
  const code = cursor.text.codePointAt(cursor.at) ?? 0;
  cursor.at += code > 0xffff ? 2 : 1;
  return code;
}

function readQuoted(cursor: Cursor): void {
  const { text, at } = cursor;
  const end = text.indexOf('\\E', at + 2);
  if ((end < 0 ? text.length : end) > at + 2) pushAtom(cursor);
  cursor.at = end < 0 ? text.length : end + 2;
}

const operators = /(?:[*+?]|\{(0|[1-9]\d*)(?:(,)(0|[1-9]\d*)?)?\})/y;

/** Reads an operator that repeats, with the question mark of a lazy one; false if there is none. */
function readRepetition(cursor: Cursor, operatorAt: number | undefined): boolean {
  const { text, at, groups } = cursor;
  operators.lastIndex = at;
  const [operator, least, comma, most] = operators.exec(text) ?? [];
  if (operator === undefined) return false;
  const min = Number(least ?? 0);
  const max = comma === undefined ? min : most === undefined ? undefined : Number(most);
  if (min > mostRepeats || (max !== undefined && (max > mostRepeats || max < min)))
    fail('invalid repeat count', operator);
  cursor.at += operator.length;
  if (text.charAt(cursor.at) === '?') cursor.at++;
  if (operatorAt !== undefined) fail('invalid nested repetition operator', text.slice(operatorAt, cursor.at));
  const items = groups.at(-1) ?? [];
  const last = items.at(-1);
  if (!cursor.repeatable || !last) fail('missing argument to repetition operator', text.slice(at, cursor.at));
  const repeated = { inside: [last], ...(least !== undefined && { times: max ?? min }) };
  if (!isBearable(repeated, mostRepeats)) fail('invalid repeat count', text.slice(at, cursor.at));
  items[items.length - 1] = repeated;
  return true;
}

/** Repetitions within repetitions multiply. */
function isBearable({ times, inside }: Operand, most: number): boolean {
  if (times === 0) return true;
  if (times !== undefined && times > most) return false;
  const left = times === undefined ? most : Math.floor(most / times);
  return inside.every((operand) => isBearable(operand, left));
}

function openGroup(cursor: Cursor): void {
  const { text, at } = cursor;
  const rest = text.slice(at);
  const isNamed = /^\(\?(?:<.|P<.)/su.test(rest);
  if (rest.startsWith('(?') && !isNamed) {
    const [flags] = /^\(\?[imsU]*(?:-[imsU]+)?[:)]/.exec(rest) ?? [];
    if (flags === undefined) fail('invalid or unsupported Perl syntax', flagsPart(rest));
    cursor.at += flags.length;
    // flags for what follows are no group
    if (flags.endsWith(')')) return;
  } else if (isNamed) {
    const [whole, name = ''] = /^\(\?P?<([^>]*)>/.exec(rest) ?? [];
    if (whole === undefined) fail('invalid named capture', rest);
    if (!/^[A-Za-z0-9_]+$/.test(name)) fail('invalid named capture', whole);
    cursor.at += whole.length;
  } else cursor.at++;
  cursor.groups.push([]);
  cursor.repeatable = false;
}

/** As far as Go reads flags that are none: up to the first character that cannot be one. */
function flagsPart(rest: string): string {
  const [part = rest] = /^\(\?[imsU]*(?:-[imsU]*)?(?:[^]|$)/u.exec(rest) ?? [];
  return part;
}

/** An escape of one character; gives its code. */
function readEscape(cursor: Cursor): number {
  const { text, at } = cursor;
  const rest = text.slice(at, at + 24);
  if (rest.length === 1) fail('trailing backslash at end of expression', '');
  const [octal] = /^\\(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(rest) ?? [];
  if (octal !== undefined) {
    cursor.at += octal.length;
    return parseInt(octal.slice(1), 8);
  }
  if (rest.startsWith('\\x')) return readHexadecimal(cursor);
  const [whole = rest] = /^\\[^]/u.exec(rest) ?? [];
  const code = whole.codePointAt(1) ?? 0;
  const control = 'afnrtv'.indexOf(whole.slice(1));
  if (control < 0 && (code >= 0x80 || /[A-Za-z0-9]/.test(whole))) fail('invalid escape sequence', whole);
  cursor.at += whole.length;
  return control < 0 ? code : ([7, 12, 10, 13, 9, 11][control] ?? 0);
}

function readHexadecimal(cursor: Cursor): number {
  const { text, at } = cursor;
  cursor.at += 2;
  const next = () => (cursor.at < text.length ? String.fromCodePoint(readAny(cursor)) : '');
  const wrong = (): never => fail('invalid escape sequence', text.slice(at, cursor.at));
  const isDigit = (character: string) => /^[0-9A-Fa-f]$/.test(character);
  const first = next();
  if (first !== '{') {
    const pair = first === '' ? '' : first + next();
    return /^[0-9A-Fa-f]{2}$/.test(pair) ? parseInt(pair, 16) : wrong();
  }
  let digits = '';
  for (let digit = next(); digit !== '}'; digit = next()) {
    digits += digit;
    if (!isDigit(digit) || parseInt(digits, 16) > mostCode) wrong();
  }
  return digits === '' ? wrong() : parseInt(digits, 16);
}

/** Reads what stands for several characters (`\d`, `\p{Greek}`); false if there is nothing of the kind. */
function readSeveral(cursor: Cursor): boolean {
  const { text, at } = cursor;
  const rest = text.slice(at);
  if (/^\\[dDsSwW]/.test(rest)) {
    cursor.at += 2;
    return true;
  }
  if (!/^\\[pP]/.test(rest)) return false;
  const isBraced = rest.charAt(2) === '{';
  const [whole] = (isBraced ? /^\\[pP]\{([^}]*)\}/ : /^\\[pP][^]/u).exec(rest) ?? [];
  if (whole === undefined) fail('invalid character class range', rest);
  const name = (isBraced ? whole.slice(3, -1) : whole.slice(2)).replace(/^\^/, '');
  if (!isUnicodeName(name)) fail('invalid character class range', whole);
  cursor.at += whole.length;
  return true;
}

/** Whether Go knows a general category or a script of the name; it reads names without their underscores, and so no script that has one. */
function isUnicodeName(name: string): boolean {
  const lower = name.replaceAll('_', '').toLowerCase();
  if (!/^[a-z]+$/.test(lower)) return false;
  if (/^(?:any|assigned|ascii)$/.test(lower)) return true;
  const canonical = capital(lower);
  const category = canonical.replace(/.(?:letter|mark|number|symbol|punctuation|separator|use)$/, (words) =>
    [words.charAt(0), capital(words.slice(1))].join('_'),
  );
  return isProperty(`General_Category=${category}`) || isProperty(`Script=${canonical}`);
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

function isProperty(property: string): boolean {
  try {
    return new RegExp(`\\p{${property}}`, 'u').unicode;
  } catch {
    return false;
  }
}

const classes = /^\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]$/;

function readClass(cursor: Cursor): void {
  const { text } = cursor;
  const begin = cursor.at;
  cursor.at += text.charAt(begin + 1) === '^' ? 2 : 1;
  for (let first = true; first || text.charAt(cursor.at) !== ']'; first = false) {
    const [named] = /^\[:[^]*?:\]/.exec(text.slice(cursor.at)) ?? [];
    if (named !== undefined) {
      if (!classes.test(named)) fail('invalid character class range', named);
      cursor.at += named.length;
    } else if (!readSeveral(cursor)) readRange(cursor, begin);
  }
  cursor.at++;
}

/** One character of a class, or a range of them. */
function readRange(cursor: Cursor, classAt: number): void {
  const { text, at } = cursor;
  const low = readCharacter(cursor, classAt);
  const [, afterDash] = /^-([^])/.exec(text.slice(cursor.at, cursor.at + 2)) ?? [];
  if (afterDash === undefined || afterDash === ']') return;
  cursor.at++;
  if (readCharacter(cursor, classAt) < low) fail('invalid character class range', text.slice(at, cursor.at));
}

function readCharacter(cursor: Cursor, classAt: number): number {
  if (cursor.at >= cursor.text.length) fail('missing closing ]', cursor.text.slice(classAt));
  return cursor.text.charAt(cursor.at) === '\\' ? readEscape(cursor) : readAny(cursor);
}
