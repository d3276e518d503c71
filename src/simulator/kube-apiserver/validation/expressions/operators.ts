// What the operators of CEL take and give (cel-go's common/stdlib, with comparison across numeric types, as Kubernetes sets it up).
import { Unfollowed, elementBy, same, unfollowed } from './type-rules.ts';
import { anything, bool, scalar, typeName, type CelKind, type CelType } from './types.ts';

/** An operator for which there is no such operands. */
export class NoOverload extends Unfollowed {
  readonly operands: readonly CelType[];

  constructor(operands: readonly CelType[]) {
    super();
    this.operands = operands;
  }
}

/** What the compiler says of operands that an operator does not take. Undefined where it is not known what it calls their types. */
export function overloadProblem(operator: string, operands: readonly CelType[]): string | undefined {
  const names = operands.map((type) => {
    const isShort = type.kind === 'duration' || type.kind === 'timestamp';
    return isShort ? type.kind : typeName(type);
  });
  if (names.some((name) => name === undefined)) return undefined;
  return `found no matching overload for '${operator}' applied to '(${names.join(', ')})'`;
}

/** The kinds of which it is known here all that operators make of them. */
const plain: readonly CelKind[] = ['bool', 'bytes', 'double', 'duration', 'int', 'string', 'timestamp'];
const isPlain = ({ kind }: CelType) => plain.includes(kind);

/** Reports operands that an operator does not take; those of other kinds are not followed. */
function refuse(...operands: readonly CelType[]): never {
  if (operands.every((type) => isPlain(type) || type.kind === 'dyn')) throw new NoOverload(operands);
  return unfollowed();
}

const isNumber = ({ kind }: CelType) => kind === 'int' || kind === 'double' || kind === 'dyn';

export function compared(a: CelType | undefined, b: CelType | undefined): CelType {
  if (!a || !b) {
    const known = a ?? b;
    return !known || isPlain(known) || known.kind === 'dyn' ? bool : unfollowed();
  }
  if (isNumber(a) && isNumber(b)) return bool;
  const known = [a, b].filter(({ kind }) => kind !== 'dyn');
  const isSame = known.every((type) => type.kind === known[0]?.kind && isPlain(type));
  return isSame ? bool : refuse(a, b);
}

export function equated(a: CelType | undefined, b: CelType | undefined): CelType {
  const isNull = (one: CelType | undefined) => one?.kind === 'null';
  const mayBeNull = (one: CelType | undefined) => !one || ['dyn', 'null', 'object'].includes(one.kind);
  if (isNull(a) || isNull(b)) return mayBeNull(a) && mayBeNull(b) ? bool : unfollowed();
  if (a && b && isPlain(a) && isPlain(b) && a.kind !== b.kind) refuse(a, b);
  same(a, b);
  return bool;
}

/** Operands of different kinds, or a result of another one. */
const mixed: Readonly<Record<string, CelKind>> = {
  'duration + timestamp': 'timestamp',
  'timestamp + duration': 'timestamp',
  'timestamp - duration': 'timestamp',
  'timestamp - timestamp': 'duration',
};

const alike: Readonly<Record<string, readonly CelKind[]>> = {
  '+': ['bytes', 'double', 'duration', 'int', 'list', 'string'],
  '-': ['double', 'duration', 'int'],
  '*': ['double', 'int'],
  '/': ['double', 'int'],
  '%': ['int'],
};

/** An operand with an error in it is taken for whatever fits. */
export function calculated(operator: string, a: CelType | undefined, b: CelType | undefined): CelType {
  if (!a || !b) {
    const known = a ?? b ?? anything;
    const isSure = known.kind === 'dyn' || (isNumber(known) && alike[operator]?.includes(known.kind));
    return isSure ? known : unfollowed();
  }
  const made = mixed[`${a.kind} ${operator} ${b.kind}`];
  if (made) return scalar(made);
  const known = a.kind === 'dyn' ? b : a;
  if (b.kind !== 'dyn' && b.kind !== known.kind) return refuse(a, b);
  const { kind } = known;
  if (kind === 'dyn') return anything;
  const isMixable = (a.kind === 'dyn' || b.kind === 'dyn') && ['duration', 'timestamp'].includes(kind);
  if (isMixable) return unfollowed();
  if (!alike[operator]?.includes(kind)) return refuse(a, b);
  if (kind === 'string' || kind === 'bytes') return scalar(kind, a.size + b.size);
  if (kind !== 'list') return scalar(kind);
  return a.kind === b.kind ? { ...(same(a, b) ?? a), size: a.size + b.size } : unfollowed();
}

export function negated(type: CelType): CelType {
  return ['double', 'dyn', 'int'].includes(type.kind) ? type : refuse(type);
}

/** `!`. What has an error in it is let pass. */
export function opposed(operand: CelType | undefined): CelType {
  return !operand || operand.kind === 'bool' || operand.kind === 'dyn' ? bool : refuse(operand);
}

/** What the compiler says of an operand of `&&` or `||`. */
export function conditionProblem(type: CelType | undefined): string | undefined {
  if (!type || type.kind === 'bool' || type.kind === 'dyn') return undefined;
  return isPlain(type) ? `expected type 'bool' but found '${type.kind}'` : unfollowed();
}

export function chosen(
  condition: CelType | undefined,
  a: CelType | undefined,
  b: CelType | undefined,
): CelType | undefined {
  const isCondition = !condition || condition.kind === 'bool' || condition.kind === 'dyn';
  const isMixed = a && b && isPlain(a) && isPlain(b) && a.kind !== b.kind;
  if (!isCondition || isMixed) return refuse(condition ?? unfollowed(), a ?? unfollowed(), b ?? unfollowed());
  return a && b && same(a, b);
}

/** `in` of a list, or of the keys of a map. */
export function contained(item: CelType | undefined, among: CelType): CelType {
  if (among.kind !== 'list' && among.kind !== 'map') return item ? refuse(item, among) : unfollowed();
  if (among.kind === 'map' && !among.size) return unfollowed();
  const wanted = among.kind === 'map' ? 'string' : among.element?.kind;
  if (item && item.kind !== 'dyn' && wanted !== 'dyn' && item.kind !== wanted) {
    const isKnown = isPlain(item) && plain.includes(wanted as CelKind);
    return isKnown ? refuseAny(item, among) : unfollowed();
  }
  if (item && !['bool', 'double', 'dyn', 'int', 'string'].includes(item.kind)) return unfollowed();
  return bool;
}

function refuseAny(...operands: readonly CelType[]): never {
  if (operands.some(({ kind, size }) => kind === 'map' && !size)) return unfollowed();
  throw new NoOverload(operands);
}

/** A map that was written empty has keys of any type yet. */
export function indexed(given: CelType | undefined, by: CelType | undefined): CelType | undefined {
  if (given && !by && given.kind !== 'list' && given.kind !== 'map' && given.kind !== 'dyn') return unfollowed();
  if (!given) return undefined;
  if (given.kind === 'map' && !given.size) return unfollowed();
  if (!by) return given.kind === 'dyn' ? anything : given.element;
  const key = given.kind === 'list' ? 'int' : given.kind === 'map' ? 'string' : undefined;
  if (isPlain(given) || (key && isPlain(by) && by.kind !== key)) return refuseAny(given, by);
  return elementBy(given, by);
}
