// Functions of expressions, with what the real server of 1.36.3 said of each: a rule of a custom resource whose `messageExpression`
// was `'%s'.format([EXPRESSION])`, or the error that the rule ended with. `self` was the text `x`.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { compile, kubernetesEnvironment, type CelOutcome } from '../../src/cel/program.ts';

type Answer = string | { readonly error: string };

const { known, unknown } = JSON.parse(readFileSync(new URL('answers.json', import.meta.url), 'utf8')) as Record<
  'known' | 'unknown',
  Readonly<Record<string, Answer>>
>;
const environment = kubernetesEnvironment().registerVariable('self', 'dyn');

function outcomeOf(expression: string): CelOutcome {
  const program = compile(environment, expression);
  ok('type' in program, expression);
  return program.evaluate({ self: 'x' });
}

describe('CEL functions', () => {
  for (const [expression, answer] of Object.entries(known)) {
    it(expression, () => {
      if (typeof answer === 'object') deepEqual(outcomeOf(expression), answer);
      else {
        const outcome = outcomeOf(`'%s'.format([${expression}])`);
        ok('value' in outcome, JSON.stringify(outcome));
        equal(String(outcome.value).trim(), answer);
      }
    });
  }

  for (const expression of Object.keys(unknown)) {
    it(`${expression} is unknown`, () => {
      const outcome = outcomeOf(expression.startsWith("'%s'") ? expression : `dyn([${expression}])`);
      ok('error' in outcome && outcome.isForeign, expression);
    });
  }
});
