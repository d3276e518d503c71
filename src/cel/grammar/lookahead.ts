// Which tokens can come next (antlr4's LL1Analyzer and ATN.getExpectedTokens).
import type { State } from './network.ts';
import { endOfFile, tokenNames } from './tokens.ts';

/** Stands for the end of the rule among the tokens that can come next. */
export const ruleEnd = -1;

/** Where rules were called: the states of the calls, the innermost last. */
export type Calls = readonly State[];

const known = new Map<State, ReadonlySet<number>>();

/** The tokens that can come next within the rule, and `ruleEnd` if that can end first. */
export function nextTokens(state: State): ReadonlySet<number> {
  let next = known.get(state);
  if (!next) {
    const found = new Set<number>();
    look(state, [], found, new Set());
    known.set(state, (next = found));
  }
  return next;
}

function look(state: State, follows: readonly State[], found: Set<number>, seen: Set<State>): void {
  if (seen.has(state)) return;
  seen.add(state);
  if (state.kind === 'stop') {
    const back = follows.at(-1);
    if (back) look(back, follows.slice(0, -1), found, new Set());
    else found.add(ruleEnd);
    return;
  }
  for (const { to, tokens, follow } of state.edges) {
    if (tokens) for (const token of tokens) found.add(token);
    else look(to, follow ? [...follows, follow] : follows, found, seen);
  }
}

/** Where the parser goes on after the call that was made in a state. */
export const followOf = (call: State): State => call.edges[0]?.follow ?? call;

/** The tokens that can come next, looking past the ends of rules. */
export function expectedTokens(state: State, calls: Calls): ReadonlySet<number> {
  const expected = new Set(nextTokens(state));
  for (const call of calls.toReversed()) {
    if (!expected.delete(ruleEnd)) break;
    for (const token of nextTokens(followOf(call))) expected.add(token);
  }
  if (expected.delete(ruleEnd)) expected.add(endOfFile);
  return expected;
}

/** Tokens as messages list them. */
export function namesOf(tokens: ReadonlySet<number>): string {
  const names = [...tokens].sort((a, b) => a - b).map((token) => tokenNames[token] ?? '');
  return names.length > 1 ? `{${names.join(', ')}}` : (names[0] ?? '');
}
