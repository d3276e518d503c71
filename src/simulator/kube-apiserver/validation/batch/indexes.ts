// Lists of indexes of a Job, as `1,3-5` (pkg/apis/batch/validation, validateIndexesFormat, Kubernetes 1.36).
import { quote } from '../../../../api/go-text.ts';

/** How many indexes there are, or what is wrong with them. Each is below `completions`. */
export function countIndexes(text: string, completions: number): number | string {
  let total = 0;
  let last: number | undefined;
  for (const interval of text ? text.split(',') : []) {
    const limits = interval.split('-');
    if (limits.length > 2) {
      const rule = "an index interval can have at most two parts separated by '-'";
      return `the fragment ${quote(interval)} violates the requirement that ${rule}`;
    }
    const numbers: number[] = [];
    for (const limit of limits) {
      if (!/^[+-]?\d+$/.test(limit)) return `cannot convert string to integer for index: ${quote(limit)}`;
      if (Number(limit) >= completions) return `too large index: ${quote(limit)}`;
      numbers.push(Number(limit));
    }
    const [first = 0, end = first] = numbers;
    if (numbers.length > 1 && first >= end) return unordered(first, end);
    if (last !== undefined && last >= first) return unordered(last, first);
    total += end - first + 1;
    last = end;
  }
  return total;
}

const unordered = (previous: number, current: number) =>
  `non-increasing order, previous: ${previous}, current: ${current}`;
