// What Go's `encoding/json` says of bytes that are no JSON (scanner.go).
import { quote } from '../go-text.ts';

/** Says what is wrong with the bytes, each of them a character of the text; undefined for JSON. */
export function jsonSyntaxProblem(bytes: string): string | undefined {
  const scanner = new Scanner(bytes);
  try {
    scanner.read();
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
}

class Fault extends Error {}

const literals: Readonly<Record<string, string>> = { t: 'true', f: 'false', n: 'null' };

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): void {
    this.#value();
    this.#skipSpace();
    if (this.#at < this.#text.length) this.#fail('after top-level value');
  }

  /** At its end the text is read on as if a space came next: only where that fits no better is it told as the end. */
  #fail(where: string, isSpaceRight = true): never {
    const character = this.#text[this.#at] ?? (isSpaceRight ? undefined : ' ');
    if (character === undefined) throw new Fault('unexpected end of JSON input');
    throw new Fault(`invalid character ${quoted(character)} ${where}`);
  }

  #skipSpace(): void {
    while (/^[ \t\r\n]$/.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #takes(character: string): boolean {
    const isNext = this.#text[this.#at] === character;
    if (isNext) this.#at++;
    return isNext;
  }

  #value(): void {
    this.#skipSpace();
    const first = this.#text[this.#at] ?? '';
    if (this.#takes('{')) return this.#object();
    if (this.#takes('[')) return this.#list();
    if (this.#takes('"')) return this.#string();
    const word = literals[first];
    if (word) return this.#word(word);
    if (/^[-\d]$/.test(first)) return this.#number();
    this.#fail('looking for beginning of value');
  }

  #object(): void {
    this.#skipSpace();
    if (this.#takes('}')) return;
    for (;;) {
      this.#skipSpace();
      if (!this.#takes('"')) this.#fail('looking for beginning of object key string');
      this.#string();
      this.#skipSpace();
      if (!this.#takes(':')) this.#fail('after object key');
      this.#value();
      this.#skipSpace();
      if (this.#takes('}')) return;
      if (!this.#takes(',')) this.#fail('after object key:value pair');
    }
  }

  #list(): void {
    this.#skipSpace();
    if (this.#takes(']')) return;
    for (;;) {
      this.#value();
      this.#skipSpace();
      if (this.#takes(']')) return;
      if (!this.#takes(',')) this.#fail('after array element');
    }
  }

  #string(): void {
    while (!this.#takes('"')) {
      if (this.#takes('\\')) this.#escape();
      else if ((this.#text[this.#at] ?? '') < ' ') this.#fail('in string literal');
      else this.#at++;
    }
  }

  #escape(): void {
    if (!/^[bfnrtu"\\/]$/.test(this.#text[this.#at] ?? '')) this.#fail('in string escape code', false);
    if (!this.#takes('u')) return void this.#at++;
    for (let i = 0; i < 4; i++, this.#at++) {
      if (!/^[\dA-Fa-f]$/.test(this.#text[this.#at] ?? '')) this.#fail('in \\u hexadecimal character escape', false);
    }
  }

  #word(word: string): void {
    for (const letter of word) {
      if (!this.#takes(letter)) this.#fail(`in literal ${word} (expecting ${quoted(letter)})`, false);
    }
  }

  #number(): void {
    this.#takes('-');
    if (!this.#takes('0')) this.#digits('in numeric literal');
    if (this.#takes('.')) this.#digits('after decimal point in numeric literal');
    if (!this.#takes('e') && !this.#takes('E')) return;
    if (!this.#takes('+')) this.#takes('-');
    this.#digits('in exponent of numeric literal');
  }

  #digits(where: string): void {
    const isDigit = () => /^\d$/.test(this.#text[this.#at] ?? '');
    if (!isDigit()) this.#fail(where, false);
    while (isDigit()) this.#at++;
  }
}

/** A byte as Go shows it, taken for a character (quoteChar): as in a quoted string, but for the quotes. */
function quoted(byte: string): string {
  if (byte === "'") return "'\\''";
  return byte === '"' ? `'"'` : `'${quote(byte).slice(1, -1)}'`;
}
