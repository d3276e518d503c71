// Checks an expression of CEL against the types of a schema, and estimates what it can cost at most. Only a part of the language is
// followed, the one most rules are written in: of all else it is unknown whether the server's own checker would agree.
import { displayed, readSyntax, type SyntaxProblem } from '../../../../cel/grammar/index.ts';
import { messageCall, withMessageCalls } from '../../../../cel/messages.ts';
import { kubernetesSyntax, type ASTNode } from '../../../../cel/program.ts';
import { formatted, named, ofOptional } from './calls.ts';
import { loopCosts, operatorCosts, traversed } from './costs.ts';
import { functionCall, isLiteralOf, methodCall, type Call } from './library.ts';
import { messageType } from './messages.ts';
import {
  NoOverload,
  calculated,
  chosen,
  conditionProblem,
  compared,
  contained,
  equated,
  indexed,
  negated,
  opposed,
  overloadProblem,
} from './operators.ts';
import {
  Unfollowed,
  elementBy,
  lengthOf,
  literal,
  optional,
  same,
  sized,
  typeNames,
  typeTested,
  unfollowed,
} from './type-rules.ts';
import { anything, bool, mapOf, scalar, text, type CelType } from './types.ts';
import { patternProblem } from '../go-regexp.ts';

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

/** Undefined: unknown whether it compiles. `messages`: `Object{…}` and `JSONPatch{…}` may stand in it. */
export function checkExpression(
  expression: string,
  variables: Readonly<Record<string, CelType>>,
  messages = false,
): Checked | undefined {
  const read = messages ? withMessageCalls(expression) : expression;
  const own = readSyntax(expression);
  if (own?.problem) return { problem: own.problem, type: undefined, cost: 0, uses: new Set() };
  const syntax = !own || own.isChained ? undefined : kubernetesSyntax(read);
  if (!syntax) return undefined;
  const checker = new Checker(read, variables);
  try {
    const type = checker.typeOf(syntax);
    const { problem, cost, uses } = checker;
    // the compiler knows where messages stood before they became calls
    return problem !== undefined && read !== expression ? undefined : { problem, type, cost, uses };
  } catch (error) {
    if (error instanceof Unfollowed) return undefined;
    throw error;
  }
}

class Checker {
  readonly #source: string;
  readonly #variables: ReadonlyMap<string, CelType>;
  readonly #problems: SyntaxProblem[] = [];
  readonly uses = new Set<string>();
  cost = 0;
  #times = 1;

  constructor(source: string, variables: Readonly<Record<string, CelType>>) {
    this.#source = source;
    this.#variables = new Map(Object.entries(variables));
  }

  get problem(): string | undefined {
    if (!this.#problems.length) return undefined;
    return displayed(this.#source, this.#problems);
  }

  spend(cost: number): void {
    this.cost += this.#times * cost;
  }

  #report(unit: number, what: string): undefined {
    this.#problems.push({ at: Array.from(this.#source.slice(0, unit)).length, what });
  }

  /** What an operator makes of operands, which may be none for it. `after`: what stands before the operator, if anything. */
  #operate<T>(
    operator: string,
    written: string,
    node: ASTNode,
    after: ASTNode | undefined,
    make: () => T,
  ): T | undefined {
    try {
      return make();
    } catch (error) {
      const problem = error instanceof NoOverload ? overloadProblem(operator, error.operands) : undefined;
      if (problem === undefined) throw error;
      return this.#report(after ? this.#source.indexOf(written, after.end) : node.start, problem);
    }
  }

  /** The type of an expression; undefined after an error in it. */
  typeOf(node: ASTNode, scope: ReadonlyMap<string, CelType> = this.#variables): CelType | undefined {
    this.spend(operatorCosts[node.op] ?? 0);
    switch (node.op) {
      case 'value':
        return literal(node.args);
      case 'id':
        return this.#variable(node, node.args, scope);
      case '.':
        return this.#field(node.args[0], node.args[1], scope);
      case '.?':
        return optional(this.#field(node.args[0], node.args[1], scope));
      case '[]':
        return this.#index(node, scope);
      case '[?]':
        return optional(this.#index(node, scope));
      case 'map':
        return this.#map(node.args, scope);
      case 'list':
        return this.#list(node.args, scope);
      case '!_': {
        const type = this.typeOf(node.args, scope);
        return this.#operate('!_', '!', node, undefined, () => opposed(type));
      }
      case '&&':
      case '||':
        return this.#logic(node.args, scope);
      case '?:': {
        const [condition, a, b] = node.args.map((operand) => this.typeOf(operand, scope));
        return this.#operate('_?_:_', '?', node, node.args[0], () => chosen(condition, a, b));
      }
      case '==':
      case '!=':
        return this.#equality(node, scope);
      case '<':
      case '<=':
      case '>':
      case '>=':
      case '+':
      case '-':
      case '*':
      case '/':
      case '%':
        return this.#calculation(node, scope);
      case 'in':
        return this.#membership(node, scope);
      case '-_': {
        const type = this.typeOf(node.args, scope);
        return type && this.#operate('-_', '-', node, undefined, () => negated(type));
      }
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
    const whole = operand.op === 'id' ? scope.get(`${operand.args}.${name}`) : undefined;
    if (whole) return whole;
    return this.#fieldOf(this.typeOf(operand, scope), name, operand.end);
  }

  #fieldOf(type: CelType | undefined, name: string, end: number): CelType | undefined {
    const dot = this.#source.indexOf('.', end);
    if (!type || type.kind === 'dyn') return type;
    if (type.kind === 'optional') return optional(this.#fieldOf(type.element, name, end));
    if (type.kind === 'map') return type.element;
    if (type.kind === 'object') return type.field?.(name) ?? this.#report(dot, `undefined field '${name}'`);
    if (!['bool', 'double', 'int', 'string', 'bytes'].includes(type.kind)) return unfollowed();
    return this.#report(dot, `type '${type.kind}' does not support field selection`);
  }

  #index(node: ASTNode & { op: '[]' | '[?]' }, scope: ReadonlyMap<string, CelType>): CelType | undefined {
    const [operand, key] = node.args;
    const given = this.typeOf(operand, scope);
    const by = this.typeOf(key, scope);
    if (given?.kind === 'optional') return by && optional(elementBy(given.element ?? anything, by));
    if (node.op === '[?]') return given && by && elementBy(given, by);
    return this.#operate('_[_]', '[', node, operand, () => indexed(given, by));
  }

  #list(items: readonly ASTNode[], scope: ReadonlyMap<string, CelType>): CelType {
    const element = this.#common(items, scope);
    return { kind: 'list', size: items.length, ...(element && { element }) };
  }

  #map(entries: readonly (readonly [ASTNode, ASTNode])[], scope: ReadonlyMap<string, CelType>): CelType {
    for (const [key] of entries) if (this.typeOf(key, scope)?.kind !== 'string') return unfollowed();
    const element = this.#common(
      entries.map(([, value]) => value),
      scope,
    );
    return { ...mapOf(element ?? anything), size: entries.length };
  }

  /** The type that all items of a list or map have. */
  #common(items: readonly ASTNode[], scope: ReadonlyMap<string, CelType>): CelType | undefined {
    const types = items.map((item) => this.typeOf(item, scope) ?? unfollowed());
    const [first] = types;
    if (first && types.some(({ kind }) => kind !== first.kind)) return unfollowed();
    return types.reduce((common: CelType | undefined, type) => same(common, type), first);
  }

  #logic(operands: readonly ASTNode[], scope: ReadonlyMap<string, CelType>): CelType | undefined {
    let type: CelType | undefined = bool;
    for (const operand of operands) {
      const problem = conditionProblem(this.typeOf(operand, scope));
      if (problem === undefined) continue;
      // of what is put together the compiler names another place
      if (operand.op !== 'id' && operand.op !== 'value') return unfollowed();
      type = this.#report(operand.start, problem);
    }
    return type;
  }

  #equality(node: ASTNode & { op: '==' | '!=' }, scope: ReadonlyMap<string, CelType>): CelType | undefined {
    const [left, right] = node.args;
    const tested = typeTested(left, right) ?? typeTested(right, left);
    if (tested) {
      this.typeOf(tested, scope);
      this.spend(2);
      return bool;
    }
    const a = this.typeOf(left, scope);
    const b = this.typeOf(right, scope);
    const type = this.#operate(`_${node.op}_`, node.op, node, left, () => equated(a, b));
    const isNull = [a, b].some((one) => one?.kind === 'null');
    if (type && !isNull) this.spend(traversed(Math.min(lengthOf(a), lengthOf(b))));
    return type;
  }

  /** Of numbers and texts: which is less, and what they come to. */
  #calculation(
    node: ASTNode & { op: '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%' },
    scope: ReadonlyMap<string, CelType>,
  ): CelType | undefined {
    const { op } = node;
    const [left, right] = node.args;
    const a = this.typeOf(left, scope);
    const b = this.typeOf(right, scope);
    const isComparison = op.startsWith('<') || op.startsWith('>');
    const make = () => (isComparison ? compared(a, b) : calculated(op, a, b));
    const type = this.#operate(`_${op}_`, op, node, left, make);
    if (isComparison) this.spend(traversed(Math.min(lengthOf(a), lengthOf(b))));
    else this.spend(type?.kind === 'string' || type?.kind === 'bytes' ? traversed((a?.size ?? 0) + (b?.size ?? 0)) : 1);
    return type;
  }

  #membership(node: ASTNode & { op: 'in' }, scope: ReadonlyMap<string, CelType>): CelType | undefined {
    const [left, right] = node.args;
    const item = this.typeOf(left, scope);
    const among = this.typeOf(right, scope);
    if (!among || among.kind === 'dyn') return bool;
    this.spend(among.kind === 'list' ? among.size : 1);
    return this.#operate('@in', 'in', node, left, () => contained(item, among));
  }

  #call(name: string, args: readonly ASTNode[], scope: ReadonlyMap<string, CelType>): CelType | undefined {
    const [first, second] = args;
    if (!first) return unfollowed();
    if (name === '_h_' && first.op === '.') {
      this.#field(first.args[0], first.args[1], scope);
      return bool;
    }
    if (name === messageCall && first.op === 'value' && second?.op === 'map')
      return this.#message(first, second, scope);
    const types = args.map((arg) => this.typeOf(arg, scope));
    const [type] = types;
    if (name === 'size' && types.length === 1) return this.#called(sized(type));
    if (first.op === 'value' && !isLiteralOf(name, first.args)) return unfollowed();
    const given = types.map((one) => one ?? anything);
    return this.#called(functionCall(name, given));
  }

  #called(call: Call | undefined): CelType {
    if (!call) return unfollowed();
    this.spend(call.cost);
    return call.type;
  }

  /** `Object.spec{replicas: 1}`, which was made a call. */
  #message(
    { args: name }: ASTNode & { op: 'value' },
    { args: entries }: ASTNode & { op: 'map' },
    scope: ReadonlyMap<string, CelType>,
  ): CelType {
    const fields = entries.map(([key, value]) => {
      const type = this.typeOf(value, scope) ?? unfollowed();
      return [key.op === 'value' ? String(key.args) : unfollowed(), type] as const;
    });
    return messageType(String(name), fields) ?? unfollowed();
  }

  #method(
    name: string,
    target: ASTNode,
    args: readonly ASTNode[],
    scope: ReadonlyMap<string, CelType>,
  ): CelType | undefined {
    const [first, second] = args;
    if (Object.hasOwn(loopCosts, name)) {
      const isPlain = first?.op === 'id' && second && (args.length === 2 || (name === 'map' && args.length === 3));
      return isPlain ? this.#loop(name, target, first.args, args.slice(1), scope) : unfollowed();
    }
    // a function of a library: `math.greatest(a)`
    if (target.op === 'id' && !scope.has(target.args)) return named(this, target.args, name, args, scope);
    if (name === 'format' && first && !second) return formatted(this, target, first, scope);
    const type = this.typeOf(target, scope);
    if (type?.kind === 'optional') return ofOptional(this, type.element ?? anything, name, args, scope);
    if (type?.kind === 'dyn' && name === 'orValue' && first && !second) return this.typeOf(first, scope);
    if (name === 'size' && !args.length) return this.#called(sized(type));
    const types = args.map((arg) => this.typeOf(arg, scope) ?? anything);
    if (!type) return undefined;
    if (name === 'matches' && (first?.op !== 'value' || patternProblem(String(first.args)) !== undefined)) unfollowed();
    return this.#called(methodCall(name, type, types));
  }

  #loop(
    macro: string,
    target: ASTNode,
    name: string,
    bodies: readonly ASTNode[],
    scope: ReadonlyMap<string, CelType>,
  ): CelType | undefined {
    const among = this.typeOf(target, scope) ?? anything;
    if (!['dyn', 'list', 'map'].includes(among.kind) || (among.kind === 'map' && !among.size)) return unfollowed();
    const key = among.keySize === undefined ? text : scalar('string', among.keySize);
    const element = among.kind === 'map' ? key : (among.element ?? anything);
    const inner = new Map([...scope, [name, element] as const]);
    const times = this.#times;
    const [whole, step] = loopCosts[macro] ?? unfollowed();
    this.spend(whole);
    this.#times = times * among.size;
    this.spend(step);
    // all bodies are conditions, but the last one of `map`
    const made = macro === 'map' ? bodies.at(-1) : undefined;
    for (const body of bodies) if (body !== made) this.#condition(body, inner);
    const mapped = made && this.typeOf(made, inner);
    this.#times = times;
    if (macro === 'map') return mapped && { kind: 'list', size: among.size, element: mapped };
    return macro === 'filter' ? { kind: 'list', size: among.size, element } : bool;
  }
}
