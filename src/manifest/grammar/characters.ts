// The classes of characters that libyaml's scanner tells apart, as UTF-16 units. The text ends with a NUL, which no document can contain.

export const code = {
  end: 0x00,
  tab: 0x09,
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  space: 0x20,
  exclamation: 0x21,
  doubleQuote: 0x22,
  hash: 0x23,
  percent: 0x25,
  ampersand: 0x26,
  singleQuote: 0x27,
  asterisk: 0x2a,
  plus: 0x2b,
  comma: 0x2c,
  minus: 0x2d,
  dot: 0x2e,
  zero: 0x30,
  nine: 0x39,
  colon: 0x3a,
  less: 0x3c,
  greater: 0x3e,
  question: 0x3f,
  at: 0x40,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  backtick: 0x60,
  openBrace: 0x7b,
  bar: 0x7c,
  closeBrace: 0x7d,
  nextLine: 0x85,
  lineSeparator: 0x2028,
  paragraphSeparator: 0x2029,
  byteOrderMark: 0xfeff,
} as const;

/** YAML 1.1 knows three line breaks more than YAML 1.2. */
export function isBreak(unit: number): boolean {
  if (unit > code.carriageReturn && unit < code.nextLine) return false;
  return (
    unit === code.lineFeed ||
    unit === code.carriageReturn ||
    unit === code.nextLine ||
    unit === code.lineSeparator ||
    unit === code.paragraphSeparator
  );
}

export const isBlank = (unit: number): boolean => unit === code.space || unit === code.tab;

export const isBreakOrEnd = (unit: number): boolean => unit === code.end || isBreak(unit);

export function isBlankOrEnd(unit: number): boolean {
  if (unit > code.space && unit < code.nextLine) return false;
  return isBlank(unit) || isBreakOrEnd(unit);
}

export const isDigit = (unit: number): boolean => unit >= code.zero && unit <= code.nine;

/** `,` `[` `]` `{` `}` */
export const isFlowIndicator = (unit: number): boolean =>
  unit === code.comma ||
  unit === code.openBracket ||
  unit === code.closeBracket ||
  unit === code.openBrace ||
  unit === code.closeBrace;

/** What anchors and tag handles are made of: letters, digits, `_` and `-`. */
export const isNameCharacter = (unit: number): boolean =>
  isDigit(unit) ||
  (unit >= 0x61 && unit <= 0x7a) ||
  (unit >= 0x41 && unit <= 0x5a) ||
  unit === 0x5f ||
  unit === code.minus;

/** `isNameCharacter` or one of `;/?:@&=+$,.!~*'()[]%`. */
export const isTagCharacter = (unit: number): boolean =>
  isNameCharacter(unit) || (unit < 0x80 && ";/?:@&=+$,.!~*'()[]%".includes(String.fromCharCode(unit)));

/** What libyaml's reader refuses anywhere in a text: control characters, lone surrogates, U+FFFE and U+FFFF. */
export const forbiddenCharacter =
  /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\ud800-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
