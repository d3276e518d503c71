// Parses an expression as cel-go's parser does, and recovers from what is wrong as that does (antlr4's DefaultErrorStrategy): one error
// tells what was expected, a token is left out or thought of where that helps, and else what follows is skipped until it fits again.
import { expectedTokens, followOf, namesOf, nextTokens, ruleEnd } from './lookahead.ts';
import { bindings, rules, type Alternative, type Part, type Rule, type State } from './network.ts';
import { predict } from './prediction.ts';
import { endOfFile, tokensOf, type SyntaxProblem, type Token } from './tokens.ts';

/** A rule that was followed as far as that went: what stands in it, by label. */
export interface Tree {
  readonly name: string;
  readonly at: number;
  readonly tokens: Readonly<Record<string, readonly Token[]>>;
  readonly trees: Readonly<Record<string, readonly Tree[]>>;
}

interface Growing extends Tree {
  name: string;
  readonly tokens: Record<string, Token[]>;
  readonly trees: Record<string, Tree[]>;
}

/** What ends the parsing of a rule. Undefined text: it has been told already. */
class Mismatch extends Error {
  readonly at: Token;
  readonly what: string;

  constructor(at: Token, what: string) {
    super(what);
    this.at = at;
    this.what = what;
  }
}

/** Where the parser gives up, with an error of another kind. */
export class GivenUp extends Error {}

const limits = { recoveries: 30, skipped: 256, depth: 250 };

/** The tree of an expression, and what is wrong with it. Throws GivenUp for what is nested too deep, or too broken. */
export function parse(text: string): { readonly tree: Tree; readonly problems: readonly SyntaxProblem[] } {
  const { all, visible, problems } = tokensOf(text);
  const parser = new Parser(all, visible, [...problems]);
  return { tree: parser.rule('start', 0), problems: parser.problems };
}

const shown = (text: string) => `'${text.replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;

class Parser {
  readonly problems: SyntaxProblem[];
  readonly #all: readonly Token[];
  readonly #tokens: readonly Token[];
  readonly #calls: State[] = [];
  readonly #depths = new Map<string, number>();
  #position = 0;
  #isRecovering = false;
  #lastError = -1;
  #lastStates = new Set<State>();
  #recoveries = 0;
  #state: State | undefined;

  constructor(all: readonly Token[], tokens: readonly Token[], problems: SyntaxProblem[]) {
    this.#all = all;
    this.#tokens = tokens;
    this.problems = problems;
  }

  #token(ahead = 0): Token {
    const last = this.#tokens.length - 1;
    const token = this.#tokens[Math.min(this.#position + ahead, last)];
    if (!token) throw new GivenUp();
    return token;
  }

  #consume(): void {
    if (this.#token().type !== endOfFile) this.#position++;
  }

  #report({ at }: Token, what: string): void {
    this.problems.push({ at, what: `Syntax error: ${what}` });
  }

  #matched(): void {
    this.#isRecovering = false;
    this.#lastStates = new Set();
    this.#lastError = -1;
  }

  /** Follows a rule. `least`: how close what goes on has to bind, in a left-recursive one. */
  rule(name: string, least: number): Tree {
    const rule = rules.get(name);
    const depth = (this.#depths.get(name) ?? 0) + 1;
    if (!rule || depth > limits.depth) throw new GivenUp();
    this.#depths.set(name, depth);
    const grown: Growing[] = [{ name, at: this.#token().at, tokens: {}, trees: {} }];
    try {
      this.#rule(rule, least, grown);
    } catch (error) {
      if (!(error instanceof Mismatch)) throw error;
      if (!this.#isRecovering) {
        this.#isRecovering = true;
        this.#report(error.at, error.what);
      }
      this.#recover();
    }
    this.#depths.set(name, depth - 1);
    return grown.at(-1) ?? { name, at: 0, tokens: {}, trees: {} };
  }

  #rule({ parts }: Rule, least: number, grown: Growing[]): void {
    for (const part of parts) {
      const tree = grown.at(-1);
      if (!tree) return;
      if (part.type === 'loop' && part.parts[0]?.type === 'choice')
        this.#goOn(part, part.parts[0].alternatives, least, grown);
      else this.#part(part, tree);
    }
  }

  /** The loop of a left-recursive rule: each step has in it what there was before. */
  #goOn(loop: Part & { type: 'loop' }, alternatives: readonly Alternative[], least: number, grown: Growing[]): void {
    this.#sync(loop.state);
    for (;;) {
      const { type } = this.#token();
      const goesOn = alternatives.some(
        ({ name, parts: [first] }) =>
          first?.type === 'token' && first.tokens.has(type) && (bindings[name]?.[0] ?? 0) >= least,
      );
      if (!goesOn) return;
      const before = grown.at(-1);
      if (!before) return;
      const [choice] = loop.parts;
      if (choice?.type !== 'choice') return;
      this.#sync(choice.state);
      const alternative = this.#alternative(choice);
      const tree: Growing = { name: alternative.name, at: before.at, tokens: {}, trees: { left: [before] } };
      grown.push(tree);
      const right = bindings[alternative.name]?.[1] ?? 0;
      for (const part of alternative.parts)
        this.#part(part, tree, part.type === 'rule' && part.label === 'right' ? right : 0);
      this.#sync(loop.back);
    }
  }

  #alternative({ state, alternatives }: Part & { type: 'choice' }): Alternative {
    this.#state = state;
    const prediction = predict(state, this.#tokens, this.#position, this.#calls);
    if ('offending' in prediction) throw this.#noAlternative(prediction.offending);
    const found = alternatives[prediction.alternative - 1];
    if (!found) throw new GivenUp();
    return found;
  }

  #noAlternative(offending: Token): Mismatch {
    const start = this.#token();
    const read = this.#all.slice(start.index, offending.index + 1).filter(({ type }) => type !== endOfFile);
    const input = start.type === endOfFile ? '<EOF>' : read.map(({ text }) => text).join('');
    const what = `no viable alternative at input ${shown(input)}`;
    const reserved = /^no viable alternative at input '.(true|false|null)'$/.exec(what)?.[1];
    return new Mismatch(offending, reserved ? `mismatched input '${reserved}' expecting IDENTIFIER` : what);
  }

  #parts(parts: readonly Part[], tree: Growing): void {
    for (const part of parts) this.#part(part, tree);
  }

  #part(part: Part, tree: Growing, least = 0): void {
    switch (part.type) {
      case 'token':
        return void (tree.tokens[part.label] ??= []).push(this.#match(part.state, part.tokens));
      case 'rule': {
        this.#state = part.state;
        this.#calls.push(part.state);
        try {
          (tree.trees[part.label] ??= []).push(this.rule(part.rule, least));
        } finally {
          this.#calls.pop();
        }
        return;
      }
      case 'optional':
        this.#sync(part.state);
        if (nextTokens(part.first).has(this.#token().type)) this.#parts(part.parts, tree);
        return;
      case 'choice': {
        this.#sync(part.state);
        const { name, parts } = this.#alternative(part);
        tree.name = name;
        return this.#parts(parts, tree);
      }
      case 'loop':
        return this.#loop(part, tree);
    }
  }

  #loop({ state, back, parts, atLeastOnce, first }: Part & { type: 'loop' }, tree: Growing): void {
    this.#sync(state);
    if (!atLeastOnce && !this.#goesOn(state, first)) return;
    for (;;) {
      this.#parts(parts, tree);
      this.#sync(back);
      if (!this.#goesOn(atLeastOnce ? back : state, first)) return;
    }
  }

  #goesOn(decision: State, first: State | undefined): boolean {
    if (first) return nextTokens(first).has(this.#token().type);
    const prediction = predict(decision, this.#tokens, this.#position, this.#calls);
    if ('offending' in prediction) throw this.#noAlternative(prediction.offending);
    return prediction.alternative === 1;
  }

  #match(state: State, wanted: ReadonlySet<number>): Token {
    this.#state = state;
    const token = this.#token();
    if (wanted.has(token.type)) {
      this.#matched();
      this.#consume();
      return token;
    }
    this.#attempt();
    if (this.#deletes(state)) {
      const found = this.#token();
      this.#consume();
      return found;
    }
    const after = state.edges[0]?.to;
    if (after && expectedTokens(after, this.#calls).has(token.type)) {
      if (!this.#isRecovering) {
        this.#isRecovering = true;
        this.#report(token, `missing ${namesOf(expectedTokens(state, this.#calls))} at ${shown(token.text)}`);
      }
      return { type: Math.min(...wanted), text: '<missing undefined>', at: token.at, index: -1 };
    }
    throw this.#mismatch(state);
  }

  #mismatch(state: State): Mismatch {
    const token = this.#token();
    const expected = namesOf(expectedTokens(state, this.#calls));
    return new Mismatch(token, `mismatched input ${shown(token.text)} expecting ${expected}`);
  }

  /** Leaves out a token if the next one is what is wanted. */
  #deletes(state: State): boolean {
    if (!expectedTokens(state, this.#calls).has(this.#token(1).type)) return false;
    this.#unwanted(state);
    this.#consume();
    this.#matched();
    return true;
  }

  #unwanted(state: State): void {
    if (this.#isRecovering) return;
    this.#isRecovering = true;
    const token = this.#token();
    this.#report(
      token,
      `extraneous input ${shown(token.text)} expecting ${namesOf(expectedTokens(state, this.#calls))}`,
    );
  }

  /** Before a part that may be left out or repeated: whether what comes fits. */
  #sync(state: State): void {
    this.#state = state;
    if (this.#isRecovering) return;
    const next = nextTokens(state);
    if (next.has(ruleEnd) || next.has(this.#token().type)) return;
    if (state.kind === 'block') {
      if (!this.#deletes(state)) throw this.#mismatch(state);
    } else if (state.kind === 'loopBack') {
      this.#unwanted(state);
      this.#skipTo(new Set([...expectedTokens(state, this.#calls), ...this.#recoverySet()]));
    }
  }

  #attempt(): void {
    if (this.#recoveries++ >= limits.recoveries) throw new GivenUp();
  }

  #recover(): void {
    this.#attempt();
    const state = this.#state;
    if (this.#lastError === this.#position && state && this.#lastStates.has(state)) this.#consume();
    this.#lastError = this.#position;
    if (state) this.#lastStates.add(state);
    this.#skipTo(this.#recoverySet());
  }

  /** What can follow the rule, and those around it. */
  #recoverySet(): ReadonlySet<number> {
    return new Set(this.#calls.flatMap((call) => [...nextTokens(followOf(call))]));
  }

  #skipTo(wanted: ReadonlySet<number>): void {
    for (let skipped = 0; this.#token().type !== endOfFile && !wanted.has(this.#token().type); skipped++) {
      if (skipped > limits.skipped) throw new GivenUp();
      this.#consume();
    }
  }
}
