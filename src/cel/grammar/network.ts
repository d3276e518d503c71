// The grammar of CEL (cel-go/parser/gen/CEL.g4) as the network of states that ANTLR makes of it: what the parser expects in a
// state, and so how it tells of errors and recovers from them, is read off this network.
import { tokenType } from './tokens.ts';

/** What the parser's recovery does in a state depends on what the state begins or ends. */
type StateKind = 'basic' | 'block' | 'loopBack' | 'stop';

/** A step from one state to another: on one of some tokens, by a call of a rule, or on nothing. */
export interface Edge {
  readonly to: State;
  readonly tokens?: ReadonlySet<number>;
  /** Where to go on after the rule that begins at `to`. */
  readonly follow?: State;
}

export class State {
  readonly id: number;
  readonly kind: StateKind;
  readonly edges: Edge[] = [];

  constructor(id: number, kind: StateKind) {
    this.id = id;
    this.kind = kind;
  }
}

/** A part of a rule, as the parser goes through it. `state` is where it begins. */
export type Part =
  | { readonly type: 'token'; readonly state: State; readonly label: string; readonly tokens: ReadonlySet<number> }
  | { readonly type: 'rule'; readonly state: State; readonly label: string; readonly rule: string }
  | { readonly type: 'optional'; readonly state: State; readonly parts: readonly Part[]; readonly first: State }
  | {
      readonly type: 'loop';
      readonly state: State;
      readonly back: State;
      readonly parts: readonly Part[];
      /** One step at least. */
      readonly atLeastOnce: boolean;
      /** Where a step begins; undefined where it has to be predicted whether there is one. */
      readonly first: State | undefined;
    }
  | { readonly type: 'choice'; readonly state: State; readonly alternatives: readonly Alternative[] };

export interface Alternative {
  readonly name: string;
  readonly parts: readonly Part[];
}

/** A rule: after its parts, for a left-recursive one, alternatives that go on from what there is, each with how close it binds. */
export interface Rule {
  readonly name: string;
  readonly parts: readonly Part[];
  readonly start: State;
  readonly stop: State;
}

/** How a rule is written below: tokens and rules by name, `label=name`; `(… )?`, `(… )*`, `(… )+`. */
type Written = readonly (string | WrittenGroup)[];
interface WrittenGroup {
  readonly times: '?' | '*' | '+';
  readonly of: Written;
  /** Whether one token is not enough to tell whether to go on. */
  readonly predicted?: boolean;
}
type WrittenChoice = readonly (readonly [name: string, written: Written])[];

const may = (...of: Written): WrittenGroup => ({ times: '?', of });
const many = (...of: Written): WrittenGroup => ({ times: '*', of });
const predicted = (group: WrittenGroup): WrittenGroup => ({ ...group, predicted: true });

const dots = may('dot=.');
const trailing = may(',');
const comparisons = 'op=<|<=|>=|>|==|!=|in';

/** Rules without left recursion. */
const written: Readonly<Record<string, Written | WrittenChoice>> = {
  start: ['e=$expr', '<EOF>'],
  expr: ['e=$conditionalOr', may('op=?', 'e1=$conditionalOr', ':', 'e2=$expr')],
  conditionalOr: ['e=$conditionalAnd', many('op=||', 'e1=$conditionalAnd')],
  conditionalAnd: ['e=$relation', many('op=&&', 'e1=$relation')],
  unary: [
    ['MemberExpr', ['e=$member']],
    ['LogicalNot', [{ times: '+', of: ['op=!'] }, 'e=$member']],
    ['Negate', [{ times: '+', of: ['op=-'], predicted: true }, 'e=$member']],
  ],
  primary: [
    ['Ident', [dots, 'id=IDENTIFIER']],
    ['GlobalCall', [dots, 'id=IDENTIFIER', 'op=(', may('args=$exprList'), ')']],
    ['Nested', ['(', 'e=$expr', ')']],
    ['CreateList', ['op=[', may('elems=$listInit'), trailing, ']']],
    ['CreateStruct', ['op={', may('entries=$mapInitializerList'), trailing, '}']],
    [
      'CreateMessage',
      [
        dots,
        'id=IDENTIFIER',
        many('ops=.', 'id=IDENTIFIER'),
        'op={',
        may('entries=$fieldInitializerList'),
        trailing,
        '}',
      ],
    ],
    ['Literal', ['e=$literal']],
  ],
  exprList: ['e=$expr', many(',', 'e=$expr')],
  listInit: ['elems=$optExpr', predicted(many(',', 'elems=$optExpr'))],
  fieldInitializerList: [
    ...['fields=$optField', 'cols=:', 'values=$expr'],
    predicted(many(',', 'fields=$optField', 'cols=:', 'values=$expr')),
  ],
  optField: [may('opt=?'), 'id=$escapeIdent'],
  mapInitializerList: [
    ...['keys=$optExpr', 'cols=:', 'values=$expr'],
    predicted(many(',', 'keys=$optExpr', 'cols=:', 'values=$expr')),
  ],
  escapeIdent: [
    ['Simple', ['id=IDENTIFIER']],
    ['Escaped', ['id=ESC_IDENTIFIER']],
  ],
  optExpr: [may('opt=?'), 'e=$expr'],
  literal: [
    ['Int', [may('sign=-'), 'tok=NUM_INT']],
    ['Uint', ['tok=NUM_UINT']],
    ['Double', [may('sign=-'), 'tok=NUM_FLOAT']],
    ['String', ['tok=STRING']],
    ['Bytes', ['tok=BYTES']],
    ['True', ['tok=true']],
    ['False', ['tok=false']],
    ['Null', ['tok=null']],
  ],
};

/** Left-recursive rules: what they begin with, and what goes on from there. */
const recursive: Readonly<Record<string, readonly [first: string, more: WrittenChoice]>> = {
  relation: ['e=$calc', [['Relation', [comparisons, 'right=$relation']]]],
  calc: [
    'e=$unary',
    [
      ['Product', ['op=*|/|%', 'right=$calc']],
      ['Sum', ['op=+|-', 'right=$calc']],
    ],
  ],
  member: [
    'e=$primary',
    [
      ['Select', ['op=.', may('opt=?'), 'id=$escapeIdent']],
      ['MemberCall', ['op=.', 'id=IDENTIFIER', 'open=(', may('args=$exprList'), ')']],
      ['Index', ['op=[', may('opt=?'), 'index=$expr', ']']],
    ],
  ],
};

const isChoice = (given: Written | WrittenChoice): given is WrittenChoice => Array.isArray(given[0]);

class Builder {
  readonly states: State[] = [];
  readonly ends = new Map<string, { readonly start: State; readonly stop: State }>();

  state(kind: StateKind = 'basic'): State {
    const made = new State(this.states.length, kind);
    this.states.push(made);
    return made;
  }

  endsOf(rule: string): { readonly start: State; readonly stop: State } {
    const known = this.ends.get(rule);
    if (known) return known;
    const made = { start: this.state(), stop: this.state('stop') };
    this.ends.set(rule, made);
    return made;
  }

  rule(name: string): Rule {
    const { start, stop } = this.endsOf(name);
    const loop = recursive[name];
    const given = written[name];
    const parts: Part[] = [];
    let at = start;
    if (loop) {
      at = this.#part(loop[0], at, parts);
      const [entry, inner, back, end] = [
        this.state('block'),
        this.state('block'),
        this.state('loopBack'),
        this.state(),
      ];
      at.edges.push({ to: entry });
      entry.edges.push({ to: inner }, { to: end });
      const choice = this.#choice(loop[1], inner, back);
      back.edges.push({ to: entry });
      parts.push({ type: 'loop', state: entry, back, parts: [choice], atLeastOnce: false, first: undefined });
      at = end;
    } else if (given && isChoice(given)) {
      const block = this.state('block');
      at.edges.push({ to: block });
      at = this.state();
      parts.push(this.#choice(given, block, at));
    } else at = this.#sequence(given ?? [], at, parts);
    at.edges.push({ to: stop });
    return { name, parts, start, stop };
  }

  #choice(alternatives: WrittenChoice, block: State, end: State): Part {
    return {
      type: 'choice',
      state: block,
      alternatives: alternatives.map(([name, of]) => {
        const begin = this.state();
        block.edges.push({ to: begin });
        const parts: Part[] = [];
        this.#sequence(of, begin, parts, end);
        return { name, parts };
      }),
    };
  }

  /** The last token or rule leads right to the end of what the sequence stands in, if that is no rule. */
  #sequence(of: Written, from: State, parts: Part[], end?: State): State {
    return of.reduce<State>((at, one, i) => this.#part(one, at, parts, i === of.length - 1 ? end : undefined), from);
  }

  #part(one: string | WrittenGroup, from: State, parts: Part[], end?: State): State {
    if (typeof one !== 'string') {
      const after = this.#group(one, from, parts);
      if (end) after.edges.push({ to: end });
      return after;
    }
    const [, label = '', name = one] = /^(\w+)=(.+)$/.exec(one) ?? [];
    const state = this.state();
    const next = end ?? this.state();
    from.edges.push({ to: state });
    if (name.startsWith('$')) {
      const rule = name.slice(1);
      state.edges.push({ to: this.endsOf(rule).start, follow: next });
      this.endsOf(rule).stop.edges.push({ to: next });
      parts.push({ type: 'rule', state, label, rule });
    } else {
      const tokens = new Set((name === '||' ? [name] : name.split('|')).map(tokenType));
      state.edges.push({ to: next, tokens });
      parts.push({ type: 'token', state, label, tokens });
    }
    return next;
  }

  #group({ times, of, predicted: isPredicted = false }: WrittenGroup, from: State, outer: Part[]): State {
    const parts: Part[] = [];
    const end = this.state();
    const block = this.state('block');
    if (times === '?') {
      from.edges.push({ to: block });
      const begin = this.state();
      block.edges.push({ to: begin }, { to: end });
      this.#sequence(of, begin, parts, end);
      outer.push({ type: 'optional', state: block, parts, first: begin });
      return end;
    }
    const back = this.state('loopBack');
    const begin = this.state();
    block.edges.push({ to: begin });
    this.#sequence(of, begin, parts, back);
    const atLeastOnce = times === '+';
    const entry = atLeastOnce ? block : this.state('block');
    from.edges.push({ to: entry });
    if (atLeastOnce) back.edges.push({ to: block }, { to: end });
    else {
      entry.edges.push({ to: block }, { to: end });
      back.edges.push({ to: entry });
    }
    const first = isPredicted ? undefined : begin;
    outer.push({ type: 'loop', state: entry, back, parts, atLeastOnce, first });
    return end;
  }
}

const builder = new Builder();

/** The rules by name. */
export const rules: ReadonlyMap<string, Rule> = new Map(
  [...Object.keys(written), ...Object.keys(recursive)].map((name) => [name, builder.rule(name)]),
);

/** How close an alternative of a left-recursive rule binds, and the least that its right side may bind. */
export const bindings: Readonly<Record<string, readonly [own: number, right: number]>> = {
  Relation: [1, 2],
  Product: [2, 3],
  Sum: [1, 2],
  Select: [3, 0],
  MemberCall: [2, 0],
  Index: [1, 0],
};
