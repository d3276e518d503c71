// Macros that the library lacks: comprehensions of two variables (cel-go/ext/comprehensions.go), `sortBy`, and
// `optMap` (cel-go/cel/library.go).
import { EvaluationError, Optional, type ASTNode, type Environment } from '@marcbachmann/cel-js';
import { CelError } from './error.ts';
import { areEqual, entriesOf, itemsOf, sorted } from './values.ts';

/** The parts of the library's checker and evaluator that a macro gets to see. */
interface Type {
  readonly kind: string;
  readonly keyType: Type;
  readonly valueType: Type;
}
interface Registry {
  getListType(item: Type): Type;
  getMapType(key: Type, value: Type): Type;
  getOptionalType(value: Type): Type;
}
interface Checker {
  readonly registry: Registry;
  check(node: ASTNode, scope: Scope): Type;
  getType(name: string): Type;
  createError(code: string, text: string, node: ASTNode): Error;
}
interface Scope {
  forkWithVariable(name: string, type: Type): Scope;
  reuse(outer: Scope): Scope;
  setIterValue(value: unknown, evaluator: Evaluator): Scope;
}
interface Evaluator {
  run(node: ASTNode, scope: Scope): unknown;
}

/** One step: the values of the variables, and how expressions are evaluated with these. */
interface Step {
  readonly values: readonly unknown[];
  readonly run: (node: ASTNode) => unknown;
}

interface Macro {
  /** How many of the arguments are names of variables. */
  readonly variables: number;
  /** Types of the variables, if the range is fit for it. */
  variableTypes(range: Type, checker: Checker): readonly Type[] | undefined;
  /** The type of the whole, by that of the last argument. */
  typeOf(result: Type, range: Type, checker: Checker): Type;
  /** What the variables are in each step. */
  valuesOf(range: unknown): readonly (readonly unknown[])[];
  evaluate(steps: Iterable<Step>, body: readonly ASTNode[], range: unknown): unknown;
}

const noOverload = () => new CelError('no such overload');

/** Undefined for what cannot be gone through. */
const elementTypes = (range: Type, checker: Checker): readonly [key: Type, value: Type] | undefined => {
  if (range.kind === 'list') return [checker.getType('int'), range.valueType];
  if (range.kind === 'map') return [range.keyType, range.valueType];
  return range.kind === 'dyn' ? [range, range] : undefined;
};

function keysAndValues(range: unknown): readonly (readonly [unknown, unknown])[] {
  if (Array.isArray(range)) return range.map((item: unknown, i) => [BigInt(i), item] as const);
  const entries = entriesOf(range);
  if (!entries) throw noOverload();
  return entries;
}

const two = {
  variables: 2,
  variableTypes: elementTypes,
  valuesOf: keysAndValues,
};

/** Items of a list, or keys of a map. */
const one = {
  variables: 1,
  variableTypes: (range: Type, checker: Checker) => {
    const types = elementTypes(range, checker);
    return types && [range.kind === 'map' ? types[0] : types[1]];
  },
  valuesOf: (range: unknown) =>
    keysAndValues(range).map(([key, value]) => [Array.isArray(range) ? value : key] as const),
};

const bool = { typeOf: (_: Type, __: Type, checker: Checker) => checker.getType('bool') };

function truth(value: unknown): boolean {
  if (typeof value !== 'boolean') throw noOverload();
  return value;
}

/** `all` is decided by the first that is not, `exists` by the first that is; until then errors are put off. */
const quantifier = (decides: boolean): Pick<Macro, 'typeOf' | 'evaluate'> => ({
  ...bool,
  evaluate(steps, [condition]) {
    let putOff: unknown;
    for (const { run } of steps) {
      try {
        if (condition && truth(run(condition)) === decides) return decides;
      } catch (error) {
        if (!(error instanceof CelError) && !(error instanceof EvaluationError)) throw error;
        putOff ??= error;
      }
    }
    if (putOff) throw putOff as Error;
    return !decides;
  },
});

const existsOne: Pick<Macro, 'typeOf' | 'evaluate'> = {
  ...bool,
  evaluate(steps, [condition]) {
    let count = 0;
    for (const { run } of steps) if (condition && truth(run(condition))) count++;
    return count === 1;
  },
};

/** The values of the last expression, with the first of two as a filter. */
function* transformed(
  steps: Iterable<Step>,
  body: readonly ASTNode[],
): Generator<readonly [key: unknown, value: unknown]> {
  const [transform, filter] = body.toReversed();
  for (const { values, run } of steps) {
    if (transform && (!filter || truth(run(filter)))) yield [values[0], run(transform)];
  }
}

const transformList: Pick<Macro, 'typeOf' | 'evaluate'> = {
  typeOf: (result, _, { registry }) => registry.getListType(result),
  evaluate: (steps, body) => Array.from(transformed(steps, body), ([, value]) => value),
};

const transformMap: Pick<Macro, 'typeOf' | 'evaluate'> = {
  typeOf: (result, range, checker) =>
    checker.registry.getMapType(elementTypes(range, checker)?.[0] ?? checker.getType('dyn'), result),
  evaluate: (steps, body) => new Map(transformed(steps, body)),
};

const transformMapEntry: Pick<Macro, 'typeOf' | 'evaluate'> = {
  typeOf: (result) => result,
  evaluate(steps, body) {
    const all = new Map<unknown, unknown>();
    for (const [, result] of transformed(steps, body)) {
      const entries = entriesOf(result);
      if (!entries) throw noOverload();
      for (const [key, value] of entries) {
        if ([...all.keys()].some((other) => areEqual(other, key))) {
          throw new CelError(`insert failed: key ${String(key)} already exists`);
        }
        all.set(key, value);
      }
    }
    return all;
  },
};

const sortBy: Pick<Macro, 'typeOf' | 'evaluate'> = {
  typeOf: (_, range) => range,
  evaluate: (steps, [key], range) => sorted(itemsOf(range), key ? Array.from(steps, ({ run }) => run(key)) : []),
};

/** The variable is the value of the optional one, if it has one. */
const optional: Pick<Macro, 'variables' | 'variableTypes' | 'valuesOf'> = {
  variables: 1,
  variableTypes: (range) =>
    range.kind === 'dyn' ? [range] : range.kind === 'optional' ? [range.valueType] : undefined,
  valuesOf(range) {
    if (!(range instanceof Optional)) throw noOverload();
    return range.hasValue() ? [[range.value() as unknown]] : [];
  },
};

/** The value of the only step, if there is one. */
function only(steps: Iterable<Step>, [body]: readonly ASTNode[]): readonly unknown[] {
  return Array.from(steps, ({ run }) => body && run(body));
}

const optMap: Pick<Macro, 'typeOf' | 'evaluate'> = {
  typeOf: (result, _, { registry }) => registry.getOptionalType(result),
  evaluate(steps, body) {
    const [value] = only(steps, body);
    return value === undefined ? Optional.none() : Optional.of(value);
  },
};

const optFlatMap: Pick<Macro, 'typeOf' | 'evaluate'> = {
  typeOf: (result) => result,
  evaluate: (steps, body) => only(steps, body)[0] ?? Optional.none(),
};

/** By name and number of arguments. */
const macros: readonly (readonly [name: string, size: number, macro: Macro])[] = [
  ['all', 3, { ...two, ...quantifier(false) }],
  ['exists', 3, { ...two, ...quantifier(true) }],
  ['existsOne', 3, { ...two, ...existsOne }],
  ['exists_one', 3, { ...two, ...existsOne }],
  ['transformList', 3, { ...two, ...transformList }],
  ['transformList', 4, { ...two, ...transformList }],
  ['transformMap', 3, { ...two, ...transformMap }],
  ['transformMap', 4, { ...two, ...transformMap }],
  ['transformMapEntry', 3, { ...two, ...transformMapEntry }],
  ['transformMapEntry', 4, { ...two, ...transformMapEntry }],
  ['sortBy', 2, { ...one, ...sortBy }],
  ['optMap', 2, { ...optional, ...optMap }],
  ['optFlatMap', 2, { ...optional, ...optFlatMap }],
];

interface Call {
  readonly receiver: ASTNode;
  readonly args: readonly ASTNode[];
}

/** Adds the macros. The library tells them apart by name and number of arguments, whatever the receiver is. */
export function addComprehensions(environment: Environment): void {
  for (const [name, size, macro] of macros) {
    const signature = `list.${name}(${new Array<string>(size).fill('ast').join(', ')}): dyn`;
    environment.registerFunction(signature, ({ receiver, args }: Call) => expanded(macro, receiver, args));
  }
}

function expanded(macro: Macro, receiver: ASTNode, args: readonly ASTNode[]) {
  const names = args.slice(0, macro.variables);
  const body = args.slice(macro.variables);
  /** One inside the other, a variable each. */
  let scopes: readonly Scope[] = [];
  return {
    typeCheck(checker: Checker, _: unknown, outer: Scope): Type {
      const range = checker.check(receiver, outer);
      const types = macro.variableTypes(range, checker);
      if (!types) throw checker.createError('invalid_comprehension_range', 'no range of a comprehension', receiver);
      scopes = names.reduce<readonly Scope[]>((before, node, i) => {
        if (node.op !== 'id') throw checker.createError('invalid_macro_argument', 'no simple name', node);
        return [...before, (before.at(-1) ?? outer).forkWithVariable(node.args, types[i] ?? checker.getType('dyn'))];
      }, []);
      const inner = scopes.at(-1) ?? outer;
      const found = body.map((node) => checker.check(node, inner));
      return macro.typeOf(found.at(-1) ?? checker.getType('dyn'), range, checker);
    },
    evaluate(evaluator: Evaluator, _: unknown, outer: Scope): unknown {
      const range = evaluator.run(receiver, outer);
      return macro.evaluate(stepsOf(macro.valuesOf(range), scopes, evaluator, outer), body, range);
    },
  };
}

function* stepsOf(
  rows: readonly (readonly unknown[])[],
  scopes: readonly Scope[],
  evaluator: Evaluator,
  outer: Scope,
): Generator<Step> {
  for (const values of rows) {
    const scope = scopes.reduce((around, one, i) => one.reuse(around).setIterValue(values[i], evaluator), outer);
    yield { values, run: (node) => evaluator.run(node, scope) };
  }
}
