// What cel-go's parser says of an expression, in its own words.
import { displayed } from './display.ts';
import { objections } from './objections.ts';
import { GivenUp, parse, type Tree } from './parser.ts';

export { displayed };
export type { SyntaxProblem } from './tokens.ts';

/** What cel-go's parser makes of an expression. */
export interface Syntax {
  /** The errors as the compiler shows them; empty for none. */
  readonly problem: string;
  /** Whether comparisons are chained (`a == b < c`), which the library reads in another order. */
  readonly isChained: boolean;
}

/** Undefined if the parser may give up with something else to say. */
export function readSyntax(expression: string): Syntax | undefined {
  try {
    const { tree, problems } = parse(expression);
    return {
      problem: displayed(expression, [...problems, ...objections(tree)]),
      isChained: isChained(tree),
    };
  } catch (error) {
    if (error instanceof GivenUp || error instanceof RangeError) return undefined;
    throw error;
  }
}

function isChained({ name, trees }: Tree): boolean {
  const inner = Object.values(trees).flat();
  const left = trees['left']?.[0];
  return (name === 'Relation' && left?.name === 'Relation') || inner.some(isChained);
}
