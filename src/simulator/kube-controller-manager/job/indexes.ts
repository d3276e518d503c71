// Sets of completion indexes as a Job's status writes them: `1,3-5,7` (k8s.io/kubernetes/pkg/controller/job/indexed_job_utils.go, v1.36).

/** Ordered, disjoint, and not adjacent: first and last index of each. */
export type Indexes = readonly (readonly [first: number, last: number])[];

/** What the text says, without the indexes that the Job does not have. */
export function parseIndexes(text: string | undefined, completions: number): Indexes {
  const found: [number, number][] = [];
  for (const part of text ? text.split(',') : []) {
    const [first = NaN, last = first] = part.split('-').map(Number);
    if (!Number.isInteger(first) || !Number.isInteger(last)) continue;
    if (first >= completions) break;
    found.push([first, Math.min(last, completions - 1)]);
  }
  return union(found, []);
}

/** Two neighbours are written with a comma, more with a dash. */
export function formatIndexes(indexes: Indexes): string {
  return indexes
    .map(([first, last]) => (first === last ? `${first}` : `${first}${last === first + 1 ? ',' : '-'}${last}`))
    .join(',');
}

/** Single indexes, in any order and as often as one likes. */
export function indexesOf(numbers: Iterable<number>): Indexes {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  return union(
    sorted.map((index) => [index, index]),
    [],
  );
}

export function union(some: Indexes, others: Indexes): Indexes {
  const merged: [number, number][] = [];
  for (const [first, last] of [...some, ...others].sort(([a], [b]) => a - b)) {
    const before = merged.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else merged.push([first, last]);
  }
  return merged;
}

export function countOf(indexes: Indexes): number {
  return indexes.reduce((count, [first, last]) => count + last - first + 1, 0);
}

export function hasIndex(indexes: Indexes, index: number): boolean {
  return indexes.some(([first, last]) => first <= index && index <= last);
}

/** How many indexes are in both. */
export function overlap(some: Indexes, others: Indexes): number {
  return countOf(some) + countOf(others) - countOf(union(some, others));
}

/** The first indexes that are not among the taken ones, at most `count`, all below `completions`. */
export function firstFree(taken: Indexes, count: number, completions: number): number[] {
  const free: number[] = [];
  let candidate = 0;
  for (const [first, last] of [...taken, [completions, completions] as const]) {
    for (; candidate < Math.min(first, completions) && free.length < count; candidate++) free.push(candidate);
    candidate = Math.max(candidate, last + 1);
  }
  return free;
}
