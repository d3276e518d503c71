// The difference of two texts by lines, for objects that changed a little.

export interface DiffLine {
  readonly state: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** The most work that is worth an exact answer, in pairs of lines; beyond it the middle counts as replaced. */
const mostPairs = 4_000_000;

export function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let [endA, endB] = [before.length, after.length];
  while (endA > start && endB > start && before[endA - 1] === after[endB - 1]) [endA, endB] = [endA - 1, endB - 1];
  const as = (state: DiffLine['state'], lines: readonly string[]) => lines.map((text) => ({ state, text }));
  return [
    ...as('same', before.slice(0, start)),
    ...middle(before.slice(start, endA), after.slice(start, endB)),
    ...as('same', before.slice(endA)),
  ];
}

/** By the longest common subsequence. */
function middle(a: readonly string[], b: readonly string[]): DiffLine[] {
  const replaced: DiffLine[] = [
    ...a.map((text) => ({ state: 'removed' as const, text })),
    ...b.map((text) => ({ state: 'added' as const, text })),
  ];
  if (a.length === 0 || b.length === 0 || a.length * b.length > mostPairs) return replaced;
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i * width + j] =
        a[i] === b[j]
          ? common[(i + 1) * width + j + 1]! + 1
          : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
    }
  }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ state: 'same', text: a[i]! });
      [i, j] = [i + 1, j + 1];
    } else if (j >= b.length || (i < a.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!)) {
      lines.push({ state: 'removed', text: a[i++]! });
    } else lines.push({ state: 'added', text: b[j++]! });
  }
  return lines;
}

const signs = { same: ' ', added: '+', removed: '-' } as const;
const context = 3;

/** As `diff -u` shows it, without its head: what changed and three lines around it, `…` for what is left out. */
export function diffText(before: string, after: string): string {
  const lines = diffLines(linesOf(before), linesOf(after));
  const near = new Set<number>();
  lines.forEach(({ state }, index) => {
    if (state !== 'same') for (let at = index - context; at <= index + context; at++) near.add(at);
  });
  const shown: string[] = [];
  lines.forEach(({ state, text }, index) => {
    if (near.has(index)) shown.push(`${signs[state]} ${text}`);
    else if (shown.at(-1) !== '  …') shown.push('  …');
  });
  return shown.join('\n');
}

const linesOf = (text: string) => text.replace(/\n$/, '').split('\n');
