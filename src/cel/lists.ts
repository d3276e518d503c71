// Kubernetes' CEL functions about lists, and those of cel-go about lists as sets
// (k8s.io/apiserver/pkg/cel/library/lists.go, cel-go/ext/sets.go and lists.go).
import type { Environment } from '@marcbachmann/cel-js';
import { CelError } from './error.ts';
import { areEqual, order } from './values.ts';

type List = readonly unknown[];

/** What `sets` is in `sets.contains(a, b)`. */
class SetsNamespace {}
const sets = new SetsNamespace();

const has = (list: List, wanted: unknown) => list.some((item) => areEqual(item, wanted));
const hasAll = (list: List, wanted: List) => wanted.every((item) => has(list, item));

function compared(a: unknown, b: unknown): number {
  const result = order(a, b);
  if (result === undefined) throw new CelError('no such overload');
  return result;
}

const isSorted = (list: List) => list.every((item, i) => i === 0 || compared(list[i - 1], item) <= 0);

/** The least item by `sign` 1, the greatest by -1. */
function extreme(list: List, sign: 1 | -1, name: string): unknown {
  if (!list.length) throw new CelError(`${name} called on empty list`);
  return list.reduce((best, item) => (compared(item, best) * sign < 0 ? item : best));
}

function sum(list: List): unknown {
  if (list.every((item) => typeof item === 'number')) return list.length ? list.reduce((a, b) => a + b, 0) : 0n;
  const total = list.reduce((before: bigint, item) => {
    if (typeof item !== 'bigint') throw new CelError('no such overload');
    return before + item;
  }, 0n);
  if (BigInt.asIntN(64, total) !== total) throw new CelError('integer overflow');
  return total;
}

const indexOf = (list: List, wanted: unknown) => BigInt(list.findIndex((item) => areEqual(item, wanted)));
const lastIndexOf = (list: List, wanted: unknown) => BigInt(list.findLastIndex((item) => areEqual(item, wanted)));
const distinct = (list: List) => list.filter((item, i) => indexOf(list, item) === BigInt(i));

export function addListLibrary(environment: Environment): void {
  environment
    .registerType('kubernetes.Sets', { ctor: SetsNamespace, fields: {} })
    .registerConstant('sets', 'kubernetes.Sets', sets)
    .registerFunction('kubernetes.Sets.contains(list, list): bool', (_: unknown, a: List, b: List) => hasAll(a, b))
    .registerFunction(
      'kubernetes.Sets.equivalent(list, list): bool',
      (_: unknown, a: List, b: List) => hasAll(a, b) && hasAll(b, a),
    )
    .registerFunction('kubernetes.Sets.intersects(list, list): bool', (_: unknown, a: List, b: List) =>
      a.some((item) => has(b, item)),
    )
    .registerFunction('list.isSorted(): bool', isSorted)
    .registerFunction('list.sum(): dyn', sum)
    .registerFunction('list<T>.min(): T', (list: List) => extreme(list, 1, 'min'))
    .registerFunction('list<T>.max(): T', (list: List) => extreme(list, -1, 'max'))
    .registerFunction('list.indexOf(dyn): int', indexOf)
    .registerFunction('list.lastIndexOf(dyn): int', lastIndexOf)
    .registerFunction('list<T>.distinct(): list<T>', distinct);
}
