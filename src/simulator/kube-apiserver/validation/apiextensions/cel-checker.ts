// Checks an expression of CEL against the types of a schema, and estimates what it can cost at most. Only a part of the language is
// followed, the one most rules are written in: of all else it is unknown whether the server's own checker would agree.
import { kubernetesSyntax, type ASTNode } from '../../../../cel/program.ts';
import { bool, fieldType, int, scalar, type CelKind, type CelType } from './cel-types.ts';
import { patternProblem } from './go-regexp.ts';

/** Something that the checker does not follow. */
class Unfollowed extends Error {}

const unfollowed = (): never => {
  throw new Unfollowed();
};

/** What came of an expression: what the compiler says against it, or undefined, and how much it costs at most. */
export interface Checked {
  readonly problem: string | undefined;
  readonly cost: number;
  readonly usesOldSelf: boolean;
}

/** Undefined: unknown whether it compiles. `wanted` is the type its values have to have. */
export function checkExpression(
  expression: string,
  self: CelType,
  wanted: 'bool' | 'string' = 'bool',
): Checked | undefined {
  const syntax = kubernetesSyntax(expression);
  // of several lines, and of what is not ASCII, the compiler shows a part
  if (!syntax || !/^[ -~]*$/.test(expression)) return undefined;
  const checker = new Checker(expression, self);
  let type: CelType | undefined;
  try {
    type = checker.typeOf(syntax);
  } catch (error) {
    if (error instanceof Unfollowed) return undefined;
    throw error;
  }
  if (type?.kind === 'dyn') return undefined;
  const subject = wanted === 'bool' ? 'cel expression' : 'messageExpression';
  const unwanted = type && type.kind !== wanted ? `${subject} must evaluate to a ${wanted}` : undefined;
  const problem = checker.problem && `${wanted === 'bool' ? '' : `${subject} `}${checker.problem}`;
  return { problem: problem ?? unwanted, cost: checker.cost, usesOldSelf: checker.used.has('oldSelf') };
}

const typeNames = new Set(
  'bool bytes double duration dyn int list map null_type string timestamp type uint'.split(' '),
);
const compared: readonly CelKind[] = ['int', 'double', 'string', 'timestamp', 'duration'];

class Checker {
  readonly #source: string;
  readonly #variables: ReadonlyMap<string, CelType>;
  readonly #problems: { readonly at: number; readonly text: string }[] = [];
  readonly used = new Set<string>();
  cost = 0;
  #times = 1;

  constructor(source: string, self: CelType) {
    this.#source = source;
    this.#variables = new Map([
      ['self', self],
      ['oldSelf', self],
    ]);
  }

  get problem(): string | undefined {
    if (!this.#problems.length) return undefined;
    const shown = this.#problems
      .toSorted((a, b) => a.at - b.at)
      .map(({ at, text }) => `ERROR: <input>:1:${at + 1}: ${text}\n | ${this.#source}\n | ${'.'.repeat(at)}^`);
    return `compilation failed: ${shown.join('\n')}`;
  }

  #spend(cost: number): void {
    this.cost += this.#times * cost;
  }

  #report(at: number, text: string): undefined {
    this.#problems.push({ at, text });
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
    if (typeNames.has(name)) return unfollowed();
    this.used.add(name);
    return scope.get(name) ?? this.#report(node.start, `undeclared reference to '${name}' (in container '')`);
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
    if (type.kind === 'object') {
      const found = fieldType(type, name);
      if (found === 'untyped') return this.#report(dot, `undefined field '${name}'`);
      return found ?? this.#report(dot, `undefined field '${name}'`);
    }
    if (!['bool', 'double', 'int', 'string', 'bytes'].includes(type.kind)) return unfollowed();
    return this.#report(dot, `type '${type.kind}' does not support field selection`);
  }

  #index([operand, key]: readonly [ASTNode, ASTNode], scope: ReadonlyMap<string, CelType>): CelType | undefined {
    const type = this.typeOf(operand, scope);
    const by = this.typeOf(key, scope);
    if (!type || !by) return undefined;
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
    if (a.kind === b.kind && a.schema === b.schema && !a.element === !b.element) {
      if (a.element && b.element) this.#same(a.element, b.element);
      return a.size > b.size ? a : b;
    }
    return unfollowed();
  }

  #equality([left, right]: readonly [ASTNode, ASTNode], scope: ReadonlyMap<string, CelType>): CelType {
    const a = this.typeOf(left, scope);
    const b = this.typeOf(right, scope);
    if (!a || !b || a.kind === 'dyn' || b.kind === 'dyn') {
      this.#spend(0.2 * Math.min(a?.size ?? 1, b?.size ?? 1));
      return bool;
    }
    this.#same(a, b);
    this.#spend(0.2 * Math.min(a.size, b.size));
    return bool;
  }

  #comparison([left, right]: readonly [ASTNode, ASTNode], scope: ReadonlyMap<string, CelType>): CelType {
    const a = this.typeOf(left, scope);
    const b = this.typeOf(right, scope);
    if (!a || !b) return bool;
    if (a.kind !== b.kind || !compared.includes(a.kind)) return unfollowed();
    this.#spend(0.2 * Math.min(a.size, b.size));
    return bool;
  }

  #membership([left, right]: readonly [ASTNode, ASTNode], scope: ReadonlyMap<string, CelType>): CelType {
    const item = this.typeOf(left, scope);
    const among = this.typeOf(right, scope);
    if (!among) return bool;
    if (among.kind === 'list' && item && among.element?.kind !== item.kind) return unfollowed();
    if (among.kind === 'map' && item && item.kind !== 'string') return unfollowed();
    if (among.kind !== 'list' && among.kind !== 'map') return unfollowed();
    if (item && !['int', 'string', 'bool', 'double'].includes(item.kind)) return unfollowed();
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
    return name === 'size' ? sized(this.typeOf(first, scope)) : unfollowed();
  }

  #method(
    name: string,
    target: ASTNode,
    args: readonly ASTNode[],
    scope: ReadonlyMap<string, CelType>,
  ): CelType | undefined {
    const [first, second] = args;
    if (name === 'all' || name === 'exists' || name === 'exists_one') {
      return first?.op === 'id' && second && args.length === 2
        ? this.#loop(target, first.args, second, scope)
        : unfollowed();
    }
    const type = this.typeOf(target, scope);
    if (name === 'size' && !args.length) return sized(type);
    if (!first || args.length > 1 || (type && type.kind !== 'string')) return unfollowed();
    const given = this.typeOf(first, scope);
    if (given?.kind !== 'string') return unfollowed();
    const length = type?.size ?? 1;
    if (name === 'startsWith' || name === 'endsWith') this.#spend(given.size);
    else if (name === 'contains') this.#spend(0.02 * length * Math.max(5, given.size));
    else if (name !== 'matches' || first.op !== 'value' || patternProblem(String(first.args)) !== undefined)
      unfollowed();
    else this.#spend(0.03 * length * Math.max(5, given.size));
    return bool;
  }

  #loop(target: ASTNode, name: string, body: ASTNode, scope: ReadonlyMap<string, CelType>): CelType {
    const among = this.typeOf(target, scope);
    if (!among || (among.kind !== 'list' && among.kind !== 'map')) return unfollowed();
    const element = among.kind === 'map' ? scalar('string', 3 * 1024 * 1024) : among.element;
    const times = this.#times;
    this.#times = times * (among.size + 1);
    this.#spend(6);
    this.#condition(body, new Map([...scope, ...(element ? [[name, element] as const] : [])]));
    this.#times = times;
    return bool;
  }
}

function sized(type: CelType | undefined): CelType {
  if (!type || ['string', 'bytes', 'list', 'map'].includes(type.kind)) return int;
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
      return unfollowed();
  }
}
