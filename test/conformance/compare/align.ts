// Two lists laid side by side by their longest common subsequence: one missing thing costs one, not all that follow.

export interface Alignment {
  readonly equal: number;
  /** What differs, in pairs; a side is undefined where the other list has more. */
  readonly pairs: readonly (readonly [unknown, unknown])[];
}

export function align(was: readonly unknown[], is: readonly unknown[]): Alignment {
  const a = was.map((item) => JSON.stringify(item));
  const b = is.map((item) => JSON.stringify(item));
  const lengths = commonLengths(a, b);
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  const pairs: (readonly [unknown, unknown])[] = [];
  let [left, right]: [unknown[], unknown[]] = [[], []];
  const flush = () => {
    for (let k = 0; k < Math.max(left.length, right.length); k++) pairs.push([left[k], right[k]]);
    [left, right] = [[], []];
  };
  let [i, j, equal] = [0, 0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      flush();
      [i, j, equal] = [i + 1, j + 1, equal + 1];
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) left.push(was[i++]);
    else right.push(is[j++]);
  }
  flush();
  return { equal, pairs };
}

/** For each pair of suffixes the length of their longest common subsequence. */
function commonLengths(a: readonly string[], b: readonly string[]): number[][] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    const [row, below] = [lengths[i] as number[], lengths[i + 1] as number[]];
    for (let j = b.length - 1; j >= 0; j--) {
      row[j] = a[i] === b[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return lengths;
}
