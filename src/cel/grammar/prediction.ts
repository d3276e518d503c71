// Which alternative of a rule is meant, by as many tokens as that takes (antlr4's ParserATNSimulator): first without asking who called
// the rule, then, if that leaves several, with it. Where nothing fits, how far the parser has read is part of what it says.
import type { State } from './network.ts';
import { followOf, type Calls } from './lookahead.ts';
import { endOfFile, type Token } from './tokens.ts';

/** The states to go back to, the innermost first; undefined at the bottom. */
interface Stack {
  readonly key: string;
  readonly state: State;
  readonly below: Stack | undefined;
}

interface Configuration {
  readonly state: State;
  readonly alternative: number;
  readonly stack: Stack | undefined;
  /** Whether it has left the rule that the prediction is made for. */
  readonly hasLeft: boolean;
}

/** The alternative, counted from 1; or the token that fits none. */
export type Prediction = { readonly alternative: number } | { readonly offending: Token };

const keyOf = (stack: Stack | undefined) => stack?.key ?? '';
const push = (state: State, below: Stack | undefined): Stack => ({ key: `${state.id},${keyOf(below)}`, state, below });

/** Predicts from the state, whose edges begin the alternatives. */
export function predict(state: State, tokens: readonly Token[], from: number, calls: Calls): Prediction {
  return search(state, tokens, from, undefined) ?? search(state, tokens, from, calls) ?? { alternative: 1 };
}

/** Undefined: without `calls` several alternatives fit, and the callers may tell them apart. */
function search(
  state: State,
  tokens: readonly Token[],
  from: number,
  calls: Calls | undefined,
): Prediction | undefined {
  let closure = calls ? begun(state, calls) : (starts.get(state) ?? begun(state, calls));
  if (!calls) starts.set(state, closure);
  for (let at = from; ; at = Math.min(at + 1, tokens.length - 1)) {
    const token = tokens[at];
    if (!token) return { alternative: 1 };
    const reached = closure.after(token.type);
    if (reached.isEmpty) {
      const alternative = closure.finished;
      return alternative === undefined ? { offending: token } : { alternative };
    }
    if (reached.only !== undefined) return { alternative: reached.only };
    if (reached.isConflict) return undefined;
    closure = reached;
  }
}

/** What was found without asking for callers is the same for every expression. */
const starts = new Map<State, Closure>();

function begun(state: State, calls: Calls | undefined): Closure {
  const bottom = calls?.reduce<Stack | undefined>((below, call) => push(followOf(call), below), undefined);
  const closure = new Closure(calls !== undefined);
  state.edges.forEach(({ to }, i) => {
    closure.visit({ state: to, alternative: i + 1, stack: bottom, hasLeft: false });
  });
  return closure;
}

/** All that the parser may be at after some tokens. */
class Closure {
  readonly #found: Configuration[] = [];
  readonly #seen = new Set<string>();
  readonly #isFull: boolean;
  readonly #next = new Map<number, Closure>();
  #decision: { readonly only: number | undefined; readonly isConflict: boolean } | undefined;

  constructor(isFull: boolean) {
    this.#isFull = isFull;
  }

  get isEmpty(): boolean {
    return !this.#found.length;
  }

  /** The first alternative that had got to its end. */
  get finished(): number | undefined {
    const left = this.#found.filter(
      ({ hasLeft, state: { kind }, stack }) => hasLeft || (kind === 'stop' && stack === undefined),
    );
    return left.length ? Math.min(...left.map(({ alternative }) => alternative)) : undefined;
  }

  /** The alternative that is meant, if that is clear. */
  get only(): number | undefined {
    return this.#decided.only;
  }

  /** Whether it will never be clear without asking who called the rule. */
  get isConflict(): boolean {
    return this.#decided.isConflict;
  }

  get #decided(): { readonly only: number | undefined; readonly isConflict: boolean } {
    return (this.#decision ??= decide(this.#found, this.#isFull));
  }

  after(token: number): Closure {
    const known = this.#next.get(token);
    if (known) return known;
    const next = new Closure(this.#isFull);
    for (const configuration of this.#found) {
      const { state } = configuration;
      if (state.kind === 'stop' && (this.#isFull || token === endOfFile)) next.#found.push(configuration);
      for (const { to, tokens } of state.edges) if (tokens?.has(token)) next.visit({ ...configuration, state: to });
    }
    this.#next.set(token, next);
    return next;
  }

  visit(configuration: Configuration): void {
    const { state, alternative, stack } = configuration;
    const key = `${state.id} ${alternative} ${keyOf(stack)}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    if (state.kind === 'stop' && stack) return this.visit({ ...configuration, state: stack.state, stack: stack.below });
    const isEnd = state.kind === 'stop' && (this.#isFull || !state.edges.length);
    if (isEnd || state.edges.some(({ tokens }) => tokens)) this.#found.push(configuration);
    if (isEnd) return;
    for (const { to, tokens, follow } of state.edges) {
      if (tokens) continue;
      if (follow) this.visit({ ...configuration, state: to, stack: push(follow, stack) });
      else this.visit({ ...configuration, state: to, hasLeft: configuration.hasLeft || state.kind === 'stop' });
    }
  }
}

function decide(found: readonly Configuration[], isFull: boolean) {
  const alternatives = new Set(found.map(({ alternative }) => alternative));
  if (alternatives.size < 2) return { only: Math.min(...alternatives), isConflict: false };
  const subsets = conflicts(found, isFull);
  if (!isFull) return { only: undefined, isConflict: isConflict(found, subsets) };
  const least = new Set(subsets.map((subset) => Math.min(...subset)));
  return { only: least.size === 1 ? Math.min(...least) : undefined, isConflict: false };
}

/** For each state and set of stacks the alternatives that have come there. */
function conflicts(found: readonly Configuration[], isFull: boolean): readonly ReadonlySet<number>[] {
  const stacks = new Map<string, { readonly id: number; readonly alternative: number; readonly keys: Set<string> }>();
  for (const { state, alternative, stack } of found) {
    const key = `${state.id} ${alternative}`;
    const entry = stacks.get(key) ?? { id: state.id, alternative, keys: new Set() };
    entry.keys.add(keyOf(stack));
    stacks.set(key, entry);
  }
  const subsets = new Map<string, Set<number>>();
  for (const { id, alternative, keys } of stacks.values()) {
    // without callers, what is below the shorter of two stacks can be anything
    const kept = isFull
      ? [...keys]
      : [...keys].filter((key) => ![...keys].some((other) => key !== other && key.startsWith(other)));
    const key = `${id} ${kept.sort().join(';')}`;
    subsets.set(key, (subsets.get(key) ?? new Set()).add(alternative));
  }
  return [...subsets.values()];
}

function isConflict(found: readonly Configuration[], subsets: readonly ReadonlySet<number>[]): boolean {
  if (found.every(({ state }) => state.kind === 'stop')) return true;
  const byState = new Map<number, Set<number>>();
  for (const { state, alternative } of found) {
    byState.set(state.id, (byState.get(state.id) ?? new Set()).add(alternative));
  }
  return subsets.some(({ size }) => size > 1) && [...byState.values()].every(({ size }) => size > 1);
}
