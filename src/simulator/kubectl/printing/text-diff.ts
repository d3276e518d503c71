// `diff -u`: the fewest lines taken out and put in that make one text the other (E. Myers' algorithm), three lines around them.

/** A line of the first text alone (`-`), of the second alone (`+`), or of both. */
interface Line {
  readonly mark: ' ' | '-' | '+';
  readonly text: string;
}

const context = 3;

/** The hunks of a unified difference, empty for texts that are the same; undefined if they differ in more than can be told. */
export function unifiedDiff(before: string, after: string): string | undefined {
  const lines = compared(linesOf(before), linesOf(after));
  if (!lines) return undefined;
  const changed = lines.flatMap(({ mark }, index) => (mark === ' ' ? [] : [index]));
  let text = '';
  for (let first = 0; first < changed.length;) {
    let last = first;
    while (last + 1 < changed.length && (changed[last + 1] ?? 0) - (changed[last] ?? 0) <= 2 * context + 1) last++;
    const from = Math.max(0, (changed[first] ?? 0) - context);
    const to = Math.min(lines.length, (changed[last] ?? 0) + context + 1);
    text += hunk(lines, from, to);
    first = last + 1;
  }
  return text;
}

function hunk(lines: readonly Line[], from: number, to: number): string {
  const count = (some: readonly Line[], other: '-' | '+') => some.filter(({ mark }) => mark !== other).length;
  const range = (other: '-' | '+') => {
    const start = count(lines.slice(0, from), other);
    const length = count(lines.slice(from, to), other);
    return length === 1 ? `${start + 1}` : `${length === 0 ? start : start + 1},${length}`;
  };
  const body = lines.slice(from, to).map(({ mark, text }) => `${mark}${text}\n`);
  return `@@ -${range('+')} +${range('-')} @@\n${body.join('')}`;
}

const linesOf = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

/** More differences than this would take long to find. */
const most = 1000;

/** Both texts as one list; within a change what is taken out comes first. */
function compared(a: readonly string[], b: readonly string[]): Line[] | undefined {
  const furthest: Map<number, number>[] = [];
  let reached = new Map([[1, 0]]);
  for (let steps = 0; steps <= most; steps++) {
    furthest.push(reached);
    const next = new Map(reached);
    for (let k = -steps; k <= steps; k += 2) {
      const down = k === -steps || (k !== steps && at(reached, k - 1) < at(reached, k + 1));
      let x = down ? at(reached, k + 1) : at(reached, k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      next.set(k, x);
      if (x >= a.length && x - k >= b.length) return ordered(traced(furthest, a, b));
    }
    reached = next;
  }
  return undefined;
}

const at = (reached: ReadonlyMap<number, number>, k: number) => reached.get(k) ?? -1;

/** The way back from the end of both texts. */
function traced(furthest: readonly Map<number, number>[], a: readonly string[], b: readonly string[]): Line[] {
  const lines: Line[] = [];
  let [x, y] = [a.length, b.length];
  for (let steps = furthest.length - 1; steps >= 0; steps--) {
    const reached = furthest[steps] ?? new Map<number, number>();
    const k = x - y;
    const down = k === -steps || (k !== steps && at(reached, k - 1) < at(reached, k + 1));
    const fromX = steps === 0 ? 0 : at(reached, down ? k + 1 : k - 1);
    const fromY = steps === 0 ? 0 : fromX - (down ? k + 1 : k - 1);
    while (x > fromX && y > fromY) {
      lines.push({ mark: ' ', text: a[--x] ?? '' });
      y--;
    }
    if (steps === 0) break;
    if (down) lines.push({ mark: '+', text: b[--y] ?? '' });
    else lines.push({ mark: '-', text: a[--x] ?? '' });
  }
  return lines.reverse();
}

function ordered(lines: readonly Line[]): Line[] {
  const result: Line[] = [];
  let added: Line[] = [];
  for (const line of lines) {
    if (line.mark === '+') added.push(line);
    else if (line.mark === '-') result.push(line);
    else {
      result.push(...added, line);
      added = [];
    }
  }
  return [...result, ...added];
}
