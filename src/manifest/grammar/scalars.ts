// Reads the text of a scalar: unfolds its lines and undoes its escapes, as libyaml does (YAML 1.1).
import { code, isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, isDigit, isFlowIndicator } from './characters.ts';
import type { Cursor } from './cursor.ts';

/** `end` is behind the last character that belongs to the scalar, quotes included; the cursor may be further on. */
export interface ScannedScalar {
  readonly text: string;
  readonly end: number;
}

/** What the line breaks between two words become. */
const fold = (first: string, more: string) => (first === '\n' ? more || ' ' : first + more);

/**
 * A plain scalar. Afterwards the cursor stands at the next token or at a comment; `crossedLine` says whether it went to a further line for that.
 * @param indent the least column of a continuation line in block context
 */
export function scanPlain(
  cursor: Cursor,
  inFlow: boolean,
  indent: number,
): ScannedScalar & { readonly crossedLine: boolean } {
  const start = cursor.at;
  let text = '';
  let separator = '';
  let lineText = start;
  let end = start;
  let crossedLine = false;
  while (!cursor.atDocumentIndicator() && cursor.unit() !== code.hash) {
    const word = cursor.at;
    skipPlainWord(cursor, inFlow);
    if (cursor.at > word) {
      if (crossedLine) {
        text += separator;
        lineText = word;
        crossedLine = false;
      }
      end = cursor.at;
    }
    const wordEnd = cursor.at;
    cursor.skipBlanks();
    if (!isBreak(cursor.unit())) {
      if (cursor.at > wordEnd) continue;
      break;
    }
    text += cursor.text.slice(lineText, end);
    separator = skipPlainBreaks(cursor, indent, start);
    crossedLine = true;
    if (!inFlow && cursor.column < indent) break;
  }
  return { text: crossedLine ? text : text + cursor.text.slice(lineText, end), end, crossedLine };
}

function skipPlainWord(cursor: Cursor, inFlow: boolean): void {
  const { text } = cursor;
  let { at } = cursor;
  for (let unit = text.charCodeAt(at); !isBlankOrEnd(unit); unit = text.charCodeAt(++at)) {
    if (unit === code.colon && isBlankOrEnd(text.charCodeAt(at + 1))) break;
    if (inFlow && (isFlowIndicator(unit) || unit === code.question)) break;
  }
  cursor.at = at;
}

function skipPlainBreaks(cursor: Cursor, indent: number, start: number): string {
  const first = cursor.breakLine();
  let more = '';
  for (;;) {
    const unit = cursor.unit();
    if (isBreak(unit)) more += cursor.breakLine();
    else if (!isBlank(unit)) return fold(first, more);
    else {
      if (unit === code.tab && cursor.column < indent)
        cursor.refuse('found a tab character that violates indentation', start);
      cursor.at++;
    }
  }
}

/** A scalar in single or double quotes; the cursor stands at the first of them. */
export function scanQuoted(cursor: Cursor): ScannedScalar {
  const start = cursor.at;
  const quote = cursor.unit();
  let text = '';
  cursor.at++;
  for (let lineText = cursor.at; ;) {
    if (cursor.atDocumentIndicator()) cursor.refuse('found unexpected document indicator', start);
    const unit = cursor.unit();
    if (unit === code.end) cursor.refuse('found unexpected end of stream', start);
    if (unit === quote && !(quote === code.singleQuote && cursor.unit(1) === quote)) {
      text += cursor.text.slice(lineText, cursor.at++);
      return { text, end: cursor.at };
    }
    if (unit === quote) {
      text += cursor.text.slice(lineText, cursor.at + 1);
      lineText = cursor.at += 2;
    } else if (unit === code.backslash && quote === code.doubleQuote) {
      text += cursor.text.slice(lineText, cursor.at) + scanEscape(cursor, start);
      lineText = cursor.at;
    } else if (isBlank(unit) || isBreak(unit)) {
      const blanks = cursor.at;
      cursor.skipBlanks();
      if (!isBreak(cursor.unit())) continue;
      text += cursor.text.slice(lineText, blanks) + foldQuoted(cursor);
      lineText = cursor.at;
    } else skipQuotedWord(cursor, quote);
  }
}

/** Goes over a character that means nothing but itself, and what follows as long as it cannot mean more. */
function skipQuotedWord(cursor: Cursor, quote: number): void {
  const { text } = cursor;
  let at = cursor.at + 1;
  for (let unit = text.charCodeAt(at); !isBlankOrEnd(unit); unit = text.charCodeAt(++at)) {
    if (unit === quote || unit === code.backslash) break;
  }
  cursor.at = at;
}

function foldQuoted(cursor: Cursor): string {
  return fold(cursor.breakLine(), skipBreaks(cursor));
}

/** Goes over blank lines and indentation; the line breaks are what is kept of it. */
function skipBreaks(cursor: Cursor): string {
  let breaks = '';
  for (let unit = cursor.unit(); isBlank(unit) || isBreak(unit); unit = cursor.unit()) {
    if (isBreak(unit)) breaks += cursor.breakLine();
    else cursor.at++;
  }
  return breaks;
}

const simpleEscapes = new Map(
  Object.entries({
    '0': '\0',
    a: '\x07',
    b: '\b',
    t: '\t',
    '\t': '\t',
    n: '\n',
    v: '\v',
    f: '\f',
    r: '\r',
    e: '\x1b',
    ' ': ' ',
    '"': '"',
    "'": "'",
    '\\': '\\',
    N: '\x85',
    _: '\xa0',
    L: '\u2028',
    P: '\u2029',
  }).map(([character, meaning]) => [character.charCodeAt(0), meaning]),
);

const escapeWidths = new Map([
  ['x'.charCodeAt(0), 2],
  ['u'.charCodeAt(0), 4],
  ['U'.charCodeAt(0), 8],
]);

/** The cursor stands at a backslash. YAML 1.1 has no `\/`, libyaml has `\'`, and half of a surrogate pair is nothing to either. */
function scanEscape(cursor: Cursor, start: number): string {
  const unit = cursor.unit(1);
  if (isBreak(unit)) {
    cursor.at++;
    cursor.breakLine();
    return skipBreaks(cursor);
  }
  const simple = simpleEscapes.get(unit);
  const width = escapeWidths.get(unit);
  if (simple === undefined && width === undefined) cursor.refuse('found unknown escape character', start);
  cursor.at += 2;
  if (simple !== undefined) return simple;
  const digits = cursor.text.slice(cursor.at, cursor.at + width!);
  if (!/^[0-9a-fA-F]+$/.test(digits) || digits.length < width!)
    cursor.refuse('did not find expected hexdecimal number', start);
  const codePoint = parseInt(digits, 16);
  if ((codePoint >= 0xd800 && codePoint <= 0xdfff) || codePoint > 0x10ffff) {
    cursor.refuse('found invalid Unicode character escape code', start);
  }
  cursor.at += width!;
  return String.fromCodePoint(codePoint);
}

/**
 * A block scalar; the cursor stands at its `|` or `>`, and afterwards at the first line that is not part of it.
 * @param parentIndent the column of the block collection around it, -1 for none
 */
export function scanBlock(cursor: Cursor, parentIndent: number): ScannedScalar {
  const start = cursor.at;
  const literal = cursor.unit() === code.bar;
  const { chomping, increment } = scanBlockHeader(cursor);
  let end = cursor.at;
  cursor.breakLine();
  const stated = increment === 0 ? 0 : Math.max(parentIndent, 0) + increment;
  const first = scanBlockBreaks(cursor, stated, parentIndent, start);
  const indent = first.indent;
  let trailing = first.breaks;
  let text = '';
  let lineBreak = '';
  let afterIndented = false;
  while (cursor.column === indent && cursor.unit() !== code.end) {
    const indented = isBlank(cursor.unit());
    const folds = !literal && lineBreak === '\n' && !afterIndented && !indented;
    text += folds ? (trailing === '' ? ' ' : trailing) : lineBreak + trailing;
    afterIndented = indented;
    const line = cursor.at;
    cursor.skipLine();
    end = cursor.at;
    text += cursor.text.slice(line, end);
    lineBreak = cursor.breakLine();
    trailing = scanBlockBreaks(cursor, indent, parentIndent, start).breaks;
  }
  if (chomping !== code.minus) text += lineBreak;
  if (chomping === code.plus) text += trailing;
  return { text, end };
}

/** `|`, `>-`, `|2+  # comment`: leaves the cursor at the end of the line. */
function scanBlockHeader(cursor: Cursor): { chomping: number; increment: number } {
  const start = cursor.at++;
  let chomping = 0;
  let increment = 0;
  for (let unit = cursor.unit(); ; unit = cursor.unit()) {
    if ((unit === code.plus || unit === code.minus) && chomping === 0) chomping = unit;
    else if (isDigit(unit) && increment === 0) {
      if (unit === code.zero) cursor.refuse('found an indentation indicator equal to 0', start);
      increment = unit - code.zero;
    } else break;
    cursor.at++;
  }
  cursor.skipBlanks();
  cursor.skipComment();
  if (!isBreakOrEnd(cursor.unit())) cursor.refuse('did not find expected comment or line break', start);
  return { chomping, increment };
}

/** Goes over indentation and blank lines. An indent that is not known yet (0) becomes that of the first line with content. */
function scanBlockBreaks(
  cursor: Cursor,
  known: number,
  parentIndent: number,
  start: number,
): { breaks: string; indent: number } {
  let breaks = '';
  let widest = 0;
  for (;;) {
    while ((known === 0 || cursor.column < known) && cursor.unit() === code.space) cursor.at++;
    widest = Math.max(widest, cursor.column);
    if ((known === 0 || cursor.column < known) && cursor.unit() === code.tab) {
      cursor.refuse('found a tab character where an indentation space is expected', start);
    }
    if (!isBreak(cursor.unit())) break;
    breaks += cursor.breakLine();
  }
  return { breaks, indent: known === 0 ? Math.max(widest, parentIndent + 1, 1) : known };
}
