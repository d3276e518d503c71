// kubectl tries JSON first where a file begins with a brace, and phrases what is wrong as Go's encoding/json does. JSON is not read as YAML: `\/` and
// surrogate pairs are fine in it, tabs too.
import { maximumDepth, type ScalarStyle, type YamlEntry, type YamlNode, type YamlScalar } from './yaml-node.ts';

/** One value of a stream of JSON values, or what is wrong with it at a place. No problem has a text other than Go's. */
export type JsonReading =
  { readonly root: YamlNode } | { readonly problem: string; readonly at: number; readonly isSyntax: boolean };

/**
 * Reads the JSON value at or behind an offset, as json.Decoder does: what follows it is not looked at. Offsets are those of the text.
 * Undefined if there is nothing but white space.
 */
export function readJson(text: string, from: number): JsonReading | undefined {
  const reader = new JsonReader(text, from);
  try {
    return reader.atEnd() ? undefined : { root: reader.value() };
  } catch (problem) {
    if (!(problem instanceof JsonProblem)) throw problem;
    return { problem: problem.message, at: reader.at, isSyntax: problem.isSyntax };
  }
}

/** Never leaves this file. */
class JsonProblem extends Error {
  readonly isSyntax: boolean;

  constructor(message: string, isSyntax: boolean) {
    super(message);
    this.isSyntax = isSyntax;
  }
}

const numberPattern = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
const plainStringPattern = /[^"\\\u0000-\u001f]*/y;
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

class JsonReader {
  readonly #text: string;
  #depth = 0;
  at: number;

  constructor(text: string, from: number) {
    this.#text = text;
    this.at = from;
  }

  atEnd(): boolean {
    this.#skipSpace();
    return this.at === this.#text.length;
  }

  value(): YamlNode {
    this.#skipSpace();
    switch (this.#text[this.at]) {
      case '{':
        return this.#nested(() => this.#object());
      case '[':
        return this.#nested(() => this.#array());
      case '"':
        return this.#string();
      case 't':
        return this.#literal('true');
      case 'f':
        return this.#literal('false');
      case 'n':
        return this.#literal('null');
      default:
        return this.#number();
    }
  }

  #nested(read: () => YamlNode): YamlNode {
    if (++this.#depth > maximumDepth)
      throw new JsonProblem(`collections nested deeper than ${maximumDepth} are not read`, false);
    const node = read();
    this.#depth--;
    return node;
  }

  #object(): YamlNode {
    const start = this.at++;
    const entries: YamlEntry[] = [];
    for (;;) {
      this.#skipSpace();
      if (this.#text[this.at] === '}' && entries.length === 0) break;
      if (this.#text[this.at] !== '"') this.#refuse('looking for beginning of object key string');
      const key = this.#string();
      this.#expect(':', 'after object key');
      entries.push({ key, value: this.value() });
      if (this.#expect(',}', 'after object key:value pair') === '}') {
        return { kind: 'mapping', start, end: this.at, tag: undefined, anchor: undefined, style: 'flow', entries };
      }
    }
    this.at++;
    return { kind: 'mapping', start, end: this.at, tag: undefined, anchor: undefined, style: 'flow', entries };
  }

  #array(): YamlNode {
    const start = this.at++;
    const items: YamlNode[] = [];
    this.#skipSpace();
    if (this.#text[this.at] === ']') this.at++;
    else
      do items.push(this.value());
      while (this.#expect(',]', 'after array element') === ',');
    return { kind: 'sequence', start, end: this.at, tag: undefined, anchor: undefined, style: 'flow', items };
  }

  /** Takes one of some characters. */
  #expect(characters: string, where: string): string {
    this.#skipSpace();
    const character = this.#text[this.at];
    if (character === undefined || !characters.includes(character)) this.#refuse(where);
    this.at++;
    return character;
  }

  #string(): YamlScalar {
    const start = this.at++;
    let value = '';
    for (;;) {
      value += this.#match(plainStringPattern);
      const character = this.#text[this.at];
      if (character === '"') {
        this.at++;
        return this.#scalar(start, value, 'double');
      }
      if (character !== '\\') this.#refuse('in string literal');
      this.at++;
      value += this.#escape();
    }
  }

  #escape(): string {
    const character = this.#text[this.at] ?? '';
    if (character !== 'u') {
      const meaning = escapes[character];
      if (meaning === undefined) this.#refuse('in string escape code');
      this.at++;
      return meaning;
    }
    const start = ++this.at;
    while (this.at < start + 4) {
      if (!/[0-9a-fA-F]/.test(this.#text[this.at] ?? '')) this.#refuse('in \\u hexadecimal character escape');
      this.at++;
    }
    return String.fromCharCode(parseInt(this.#text.slice(start, this.at), 16));
  }

  #literal(word: string): YamlScalar {
    const start = this.at;
    for (const letter of word) {
      if (this.#text[this.at] !== letter) this.#refuse(`in literal ${word} (expecting '${letter}')`);
      this.at++;
    }
    return this.#scalar(start, word, 'plain');
  }

  #number(): YamlScalar {
    const start = this.at;
    const digits = this.#match(numberPattern);
    if (digits === '') {
      if (this.#text[this.at] !== '-') this.#refuse('looking for beginning of value');
      this.at++;
      this.#refuse('in numeric literal');
    }
    // What the pattern left over may be the beginning of a part that is cut short.
    const next = this.#text[this.at];
    if (next === '.' && !/[.eE]/.test(digits)) {
      this.at++;
      this.#refuse('after decimal point in numeric literal');
    }
    if ((next === 'e' || next === 'E') && !/[eE]/.test(digits)) {
      this.at += /[-+]/.test(this.#text[this.at + 1] ?? '') ? 2 : 1;
      this.#refuse('in exponent of numeric literal');
    }
    return this.#scalar(start, digits, 'plain');
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  #skipSpace(): void {
    for (let unit = this.#text.charCodeAt(this.at); unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);) {
      if (unit === 0x0b || unit === 0x0c) return;
      unit = this.#text.charCodeAt(++this.at);
    }
  }

  #scalar(start: number, text: string, style: ScalarStyle): YamlScalar {
    return { kind: 'scalar', start, end: this.at, tag: undefined, anchor: undefined, style, text };
  }

  #refuse(where: string): never {
    const character = this.#text[this.at];
    if (character === undefined) throw new JsonProblem('unexpected EOF', false);
    throw new JsonProblem(`invalid character ${quoteByte(character)} ${where}`, true);
  }
}

/** Go looks at bytes: of a character beyond ASCII it shows the first byte of its UTF-8 as if it were a character. */
function quoteByte(character: string): string {
  const unit = character.charCodeAt(0);
  if (character === "'") return "'\\''";
  if (unit < 0x20 || unit === 0x7f) {
    const short = { 7: 'a', 8: 'b', 9: 't', 10: 'n', 11: 'v', 12: 'f', 13: 'r' }[unit];
    return short ? `'\\${short}'` : `'\\x${unit.toString(16).padStart(2, '0')}'`;
  }
  if (unit < 0x80) return character === '\\' ? "'\\\\'" : `'${character}'`;
  const lead = unit < 0x800 ? 0xc0 | (unit >> 6) : unit >= 0xd800 && unit <= 0xdbff ? 0xf0 : 0xe0 | (unit >> 12);
  return `'${String.fromCharCode(lead)}'`;
}
