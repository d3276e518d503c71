// Compiles and evaluates CEL expressions as Kubernetes does, with the words of cel-go for what goes wrong.
import { Environment, EvaluationError, Optional, type ASTNode, type ParseResult } from '@marcbachmann/cel-js';
import { CelError } from './error.ts';
import { addHasMacro, withOwnHas } from './has.ts';
import { addListLibrary } from './lists.ts';
import { addQuantityLibrary } from './quantity.ts';
import { addSemverLibrary } from './semver.ts';
import { addStringLibrary } from './strings.ts';

export type { ASTNode };

/** The variables and types of one use of CEL, to be declared by who uses it. */
export type CelEnvironment = Environment;

let base: Environment | undefined;

/** A new environment with the functions that Kubernetes offers to every expression (k8s.io/apiserver/pkg/cel/environment). */
export function kubernetesEnvironment(): CelEnvironment {
  if (!base) {
    // Kubernetes refuses `[1, "a"]`, but not `[1, dyn("a")]`; the library knows no difference.
    base = new Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: false });
    addHasMacro(base);
    addQuantityLibrary(base);
    addSemverLibrary(base);
    addListLibrary(base);
    addStringLibrary(base);
  }
  return base.clone();
}

/** A value, or the text of the runtime error. */
export type CelOutcome = { readonly value: unknown } | { readonly error: string };

/** A compiled expression. */
export interface CelProgram {
  /** Static type: `bool`, `dyn`, `list<string>`. */
  readonly type: string;
  evaluate(variables: Readonly<Record<string, unknown>>): CelOutcome;
}

/** An expression that does not compile. */
export interface CelIssue {
  /** The library's code of the error: `unknown_variable`. */
  readonly code: string;
  /** The library's words for it, which are not those of cel-go. */
  readonly summary: string;
}

/** Parses and checks an expression. */
export function compile(environment: CelEnvironment, expression: string): CelProgram | CelIssue {
  let parsed: ParseResult;
  try {
    parsed = environment.parse(withOwnHas(expression));
  } catch (error) {
    return issueOf(error);
  }
  const { valid, type = 'dyn', error } = parsed.check();
  if (!valid) return issueOf(error);
  return { type, evaluate: (variables) => outcomeOf(parsed, variables) };
}

function issueOf(error: unknown): CelIssue {
  const { code, summary, message } = error as { code?: string; summary?: string; message: string };
  return { code: code ?? 'unknown', summary: summary ?? message };
}

function outcomeOf(run: ParseResult, variables: Readonly<Record<string, unknown>>): CelOutcome {
  try {
    return { value: run(variables) as unknown };
  } catch (error) {
    if (error instanceof CelError) return { error: error.message };
    if (error instanceof EvaluationError) return { error: wordsOf(error) };
    throw error;
  }
}

/** The library's errors in the words of cel-go. */
function wordsOf({ code, summary }: EvaluationError): string {
  switch (code) {
    case 'no_such_key':
      return summary.replace('No such key', 'no such key');
    case 'index_out_of_bounds':
      return `index out of bounds: ${/index (-?\d+)/.exec(summary)?.[1] ?? ''}`;
    case 'modulo_by_zero':
      return 'modulus by zero';
    case 'numeric_overflow':
      return 'integer overflow';
    case 'no_such_overload':
    case 'no_matching_overload':
    case 'invalid_logical_operand':
    case 'invalid_condition_type':
      return 'no such overload';
    case 'optional_value_missing':
      return 'optional.none() dereference';
    default:
      return summary;
  }
}

/** A value as an optional one: absent for undefined. */
export const optionalOf = (value: unknown): unknown => (value === undefined ? Optional.none() : Optional.of(value));

/** The syntax of an expression; undefined if it has an error in it. Calls of `has` go by the name of our own macro, `_h_`. */
export function kubernetesSyntax(expression: string): ASTNode | undefined {
  try {
    return kubernetesEnvironment().parse(withOwnHas(expression)).ast;
  } catch {
    return undefined;
  }
}
