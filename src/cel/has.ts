// has(e.f) for any e. The library's own `has` takes nothing but names and dots (`has(a.b.c)`), CEL takes every expression
// (`has(self.items[0].name)`). A macro cannot be replaced, so ours has another name of the same length, which keeps positions.
import { Optional, type ASTNode, type Environment } from '@marcbachmann/cel-js';
import { literals } from './tokens.ts';

const ours = '_h_';

const tokens = new RegExp(`${literals}|(?<![\\w.])has(?=\\s*\\()`, 'g');

/** The expression with our macro in place of the library's. */
export function withOwnHas(expression: string): string {
  return expression.replace(tokens, (token) => (token === 'has' ? ours : token));
}

/** The parts of the library's checker and evaluator that a macro gets to see. */
interface Checker {
  check(node: ASTNode, context: unknown): { readonly name: string };
  getType(name: string): unknown;
  createError(code: string, text: string, node: ASTNode): Error;
}
interface Evaluator {
  run(node: ASTNode, context: unknown): unknown;
}
interface HasMacro {
  readonly field: ASTNode;
}

export function addHasMacro(environment: Environment): void {
  environment.registerFunction(`${ours}(ast): bool`, ({ args: [field] }: { args: [ASTNode] }) => ({
    field,
    typeCheck(checker: Checker, macro: HasMacro, context: unknown) {
      const { field: node } = macro;
      if (node.op !== '.' && node.op !== '.?') {
        throw checker.createError('invalid_macro_argument', 'invalid argument to has() macro', node);
      }
      checker.check(node, context);
      return checker.getType('bool');
    },
    evaluate(evaluator: Evaluator, { field: node }: HasMacro, context: unknown) {
      if (node.op !== '.' && node.op !== '.?') return false;
      const [operand, name] = node.args;
      return isSet(evaluator.run(operand, context), name);
    },
  }));
}

function isSet(operand: unknown, name: string): boolean {
  if (operand instanceof Optional) return operand.hasValue() && isSet(operand.value(), name);
  if (operand instanceof Map) return operand.has(name);
  return typeof operand === 'object' && operand !== null && Object.hasOwn(operand, name);
}
