// What cel-go's parser objects to in what its grammar lets pass: reserved names, numbers too large, and macros with arguments that
// are not names (cel-go/parser/parser.go, macro.go and unescape.go, ext/comprehensions.go and lists.go).
import type { Tree } from './parser.ts';
import type { SyntaxProblem } from './tokens.ts';

/** As much of an expression as macros look at: what it is, and where it is said to stand. */
interface Seen {
  readonly kind: 'name' | 'field' | 'list' | 'call' | 'comprehension' | 'other';
  readonly at: number;
  readonly name?: string;
}

const reserved = new Set(
  'as break const continue else false for function if import in let loop package namespace null return true var void while'.split(
    ' ',
  ),
);

const nowhere: Seen = { kind: 'other', at: -1 };

/** How a macro names its variables, and what it says of an argument that is no name. */
interface Macro {
  readonly variables: number;
  readonly objection: string;
  readonly sizes: readonly number[];
}

const simple = (variables: number, ...sizes: readonly number[]): Macro => ({
  variables,
  objection: 'argument must be a simple name',
  sizes,
});
const named = (...sizes: readonly number[]): Macro => ({
  variables: 1,
  objection: 'argument is not an identifier',
  sizes,
});

const quantifiers = [simple(1, 2), simple(2, 3)];
const transforms = [simple(2, 3, 4)];

const macros: Readonly<Record<string, readonly Macro[]>> = {
  all: quantifiers,
  exists: quantifiers,
  exists_one: quantifiers,
  existsOne: quantifiers,
  map: [named(2, 3)],
  filter: [named(2)],
  transformList: transforms,
  transformMap: transforms,
  transformMapEntry: transforms,
  sortBy: [named(2)],
  optMap: [{ ...named(2), objection: 'optMap() variable name must be a simple identifier' }],
  optFlatMap: [{ ...named(2), objection: 'optFlatMap() variable name must be a simple identifier' }],
};

/** Names that macros keep for themselves. */
const accumulators = new Set(['@result', '__result__']);

export function objections(tree: Tree): readonly SyntaxProblem[] {
  const visitor = new Visitor();
  visitor.visit(tree);
  return visitor.problems;
}

const labels = ['left', 'right', 'e', 'e1', 'e2'];

class Visitor {
  readonly problems: SyntaxProblem[] = [];

  #object(at: number, what: string): Seen {
    this.problems.push({ at, what });
    return { kind: 'other', at };
  }

  #all(trees: readonly Tree[] | undefined): readonly Seen[] {
    return (trees ?? []).map((tree) => this.visit(tree));
  }

  visit(tree: Tree | undefined): Seen {
    if (!tree) return nowhere;
    const { name, at, tokens, trees } = tree;
    const operator = tokens['op']?.[0];
    switch (name) {
      case 'Ident':
        return this.#name(tree);
      case 'GlobalCall':
        return this.#global(tree);
      case 'Select':
        return this.#select(tree);
      case 'MemberCall':
        return this.#member(tree);
      case 'CreateList':
        this.#all(
          trees['elems']?.flatMap((list) => (list.trees['elems'] ?? []).flatMap((item) => item.trees['e'] ?? [])),
        );
        return { kind: 'list', at: operator?.at ?? at };
      case 'CreateStruct':
        this.#entries(trees['entries']?.[0], 'keys');
        return { kind: 'other', at: operator?.at ?? at };
      case 'CreateMessage':
        this.#entries(trees['entries']?.[0], 'fields');
        return { kind: 'other', at: operator?.at ?? at };
      case 'Index':
        this.visit(trees['left']?.[0]);
        if (operator) this.visit(trees['index']?.[0]);
        return { kind: 'call', at: operator?.at ?? at };
      case 'Int':
      case 'Uint':
      case 'Double':
      case 'String':
      case 'Bytes':
        return this.#literal(tree);
      case 'LogicalNot':
      case 'Negate': {
        const inner = this.visit(trees['e']?.[0]);
        return (tokens['op']?.length ?? 0) % 2 ? { kind: 'call', at: operator?.at ?? at } : inner;
      }
      case 'primary':
      case 'literal':
        return nowhere;
      default: {
        const inner = this.#all(labels.flatMap((label) => trees[label] ?? []));
        if (operator && ['expr', 'Relation', 'Product', 'Sum'].includes(name)) return { kind: 'call', at: operator.at };
        const last = tokens['op']?.[0];
        if (last) return { kind: 'call', at: last.at };
        return inner[0] ?? { kind: 'other', at };
      }
    }
  }

  #name({ at, tokens }: Tree): Seen {
    const [id] = tokens['id'] ?? [];
    if (!id) return { kind: 'other', at };
    if (reserved.has(id.text)) return this.#object(at, `reserved identifier: ${id.text}`);
    return { kind: 'name', at: id.at, name: id.text };
  }

  #global({ at, tokens, trees }: Tree): Seen {
    const [id] = tokens['id'] ?? [];
    if (!id) return { kind: 'other', at };
    if (reserved.has(id.text)) return this.#object(at, `reserved identifier: ${id.text}`);
    const args = this.#all(trees['args']?.flatMap((list) => list.trees['e'] ?? []));
    const open = tokens['op']?.[0]?.at ?? at;
    const [first] = args;
    if (id.text !== 'has' || !first || args.length !== 1 || tokens['dot']) return { kind: 'call', at: open };
    if (first.kind !== 'field') return this.#object(first.at, 'invalid argument to has() macro');
    return { kind: 'other', at: open };
  }

  #select({ at, tokens, trees }: Tree): Seen {
    this.visit(trees['left']?.[0]);
    const [dot] = tokens['op'] ?? [];
    const [id] = trees['id'] ?? [];
    if (!id || !dot) return { kind: 'other', at };
    if (id.name === 'Escaped') this.#object(id.at, "unsupported syntax: '`'");
    else if (id.name !== 'Simple') this.#object(id.at, 'unsupported ident kind');
    return { kind: tokens['opt'] ? 'call' : 'field', at: dot.at };
  }

  #member({ at, tokens, trees }: Tree): Seen {
    const target = this.visit(trees['left']?.[0]);
    const [id] = tokens['id'] ?? [];
    if (!id) return { kind: 'other', at };
    const args = this.#all(trees['args']?.flatMap((list) => list.trees['e'] ?? []));
    const open = tokens['open']?.[0]?.at ?? at;
    const macro = macros[id.text]?.find(({ sizes }) => sizes.includes(args.length));
    if (!macro) return { kind: 'call', at: open };
    const wrong = this.#wrongVariable(id.text, macro, target, args);
    return wrong ?? { kind: id.text === 'optMap' || id.text === 'optFlatMap' ? 'call' : 'comprehension', at: open };
  }

  #wrongVariable(
    macro: string,
    { variables, objection }: Macro,
    target: Seen,
    args: readonly Seen[],
  ): Seen | undefined {
    if (macro === 'sortBy' && target.kind === 'other') {
      const what = 'sortBy can only be applied to a list, identifier, comprehension, call or select expression';
      return this.#object(target.at, what);
    }
    const names = args.slice(0, variables);
    const other = names.find(({ kind }) => kind !== 'name');
    if (other) return this.#object(other.at, objection);
    const [first, second] = names;
    if (second && first?.name === second.name) {
      return this.#object(second.at, `duplicate variable name: ${second.name ?? ''}`);
    }
    const kept = names.find(({ name = '' }) => accumulators.has(name));
    const isChecked = !macro.startsWith('opt');
    return kept && isChecked ? this.#object(kept.at, 'iteration variable overwrites accumulator variable') : undefined;
  }

  #entries(list: Tree | undefined, label: 'keys' | 'fields'): void {
    if (!list) return;
    const { trees, tokens } = list;
    const keys = trees[label] ?? [];
    const values = trees['values'] ?? [];
    const colons = tokens['cols'] ?? [];
    const count = label === 'keys' ? colons.length : keys.length;
    for (let i = 0; i < count; i++) {
      const key = keys[i];
      if (!key || !values[i] || !colons[i]) return;
      if (label === 'keys') this.visit(key.trees['e']?.[0]);
      else {
        const name = key.trees['id']?.[0]?.name;
        const what =
          name === 'Escaped' ? "unsupported syntax: '`'" : name === 'Simple' ? undefined : 'unsupported ident kind';
        if (what) {
          this.#object(list.at, what);
          continue;
        }
      }
      this.visit(values[i]);
    }
  }

  #literal({ name, at, tokens }: Tree): Seen {
    const text = tokens['tok']?.[0]?.text ?? '';
    const isNegative = tokens['sign'] !== undefined;
    if (name === 'String' || name === 'Bytes') {
      const what = unescapable(name === 'Bytes' ? text.slice(1) : text, name === 'Bytes');
      if (what) this.#object(at, what);
      return { kind: 'other', at };
    }
    const isRight =
      name === 'Double'
        ? Number.isFinite(Number(text))
        : BigInt(text.replace(/[uU]$/, '')) <= (name === 'Uint' ? 2n ** 64n - 1n : 2n ** 63n - (isNegative ? 0n : 1n));
    return isRight ? { kind: 'other', at } : this.#object(at, `invalid ${name.toLowerCase()} literal`);
  }
}

/** What cannot be read of a literal, though its escapes have the right form. */
function unescapable(literal: string, isBytes: boolean): string | undefined {
  if (/^[rR]/.test(literal)) return undefined;
  for (const [, escape = ''] of literal.matchAll(/\\(u[\dA-Fa-f]{4}|U[\dA-Fa-f]{8}|[^])/g)) {
    if (!/^[uU]./.test(escape)) continue;
    if (isBytes) return 'unable to unescape string';
    const code = parseInt(escape.slice(1), 16);
    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return 'invalid unicode code point';
  }
  return undefined;
}
