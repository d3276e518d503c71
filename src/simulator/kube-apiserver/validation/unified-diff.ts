// The difference of two texts as the server shows it: difflib's sequence matcher, which looks for the longest common block and
// then left and right of it, and ignores lines of the second text that are too common (github.com/pmezard/go-difflib).

interface Block {
  readonly a: number;
  readonly b: number;
  readonly size: number;
}

interface Range {
  readonly aFrom: number;
  readonly aTo: number;
  readonly bFrom: number;
  readonly bTo: number;
}

interface Change extends Range {
  readonly equal: boolean;
}

/** From this many lines on, common ones are ignored when blocks are looked for. */
const popularFrom = 200;

/** Where each line of the second text stands, without lines that stand almost everywhere. */
function placesOf(lines: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  lines.forEach((line, i) => {
    const known = places.get(line);
    if (known) known.push(i);
    else places.set(line, [i]);
  });
  if (lines.length < popularFrom) return places;
  const limit = Math.floor(lines.length / 100) + 1;
  for (const [line, at] of places) if (at.length > limit) places.delete(line);
  return places;
}

class Matcher {
  readonly #a: readonly string[];
  readonly #b: readonly string[];
  readonly #places: Map<string, number[]>;

  constructor(a: readonly string[], b: readonly string[]) {
    this.#a = a;
    this.#b = b;
    this.#places = placesOf(b);
  }

  /** The first of the longest blocks of equal lines in a range; it is stretched over ignored lines beside it. */
  #longest({ aFrom, aTo, bFrom, bTo }: Range): Block {
    let best: Block = { a: aFrom, b: bFrom, size: 0 };
    let lengths = new Map<number, number>();
    for (let i = aFrom; i < aTo; i++) {
      const next = new Map<number, number>();
      for (const j of this.#places.get(this.#a[i] ?? '') ?? []) {
        if (j < bFrom) continue;
        if (j >= bTo) break;
        const size = (lengths.get(j - 1) ?? 0) + 1;
        next.set(j, size);
        if (size > best.size) best = { a: i - size + 1, b: j - size + 1, size };
      }
      lengths = next;
    }
    let { a, b, size } = best;
    while (a > aFrom && b > bFrom && this.#a[a - 1] === this.#b[b - 1]) {
      a--;
      b--;
      size++;
    }
    while (a + size < aTo && b + size < bTo && this.#a[a + size] === this.#b[b + size]) size++;
    return { a, b, size };
  }

  /** All common blocks, in order; adjacent ones are one. */
  blocks(): Block[] {
    const found: Block[] = [];
    const open: Range[] = [{ aFrom: 0, aTo: this.#a.length, bFrom: 0, bTo: this.#b.length }];
    for (let range = open.pop(); range; range = open.pop()) {
      const { a, b, size } = this.#longest(range);
      if (!size) continue;
      found.push({ a, b, size });
      if (range.aFrom < a && range.bFrom < b) open.push({ ...range, aTo: a, bTo: b });
      if (a + size < range.aTo && b + size < range.bTo) open.push({ ...range, aFrom: a + size, bFrom: b + size });
    }
    found.sort((x, y) => x.a - y.a || x.b - y.b);
    const joined: Block[] = [];
    for (const block of found) {
      const last = joined.at(-1);
      if (last && last.a + last.size === block.a && last.b + last.size === block.b) {
        joined[joined.length - 1] = { ...last, size: last.size + block.size };
      } else joined.push(block);
    }
    return joined;
  }
}

function changesBetween(a: readonly string[], b: readonly string[]): Change[] {
  const changes: Change[] = [];
  let [i, j] = [0, 0];
  for (const block of [...new Matcher(a, b).blocks(), { a: a.length, b: b.length, size: 0 }]) {
    if (i < block.a || j < block.b) changes.push({ equal: false, aFrom: i, aTo: block.a, bFrom: j, bTo: block.b });
    [i, j] = [block.a + block.size, block.b + block.size];
    if (block.size) changes.push({ equal: true, aFrom: block.a, aTo: i, bFrom: block.b, bTo: j });
  }
  return changes;
}

/** Changes in groups that are further apart than twice the context, with the context around them. */
function groupsOf(changes: readonly Change[], context: number): Change[][] {
  const groups: Change[][] = [];
  let group: Change[] = [];
  changes.forEach((change, i) => {
    const { equal, aFrom, aTo, bFrom, bTo } = change;
    const first = i === 0;
    const last = i === changes.length - 1;
    if (!equal) return void group.push(change);
    const length = aTo - aFrom;
    const head = { ...change, aTo: Math.min(aTo, aFrom + context), bTo: Math.min(bTo, bFrom + context) };
    const tail = { ...change, aFrom: Math.max(aFrom, aTo - context), bFrom: Math.max(bFrom, bTo - context) };
    if (first) group.push(tail);
    else if (last) group.push(head);
    else if (length > 2 * context) {
      groups.push([...group, head]);
      group = [tail];
    } else group.push(change);
  });
  if (group.some(({ equal }) => !equal)) groups.push(group);
  return groups;
}

/** `12,7` as unified diffs count: from one, without the length if it is one, an empty range at the line before it. */
function rangeText(from: number, to: number): string {
  const length = to - from;
  if (length === 1) return String(from + 1);
  return length === 0 ? `${from},0` : `${from + 1},${length}`;
}

/** A unified diff without file names. Lines are given without line ends; each line of the result ends with one. */
export function unifiedDiff(a: readonly string[], b: readonly string[], context = 3): string {
  const lines: string[] = [];
  for (const group of groupsOf(changesBetween(a, b), context)) {
    const first = group[0];
    const last = group.at(-1);
    if (!first || !last) continue;
    lines.push(`@@ -${rangeText(first.aFrom, last.aTo)} +${rangeText(first.bFrom, last.bTo)} @@`);
    for (const { equal, aFrom, aTo, bFrom, bTo } of group) {
      if (equal) lines.push(...a.slice(aFrom, aTo).map((line) => ` ${line}`));
      else
        lines.push(...a.slice(aFrom, aTo).map((line) => `-${line}`), ...b.slice(bFrom, bTo).map((line) => `+${line}`));
    }
  }
  return lines.map((line) => `${line}\n`).join('');
}
