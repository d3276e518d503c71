// Kubernetes' CEL functions about lists, and those of cel-go about lists, also as sets, and about optional items of them
// (k8s.io/apiserver/pkg/cel/library/lists.go, cel-go/ext/sets.go and lists.go, cel-go/cel/library.go).
import { Optional, type Environment } from '@marcbachmann/cel-js';
import { CelDoubt, CelError } from './error.ts';
import { ownName } from './own-functions.ts';
import { areEqual, order, sorted } from './values.ts';

type List = readonly unknown[];

/** What `sets` is in `sets.contains(a, b)`, and `lists` in `lists.range(n)`. */
class SetsNamespace {}
class ListsNamespace {}

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

const optional = (list: List, at: number) => (list.length ? Optional.of(list.at(at)) : Optional.none());

function slice(list: List, start: bigint, end: bigint): List {
  const failed = (why: string) => new CelError(`cannot slice(${start}, ${end}), ${why}`);
  if (start < 0n || end < 0n) throw failed('negative indexes not supported');
  if (start > end) throw failed('start index must be less than or equal to end index');
  if (end > BigInt(list.length)) throw failed(`list is length ${list.length}`);
  return list.slice(Number(start), Number(end));
}

function flatten(list: List, depth = 1n): List {
  if (depth < 0n) throw new CelError('level must be non-negative');
  return list.flat(Number(depth));
}

/** More items than this cost more than Kubernetes allows. */
const rangeLimit = 1_000_000n;

function range(size: bigint): List {
  if (size > rangeLimit) throw new CelDoubt();
  return Array.from({ length: Number(size < 0n ? 0n : size) }, (_, i) => BigInt(i));
}

function valuesOf(list: List): List {
  return list.flatMap((item) => {
    if (!(item instanceof Optional)) throw new CelDoubt();
    return item.hasValue() ? [item.value() as unknown] : [];
  });
}

export function addListLibrary(environment: Environment): void {
  environment
    .registerType('kubernetes.Sets', { ctor: SetsNamespace, fields: {} })
    .registerConstant('sets', 'kubernetes.Sets', new SetsNamespace())
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
    .registerFunction(`list.${ownName('indexOf')}(dyn): int`, indexOf)
    .registerFunction(`list.${ownName('lastIndexOf')}(dyn): int`, lastIndexOf)
    .registerFunction('list<T>.distinct(): list<T>', distinct)
    .registerFunction('list<T>.slice(int, int): list<T>', slice)
    .registerFunction('list.flatten(): list', (list: List) => flatten(list))
    .registerFunction('list.flatten(int): list', flatten)
    .registerFunction('list<T>.sort(): list<T>', (list: List) => sorted(list, list))
    .registerFunction('list<T>.reverse(): list<T>', (list: List) => list.toReversed())
    .registerFunction('list<T>.first(): optional<T>', (list: List) => optional(list, 0))
    .registerFunction('list<T>.last(): optional<T>', (list: List) => optional(list, -1))
    .registerFunction('list.unwrapOpt(): list', valuesOf)
    .registerFunction('OptionalNamespace.unwrap(list): list', (_: unknown, list: List) => valuesOf(list))
    .registerType('kubernetes.Lists', { ctor: ListsNamespace, fields: {} })
    .registerConstant('lists', 'kubernetes.Lists', new ListsNamespace())
    .registerFunction('kubernetes.Lists.range(int): list<int>', (_: unknown, size: bigint) => range(size));
}
