// Text in columns, as Go's text/tabwriter lays it out: a column is a run of lines that have a cell there, and as wide as its widest.

export interface TabWriterOptions {
  readonly minimumWidth: number;
  readonly padding: number;
}

/** How `kubectl get` prints tables. */
export const tableColumns: TabWriterOptions = { minimumWidth: 6, padding: 3 };
/** How `kubectl describe` prints. */
export const descriptionColumns: TabWriterOptions = { minimumWidth: 0, padding: 2 };

/** Lays out text whose cells end in tabs; the last cell of a line belongs to no column. */
export function alignColumns(text: string, options: TabWriterOptions): string {
  const lines = text.split('\n').map((line) => line.split('\t'));
  const aligned: string[] = [];
  layOut(lines, 0, lines.length, [], options, aligned);
  return aligned.join('\n');
}

/** Lays out the lines from `start` to `end`, whose first columns have the widths known so far. */
function layOut(
  lines: readonly (readonly string[])[],
  start: number,
  end: number,
  widths: readonly number[],
  options: TabWriterOptions,
  aligned: string[],
): void {
  const column = widths.length;
  const hasCell = (line: number) => column < (lines[line]?.length ?? 0) - 1;
  let next = start;
  while (next < end) {
    if (!hasCell(next)) {
      aligned.push(paddedLine(lines[next] ?? [], widths));
      next++;
      continue;
    }
    let width = options.minimumWidth;
    let blockEnd = next;
    for (; blockEnd < end && hasCell(blockEnd); blockEnd++) {
      width = Math.max(width, widthOf(lines[blockEnd]?.[column] ?? '') + options.padding);
    }
    layOut(lines, next, blockEnd, [...widths, width], options, aligned);
    next = blockEnd;
  }
}

const paddedLine = (cells: readonly string[], widths: readonly number[]) =>
  cells.map((cell, i) => cell + ' '.repeat(Math.max((widths[i] ?? 0) - widthOf(cell), 0))).join('');

/** The width in characters, which Go counts as code points. */
function widthOf(text: string): number {
  let width = 0;
  for (const _ of text) width++;
  return width;
}
