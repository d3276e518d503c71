// An open document as the client types it. Positions are counted as was agreed on: in UTF-16 units, or in bytes of UTF-8.
import { LineIndex } from '../base/line-index.ts';

export type Encoding = 'utf-16' | 'utf-8';

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A change as the protocol gives it; without a range the whole text is new. */
export type Change = { readonly text: string } | { readonly range: Range; readonly text: string };

/** The text after changes that were made one after the other. */
export function changed(text: string, changes: readonly Change[], encoding: Encoding): string {
  let result = text;
  for (const change of changes) {
    if (!('range' in change)) result = change.text;
    else {
      const places = new Places(new LineIndex(result), encoding);
      const [a, b] = [places.offsetAt(change.range.start), places.offsetAt(change.range.end)];
      result = result.slice(0, Math.min(a, b)) + change.text + result.slice(Math.max(a, b));
    }
  }
  return result;
}

/** Offsets to positions of the protocol and back. */
export class Places {
  readonly #lines: LineIndex;
  readonly #encoding: Encoding;

  constructor(lines: LineIndex, encoding: Encoding) {
    this.#lines = lines;
    this.#encoding = encoding;
  }

  positionAt(offset: number): Position {
    const { line, column } = this.#lines.positionAt(offset);
    const isSame = this.#encoding === 'utf-16' || column === 0;
    return { line, character: isSame ? column : utf8Length(this.#lines.lineText(line).slice(0, column)) };
  }

  offsetAt({ line, character }: Position): number {
    const column = this.#encoding === 'utf-16' ? character : columnOf(this.#lines.lineText(line), character);
    return this.#lines.offsetAt({ line, column });
  }

  rangeOf({ start, end }: { readonly start: number; readonly end: number }): Range {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }

  /** Of what goes on over several lines only the first one: an editor would underline all of them. */
  firstLineOf({ start, end }: { readonly start: number; readonly end: number }): Range {
    const line = this.#lines.lineRange(this.#lines.positionAt(start).line);
    return this.rangeOf({ start, end: Math.max(start, Math.min(end, line.end)) });
  }
}

const widthOf = (codePoint: number) => (codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4);

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) bytes += widthOf(character.codePointAt(0)!);
  return bytes;
}

/** The UTF-16 column of a byte; a byte within a character counts as its beginning. */
function columnOf(text: string, byte: number): number {
  let column = 0;
  let bytes = 0;
  for (const character of text) {
    bytes += widthOf(character.codePointAt(0)!);
    if (bytes > byte) break;
    column += character.length;
  }
  return column;
}
