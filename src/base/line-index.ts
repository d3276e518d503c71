// Inside we count UTF-16 offsets; people and editors count lines and columns. The translation is made only at the edge, and only once asked for.

/** A place in a text: both zero-based, the column in UTF-16 units, as editors count. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Line starts of one text, found on first use. A line ends at LF, CRLF or a lone CR, as in the language server protocol. */
export class LineIndex {
  readonly #text: string;
  #starts: readonly number[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** How many lines the text has; a text without a line break has one. */
  get lineCount(): number {
    return this.#lineStarts().length;
  }

  /** The place of an offset; an offset outside of the text counts as its nearest end. Costs O(log lines). */
  positionAt(offset: number): Position {
    const inside = Math.max(0, Math.min(offset, this.#text.length));
    const starts = this.#lineStarts();
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (starts[middle]! <= inside) low = middle;
      else high = middle;
    }
    return { line: low, column: inside - starts[low]! };
  }

  /** The offset of a place; a column past its line's end counts as the line's end, a line past the last as the text's end. */
  offsetAt({ line, column }: Position): number {
    if (line < 0) return 0;
    if (line >= this.lineCount) return this.#text.length;
    const { start, end } = this.lineRange(line);
    return Math.min(start + Math.max(0, column), end);
  }

  /** A line's offsets, without its line break. */
  lineRange(line: number): { start: number; end: number } {
    const starts = this.#lineStarts();
    const start = starts[line] ?? this.#text.length;
    let end = starts[line + 1] ?? this.#text.length;
    if (line + 1 < starts.length) {
      end -= this.#text.startsWith('\r\n', end - 2) ? 2 : 1;
    }
    return { start, end: Math.max(start, end) };
  }

  /** A line's text, without its line break; empty for a line that is not there. */
  lineText(line: number): string {
    const { start, end } = this.lineRange(line);
    return this.#text.slice(start, end);
  }

  #lineStarts(): readonly number[] {
    return (this.#starts ??= findLineStarts(this.#text));
  }
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  if (!text.includes('\r')) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    return starts;
  }
  for (const lineBreak of text.matchAll(/\r\n?|\n/g)) starts.push(lineBreak.index + lineBreak[0].length);
  return starts;
}
