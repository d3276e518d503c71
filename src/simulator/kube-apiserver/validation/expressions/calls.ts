// What is called on texts, on optional values, and on names that are no variables.
import type { ASTNode } from '../../../../cel/program.ts';
import { traversed } from './costs.ts';
import { isFormatOf } from './library.ts';
import { optional, same, unfollowed } from './type-rules.ts';
import { anything, bool, optionalOf, text, unbounded, type CelType } from './types.ts';

/** The check of an expression that such a call stands in. */
interface Check {
  typeOf(node: ASTNode, scope: ReadonlyMap<string, CelType>): CelType | undefined;
  spend(cost: number): void;
}

/** `'%s of %d'.format([a, b])`: of both the compiler looks at what it can see. */
export function formatted(check: Check, target: ASTNode, list: ASTNode, scope: ReadonlyMap<string, CelType>): CelType {
  const on = check.typeOf(target, scope) ?? anything;
  const items = list.op === 'list' ? list.args.map((item) => check.typeOf(item, scope) ?? anything) : undefined;
  const given = items ? 'list' : check.typeOf(list, scope)?.kind;
  if (!['string', 'dyn'].includes(on.kind) || !['list', 'dyn'].includes(given ?? '')) return unfollowed();
  if (items && target.op === 'value' && !isFormatOf(String(target.args), items)) return unfollowed();
  check.spend((items ? 10 : 0) + traversed(on.size));
  return { ...text, size: unbounded };
}

/** What is called on a name that is no variable: `optional.of(a)`. */
export function named(
  check: Check,
  library: string,
  name: string,
  args: readonly ASTNode[],
  scope: ReadonlyMap<string, CelType>,
): CelType | undefined {
  check.spend(1);
  const [type] = args.map((arg) => check.typeOf(arg, scope));
  if (args.length !== 1 || !type) return unfollowed();
  if (library === 'optional' && (name === 'of' || name === 'ofNonZeroValue')) return optionalOf(type);
  return library === 'jsonpatch' && name === 'escapeKey' && type.kind === 'string' ? text : unfollowed();
}

export function ofOptional(
  check: Check,
  element: CelType,
  name: string,
  args: readonly ASTNode[],
  scope: ReadonlyMap<string, CelType>,
): CelType | undefined {
  check.spend(1);
  const [first, second] = args;
  // nothing is known any more of how large it can be
  const value = { ...element, size: unbounded };
  if (!first) return name === 'hasValue' ? bool : name === 'value' ? value : unfollowed();
  if (first.op === 'id' && second && (name === 'optMap' || name === 'optFlatMap')) {
    const made = check.typeOf(second, new Map([...scope, [first.args, element]]));
    return name === 'optMap' ? optional(made) : made?.kind === 'optional' ? made : unfollowed();
  }
  const other = check.typeOf(first, scope);
  if (second || !other) return unfollowed();
  if (name === 'orValue') return same(value, other);
  return name === 'or' && other.kind === 'optional' ? same(optionalOf(element), other) : unfollowed();
}
