// What CEL's own rules make of types, whatever the variables are.
import type { ASTNode } from '../../../../cel/program.ts';
import type { Call } from './library.ts';
import { anything, bool, int, optionalOf, scalar, type CelType } from './types.ts';

/** Something that the checker does not follow. */
export class Unfollowed extends Error {}

export const unfollowed = (): never => {
  throw new Unfollowed();
};

/** Of two types that have to be the same. */
export function same(a: CelType | undefined, b: CelType | undefined): CelType | undefined {
  if (!a || !b) return a ?? b;
  if (a.kind === 'dyn' || b.kind === 'dyn') return anything;
  if (a.kind === 'list' && b.kind === 'list' && !(a.element && b.element)) return a.element ? a : b;
  if (a.kind === b.kind && a.identity === b.identity && !a.element === !b.element) {
    if (a.element && b.element) same(a.element, b.element);
    return a.size > b.size ? a : b;
  }
  return unfollowed();
}

/** The value of what may be left out. */
export const optional = (type: CelType | undefined) => (type?.kind === 'optional' ? type : type && optionalOf(type));

/** What a list or map has at an index. */
export function elementBy(type: CelType, by: CelType): CelType | undefined {
  if (type.kind === 'dyn' || by.kind === 'dyn') return type.element ?? anything;
  if (type.kind === 'list' && by.kind === 'int') return type.element;
  if (type.kind === 'map' && by.kind === 'string') return type.element;
  return unfollowed();
}

/** `size` of a value. */
export function sized(type: CelType | undefined): Call {
  if (type && !['bytes', 'dyn', 'list', 'map', 'string'].includes(type.kind)) return unfollowed();
  return { type: int, cost: 1 };
}

/** How much there is to compare of a value. */
export const lengthOf = (type: CelType | undefined): number =>
  type && ['bytes', 'list', 'map', 'string'].includes(type.kind) ? type.size : 1;

export function literal(value: unknown): CelType {
  switch (typeof value) {
    case 'string':
      return scalar('string', value.length);
    case 'bigint':
      return int;
    case 'number':
      return scalar('double');
    case 'boolean':
      return bool;
    default:
      return value === null ? scalar('null') : unfollowed();
  }
}

/** Names that stand for types. */
export const typeNames = new Set(
  'bool bytes double duration dyn int list map null_type string timestamp type uint google kubernetes optional'.split(
    ' ',
  ),
);

/** What is asked for its type in `type(a) == string`. */
export function typeTested(left: ASTNode, right: ASTNode): ASTNode | undefined {
  if (left.op !== 'call' || right.op !== 'id' || !typeNames.has(right.args)) return undefined;
  const [name, args] = left.args;
  return name === 'type' && args.length === 1 ? args[0] : undefined;
}
