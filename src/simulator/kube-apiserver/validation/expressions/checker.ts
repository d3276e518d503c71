// Checks an expression of CEL against the types of a schema, and estimates what it can cost at most. Only a part of the language is
// followed, the one most rules are written in: of all else it is unknown whether the server's own checker would agree.
import { kubernetesSyntax, type ASTNode } from '../../../../cel/program.ts';
import { anything, bool, int, scalar, text, type CelKind, type CelType } from './types.ts';
import { patternProblem } from '../go-regexp.ts';

/** Something that the checker does not follow. */
class Unfollowed extends Error {}

const unfollowed = (): never => {
  throw new Unfollowed();
};

/** What came of an expression. */
export interface Checked {
  /** What the compiler has to say against it, in its own form. */
  readonly problem: string | undefined;
  /** The type of its values, if there is no problem. */
  readonly type: CelType | undefined;
  /** What it costs at most to evaluate it. */
  readonly cost: number;
  /** The names of variables in it. */
  readonly uses: ReadonlySet<string>;
}

/** Undefined: unknown whether it compiles. */
export function checkExpression(expression: string, variables: Readonly<Record<string, CelType>>): Checked | undefined {
  const syntax = kubernetesSyntax(expression);
  if (!syntax) return undefined;
  const checker = new Checker(expression, variables);
  try {
    const type = checker.typeOf(syntax);
    const { problem, cost, uses } = checker;
    // of several lines, and of what is not ASCII, the compiler shows a part
    return problem !== undefined && !/^[ -~]*$/.test(expression) ? undefined : { problem, type, cost, uses };
  } catch (error) {
    if (error instanceof Unfollowed) return undefined;
    throw error;
  }
}

const typeNames = new Set(
  'bool bytes double duration dyn int list map null_type string timestamp type uint google kubernetes optional'.split(
    ' ',
  ),
);
/** Macros that go through a list, or the keys of a map. */
const macros = new Set(['all', 'exists', 'exists_one', 'filter', 'map']);
/** Functions of texts that make another text. */
const sameText = new Set(['lowerAscii', 'trim', 'upperAscii']);
const compared: readonly CelKind[] = ['int', 'double', 'string', 'timestamp', 'duration'];

class Checker {
  readonly #source: string;
  readonly #variables: ReadonlyMap<string, CelType>;
  readonly #problems: { readonly at: number; readonly what: string }[] = [];
  readonly uses = new Set<string>();
  cost = 0;
  #times = 1;

  constructor(source: string, variables: Readonly<Record<string, CelType>>) {
    this.#source = source;
    this.#variables = new Map(Object.entries(variables));
  }

  get problem(): string | undefined {
    if (!this.#problems.length) return undefined;
    const shown = this.#problems
      .toSorted((a, b) => a.at - b.at)
      .map(({ at, what }) => `ERROR: <input>:1:${at + 1}: ${what}\n | ${this.#source}\n | ${'.'.repeat(at)}^`);
    return shown.join('\n');
  }

  #spend(cost: number): void {
    this.cost += this.#times * cost;
  }

  #report(at: number, what: string): undefined {
    this.#problems.push({ at, what });
  }

  /** The type of an expression; undefined after an error in it. */
  typeOf(node: ASTNode, scope: ReadonlyMap<string, CelType> = this.#variables): CelType | undefined {
    this.#spend(2);
    switch (node.op) {
      case 'value':
        return literal(node.args);
      case 'id':
        return this.#variable(node, node.args, scope);
      case '.':
        return this.#field(node.args[0], node.args[1], scope);
      case '[]':
        return this.#index(node.args, scope);
      case 'list':
        return this.#list(node.args, scope);
      case '!_':
        this.#condition(node.args, scope);
        return bool;
      case '&&':
      case '||':
        for (const operand of node.args) this.#condition(operand, scope);
        return bool;
      case '?:':
        this.#condition(node.args[0], scope);
        return this.#same(this.typeOf(node.args[1], scope), this.typeOf(node.args[2], scope));
      case '==':
      case '!=':
        return this.#equality(node.args, scope);
      case '<':
      case '<=':
      case '>':
      case '>=':
        return this.#comparison(node.args, scope);
      case 'in':
        return this.#membership(node.args, scope);
      case '+':
      case '-':
      case '*':
        return this.#arithmetic(node.op, node.args, scope);
      case 'call':
        return this.#call(node.args[0], node.args[1], scope);
      case 'rcall':
        return this.#method(node.args[0], node.args[1], node.args[2], scope);
      default:
        return unfollowed();
    }
  }

  #variable(node: ASTNode, name: string, scope: ReadonlyMap<string, CelType>): CelType | undefined {
    const type = scope.get(name);
    if (typeNames.has(name) || type?.kind === 'opaque') return unfollowed();
    this.uses.add(name);
    return type ?? this.#report(node.start, `undeclared reference to '${name}' (in container '')`);
  }

  #condition(node: ASTNode, scope: ReadonlyMap<string, CelType>): void {
    const type = this.typeOf(node, scope);
    if (type && type.kind !== 'bool' && type.kind !== 'dyn') unfollowed();
  }

  #field(operand: ASTNode, name: string, scope: ReadonlyMap<string, CelType>): CelType | undefined {
    const type = this.typeOf(operand, scope);
    const dot = this.#source.indexOf('.', operand.end);
    if (!type || type.kind === 'dyn') return type;
    if (type.kind === 'map') return type.element;
    if (type.kind === 'object') return type.field?.(name) ?? this.#report(dot, `undefined field '${name}'`);
    if (!['bool', 'double', 'int', 'string', 'bytes'].includes(type.kind)) return unfollowed();
    return this.#report(dot, `type '${type.kind}' does not support field selection`);
  }

  #index([operand, key]: readonly [ASTNode, ASTNode], scope: ReadonlyMap<string, CelType>): CelType | undefined {
    const type = this.typeOf(operand, scope);
    const by = this.typeOf(key, scope);
    if (!type || !by) return undefined;
    if (type.kind === 'dyn' || by.kind === 'dyn') return type.element ?? anything;
    if (type.kind === 'list' && by.kind === 'int') return type.element;
    if (type.kind === 'map' && by.kind === 'string') return type.element;
    return unfollowed();
  }

  #list(items: readonly ASTNode[], scope: ReadonlyMap<string, CelType>): CelType {
    const types = items.map((item) => this.typeOf(item, scope) ?? unfollowed());
    const [element] = types;
    if (!element || types.some(({ kind }) => kind !== element.kind)) return unfollowed();
    return { kind: 'list', size: items.length, element };
  }

  /** Of two types that have to be the same. */
  #same(a: CelType | undefined, b: CelType | undefined): CelType | undefined {
    if (!a || !b) return a ?? b;
    if (a.kind === 'dyn' || b.kind === 'dyn') return anything;
    if (a.kind === b.kind && a.identity === b.identity && !a.element === !b.element) {
      if (a.element && b.element) this.#same(a.element, b.element);
      return a.size > b.size ? a : b;
    }
    return unfollowed();
  }

  #equality([left, right]: readonly [ASTNode, ASTNode], scope: ReadonlyMap<string, CelType>): CelType {
    const a = this.typeOf(left, scope);
    const b = this.typeOf(right, scope);
    const isNull = (one: CelType | undefined) => one?.kind === 'null';
    const mayBeNull = (one: CelType | undefined) => !one || ['dyn', 'null', 'object'].includes(one.kind);
    if (isNull(a) || isNull(b)) return mayBeNull(a) && mayBeNull(b) ? bool : unfollowed();
    this.#same(a, b);
    this.#spend(0.2 * Math.min(a?.size ?? 1, b?.size ?? 1));
    return bool;
  }

  #comparison([left, right]: readonly [ASTNode, ASTNode], scope: ReadonlyMap<string, CelType>): CelType {
    const a = this.typeOf(left, scope);
    const b = this.typeOf(right, scope);
    if (!a || !b) return bool;
    const known = [a, b].filter(({ kind }) => kind !== 'dyn');
    if (known.some(({ kind }) => kind !== known[0]?.kind || !compared.includes(kind))) return unfollowed();
    this.#spend(0.2 * Math.min(a.size, b.size));
    return bool;
  }

  #membership([left, right]: readonly [ASTNode, ASTNode], scope: ReadonlyMap<string, CelType>): CelType {
    const item = this.typeOf(left, scope);
    const among = this.typeOf(right, scope);
    if (!among || among.kind === 'dyn') return bool;
    if (among.kind !== 'list' && among.kind !== 'map') return unfollowed();
    const wanted = among.kind === 'map' ? 'string' : among.element?.kind;
    if (item && item.kind !== 'dyn' && wanted !== 'dyn' && item.kind !== wanted) return unfollowed();
    if (item && !['bool', 'double', 'dyn', 'int', 'string'].includes(item.kind)) return unfollowed();
    this.#spend(among.kind === 'list' ? 2 * among.size : 2);
    return bool;
  }

  #arithmetic(
    operator: string,
    [left, right]: readonly [ASTNode, ASTNode],
    scope: ReadonlyMap<string, CelType>,
  ): CelType | undefined {
    const a = this.typeOf(left, scope);
    const b = this.typeOf(right, scope);
    if (!a || !b) return unfollowed();
    if (a.kind !== b.kind) return unfollowed();
    if (a.kind === 'int' || a.kind === 'double') return scalar(a.kind);
    if (a.kind !== 'string' || operator !== '+') return unfollowed();
    this.#spend(0.2 * (a.size + b.size));
    return scalar('string', a.size + b.size);
  }

  #call(name: string, args: readonly ASTNode[], scope: ReadonlyMap<string, CelType>): CelType | undefined {
    const [first] = args;
    if (!first || args.length > 1) return unfollowed();
    if (name === '_h_' && first.op === '.') {
      this.#field(first.args[0], first.args[1], scope);
      return bool;
    }
    const type = this.typeOf(first, scope);
    if (name === 'size') return sized(type);
    const isConverted = !type || ['dyn', 'double', 'int', 'string'].includes(type.kind);
    if (name === 'int' && isConverted) return int;
    return name === 'string' && isConverted ? { ...text, size: type?.size ?? 1 } : unfollowed();
  }

  #method(
    name: string,
    target: ASTNode,
    args: readonly ASTNode[],
    scope: ReadonlyMap<string, CelType>,
  ): CelType | undefined {
    const [first, second] = args;
    if (macros.has(name)) {
      const isPlain = first?.op === 'id' && second && args.length === 2;
      return isPlain ? this.#loop(name, target, first.args, second, scope) : unfollowed();
    }
    // a function of a library: `math.greatest(a)`
    if (target.op === 'id' && !scope.has(target.args)) return unfollowed();
    const type = this.typeOf(target, scope);
    if (name === 'size' && !args.length) return sized(type);
    if (type && type.kind !== 'string' && type.kind !== 'dyn') return unfollowed();
    if (!args.length && sameText.has(name)) return text;
    if (!first || args.length > 1) return unfollowed();
    const given = this.typeOf(first, scope);
    if (given?.kind !== 'string' && given?.kind !== 'dyn') return unfollowed();
    const length = type?.size ?? 1;
    if (name === 'startsWith' || name === 'endsWith') this.#spend(given.size);
    else if (name === 'contains') this.#spend(0.02 * length * Math.max(5, given.size));
    else if (name !== 'matches' || first.op !== 'value' || patternProblem(String(first.args)) !== undefined)
      unfollowed();
    else this.#spend(0.03 * length * Math.max(5, given.size));
    return bool;
  }

  #loop(
    macro: string,
    target: ASTNode,
    name: string,
    body: ASTNode,
    scope: ReadonlyMap<string, CelType>,
  ): CelType | undefined {
    const among = this.typeOf(target, scope) ?? anything;
    if (!['dyn', 'list', 'map'].includes(among.kind)) return unfollowed();
    const element = among.kind === 'map' ? text : (among.element ?? anything);
    const inner = new Map([...scope, [name, element] as const]);
    const times = this.#times;
    this.#times = times * (among.size + 1);
    this.#spend(6);
    const mapped = macro === 'map' ? this.typeOf(body, inner) : undefined;
    if (macro !== 'map') this.#condition(body, inner);
    this.#times = times;
    if (macro === 'map') return mapped && { kind: 'list', size: among.size, element: mapped };
    return macro === 'filter' ? { kind: 'list', size: among.size, element } : bool;
  }
}

function sized(type: CelType | undefined): CelType {
  if (!type || ['bytes', 'dyn', 'list', 'map', 'string'].includes(type.kind)) return int;
  return unfollowed();
}

function literal(value: unknown): CelType {
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
