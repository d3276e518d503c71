// Checks an expression of CEL against the types of a schema, and estimates what it can cost at most. Only a part of the language is
// followed, the one most rules are written in: of all else it is unknown whether the server's own checker would agree.
import { messageCall, withMessageCalls } from '../../../../cel/messages.ts';
import { kubernetesSyntax, type ASTNode } from '../../../../cel/program.ts';
import { loopCosts, operatorCosts, traversed } from './costs.ts';
import { functionCall, isFormatOf, isLiteralOf, methodCall, type Call } from './library.ts';
import { messageType } from './messages.ts';
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
import { anything, bool, mapOf, optionalOf, scalar, text, unbounded, type CelKind, type CelType } from './types.ts';
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
  const syntax = kubernetesSyntax(read);
  if (!syntax) return undefined;
  const checker = new Checker(read, variables);
  try {
    const type = checker.typeOf(syntax);
    const { problem, cost, uses } = checker;
    // of several lines, and of what is not ASCII, the compiler shows a part; of messages it knows where they stood
    const isShown = read === expression && /^[ -~]*$/.test(expression);
    return problem !== undefined && !isShown ? undefined : { problem, type, cost, uses };
  } catch (error) {
    if (error instanceof Unfollowed) return undefined;
    throw error;
  }
}

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
    this.#spend(operatorCosts[node.op] ?? 0);
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
        return this.#index(node.args, scope);
      case '[?]':
        return optional(this.#index(node.args, scope));
      case 'map':
        return this.#map(node.args, scope);
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
        return same(this.typeOf(node.args[1], scope), this.typeOf(node.args[2], scope));
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
      case '-_':
        return this.#negated(node.args, scope);
      case '+':
      case '-':
      case '*':
      case '/':
      case '%':
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

  #index([operand, key]: readonly [ASTNode, ASTNode], scope: ReadonlyMap<string, CelType>): CelType | undefined {
    const given = this.typeOf(operand, scope);
    const by = this.typeOf(key, scope);
    if (!given || !by) return undefined;
    if (given.kind === 'optional') return optional(elementBy(given.element ?? anything, by));
    return elementBy(given, by);
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

  #equality([left, right]: readonly [ASTNode, ASTNode], scope: ReadonlyMap<string, CelType>): CelType {
    const tested = typeTested(left, right) ?? typeTested(right, left);
    if (tested) {
      this.typeOf(tested, scope);
      this.#spend(2);
      return bool;
    }
    const a = this.typeOf(left, scope);
    const b = this.typeOf(right, scope);
    const isNull = (one: CelType | undefined) => one?.kind === 'null';
    const mayBeNull = (one: CelType | undefined) => !one || ['dyn', 'null', 'object'].includes(one.kind);
    if (isNull(a) || isNull(b)) return mayBeNull(a) && mayBeNull(b) ? bool : unfollowed();
    same(a, b);
    this.#spend(traversed(Math.min(lengthOf(a), lengthOf(b))));
    return bool;
  }

  #comparison([left, right]: readonly [ASTNode, ASTNode], scope: ReadonlyMap<string, CelType>): CelType {
    const a = this.typeOf(left, scope);
    const b = this.typeOf(right, scope);
    if (!a || !b) return bool;
    const known = [a, b].filter(({ kind }) => kind !== 'dyn');
    const isNumber = known.every(({ kind }) => kind === 'int' || kind === 'double');
    const isSame = known.every(({ kind }) => kind === known[0]?.kind && compared.includes(kind));
    if (!isNumber && !isSame) return unfollowed();
    this.#spend(traversed(Math.min(lengthOf(a), lengthOf(b))));
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
    this.#spend(among.kind === 'list' ? among.size : 1);
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
    const known = a.kind === 'dyn' ? b : a;
    if (b.kind !== 'dyn' && b.kind !== known.kind) return unfollowed();
    const { kind } = known;
    this.#spend(kind === 'string' ? traversed(a.size + b.size) : 1);
    if (kind === 'int' || (kind === 'double' && operator !== '%')) return scalar(kind);
    if (kind === 'dyn') return anything;
    if (operator !== '+') return unfollowed();
    if (kind === 'string') return scalar('string', a.size + b.size);
    if (kind !== 'list' || a.kind !== b.kind) return unfollowed();
    return { ...(same(a, b) ?? a), size: a.size + b.size };
  }

  #negated(operand: ASTNode, scope: ReadonlyMap<string, CelType>): CelType | undefined {
    const type = this.typeOf(operand, scope);
    return !type || ['double', 'dyn', 'int'].includes(type.kind) ? type : unfollowed();
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
    this.#spend(call.cost);
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
    if (target.op === 'id' && !scope.has(target.args)) return this.#named(target.args, name, args, scope);
    if (name === 'format' && first && !second) return this.#format(target, first, scope);
    const type = this.typeOf(target, scope);
    if (type?.kind === 'optional') return this.#ofOptional(type.element ?? anything, name, args, scope);
    if (type?.kind === 'dyn' && name === 'orValue' && first && !second) return this.typeOf(first, scope);
    if (name === 'size' && !args.length) return this.#called(sized(type));
    const types = args.map((arg) => this.typeOf(arg, scope) ?? anything);
    if (!type) return undefined;
    if (name === 'matches' && (first?.op !== 'value' || patternProblem(String(first.args)) !== undefined)) unfollowed();
    return this.#called(methodCall(name, type, types));
  }

  /** `'%s of %d'.format([a, b])`: of both the compiler looks at what it can see. */
  #format(target: ASTNode, list: ASTNode, scope: ReadonlyMap<string, CelType>): CelType {
    const on = this.typeOf(target, scope) ?? anything;
    const items = list.op === 'list' ? list.args.map((item) => this.typeOf(item, scope) ?? anything) : undefined;
    const given = items ? 'list' : this.typeOf(list, scope)?.kind;
    if (!['string', 'dyn'].includes(on.kind) || !['list', 'dyn'].includes(given ?? '')) return unfollowed();
    if (items && target.op === 'value' && !isFormatOf(String(target.args), items)) return unfollowed();
    this.#spend((items ? 10 : 0) + traversed(on.size));
    return { ...text, size: unbounded };
  }

  /** What is called on a name that is no variable: `optional.of(a)`. */
  #named(
    library: string,
    name: string,
    args: readonly ASTNode[],
    scope: ReadonlyMap<string, CelType>,
  ): CelType | undefined {
    this.#spend(1);
    const [type] = args.map((arg) => this.typeOf(arg, scope));
    if (args.length !== 1 || !type) return unfollowed();
    if (library === 'optional' && (name === 'of' || name === 'ofNonZeroValue')) return optionalOf(type);
    return library === 'jsonpatch' && name === 'escapeKey' && type.kind === 'string' ? text : unfollowed();
  }

  #ofOptional(
    element: CelType,
    name: string,
    args: readonly ASTNode[],
    scope: ReadonlyMap<string, CelType>,
  ): CelType | undefined {
    this.#spend(1);
    const [first, second] = args;
    // nothing is known any more of how large it can be
    const value = { ...element, size: unbounded };
    if (!first) return name === 'hasValue' ? bool : name === 'value' ? value : unfollowed();
    if (first.op === 'id' && second && (name === 'optMap' || name === 'optFlatMap')) {
      const made = this.typeOf(second, new Map([...scope, [first.args, element]]));
      return name === 'optMap' ? optional(made) : made?.kind === 'optional' ? made : unfollowed();
    }
    const other = this.typeOf(first, scope);
    if (second || !other) return unfollowed();
    if (name === 'orValue') return same(value, other);
    return name === 'or' && other.kind === 'optional' ? same(optionalOf(element), other) : unfollowed();
  }

  #loop(
    macro: string,
    target: ASTNode,
    name: string,
    bodies: readonly ASTNode[],
    scope: ReadonlyMap<string, CelType>,
  ): CelType | undefined {
    const among = this.typeOf(target, scope) ?? anything;
    if (!['dyn', 'list', 'map'].includes(among.kind)) return unfollowed();
    const element = among.kind === 'map' ? text : (among.element ?? anything);
    const inner = new Map([...scope, [name, element] as const]);
    const times = this.#times;
    const [whole, step] = loopCosts[macro] ?? unfollowed();
    this.#spend(whole);
    this.#times = times * among.size;
    this.#spend(step);
    // all bodies are conditions, but the last one of `map`
    const made = macro === 'map' ? bodies.at(-1) : undefined;
    for (const body of bodies) if (body !== made) this.#condition(body, inner);
    const mapped = made && this.typeOf(made, inner);
    this.#times = times;
    if (macro === 'map') return mapped && { kind: 'list', size: among.size, element: mapped };
    return macro === 'filter' ? { kind: 'list', size: among.size, element } : bool;
  }
}
