// Compiles and evaluates CEL expressions as Kubernetes does, with the words of cel-go for what goes wrong.
import { Environment, EvaluationError, Optional, type ASTNode, type ParseResult } from '@marcbachmann/cel-js';
import { addAddressLibrary } from './addresses.ts';
import { addComprehensions } from './comprehensions.ts';
import { CelDoubt, CelError } from './error.ts';
import { addFormatLibrary } from './formats.ts';
import { addHasMacro, withOwnHas } from './has.ts';
import { addListLibrary } from './lists.ts';
import { addOwnFunctions, withOwnFunctions, withoutOwnFunctions } from './own-functions.ts';
import { addQuantityLibrary } from './quantity.ts';
import { addSemverLibrary } from './semver.ts';
import { addStringLibrary } from './strings.ts';
import { addUrlLibrary } from './urls.ts';

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
    addUrlLibrary(base);
    addAddressLibrary(base);
    addFormatLibrary(base);
    addComprehensions(base);
    addOwnFunctions(base);
  }
  return base.clone();
}

/** A value, or the text of the runtime error; `isForeign`: not in the words of cel-go, for which it may have others, or no error. */
export type CelOutcome = { readonly value: unknown } | { readonly error: string; readonly isForeign?: boolean };

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
    parsed = environment.parse(withOwnFunctions(withOwnHas(expression)));
  } catch (error) {
    return issueOf(error);
  }
  const { valid, type = 'dyn', error } = parsed.check();
  if (!valid) return issueOf(error);
  return { type, evaluate: (variables) => outcomeOf(parsed, variables) };
}

function issueOf(error: unknown): CelIssue {
  const { code, summary, message } = error as { code?: string; summary?: string; message: string };
  return { code: code ?? 'unknown', summary: withoutOwnFunctions(summary ?? message) };
}

function outcomeOf(run: ParseResult, variables: Readonly<Record<string, unknown>>): CelOutcome {
  try {
    return { value: run(variables) as unknown };
  } catch (error) {
    if (error instanceof CelError) return { error: error.message };
    if (error instanceof CelDoubt) return { error: error.message, isForeign: true };
    if (error instanceof EvaluationError) {
      const words = wordsOf(error);
      return words === undefined ? { error: error.summary, isForeign: true } : { error: words };
    }
    throw error;
  }
}

/** The library's errors in the words of cel-go, where these are known. */
function wordsOf({ code, summary }: EvaluationError): string | undefined {
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
    case 'division_by_zero':
      return summary;
    default:
      return conversion(code);
  }
}

/** Codes of texts that are not of the type that is asked for. */
const conversions: Readonly<Record<string, string>> = {
  int_conversion_error: 'int',
  uint_conversion_error: 'uint',
  double_conversion_error: 'double',
  bool_conversion_error: 'bool',
  invalid_duration: 'google.protobuf.Duration',
  invalid_timestamp: 'google.protobuf.Timestamp',
};

function conversion(code: string): string | undefined {
  const type = conversions[code];
  return type && `type conversion error from 'string' to '${type}'`;
}

/** A value as an optional one: absent for undefined. */
export const optionalOf = (value: unknown): unknown => (value === undefined ? Optional.none() : Optional.of(value));

/** A timestamp as expressions see it. Throws a CelDoubt if the text is none. */
export const timestampOf = (text: string): unknown => converted('timestamp', text);

/** A duration as expressions see it. Throws a CelDoubt if the text is none. */
export const durationOf = (text: string): unknown => converted('duration', text);

function converted(type: string, text: string): unknown {
  const program = compile(kubernetesEnvironment().registerVariable('text', 'string'), `${type}(text)`);
  const outcome = 'code' in program ? undefined : program.evaluate({ text });
  if (!outcome || !('value' in outcome)) throw new CelDoubt(`the ${type} ${text} cannot be followed`);
  return outcome.value;
}

/** The syntax of an expression; undefined if it has an error in it. Calls of `has` go by the name of our own macro, `_h_`. */
export function kubernetesSyntax(expression: string): ASTNode | undefined {
  try {
    return kubernetesEnvironment().parse(withOwnHas(expression)).ast;
  } catch {
    return undefined;
  }
}
