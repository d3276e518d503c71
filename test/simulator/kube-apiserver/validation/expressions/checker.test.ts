// Operands and types of expressions, with what cel-go's own checker said of each, set up as kube-apiserver 1.36.3 does it.
import { equal, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { checkExpression } from '../../../../../src/simulator/kube-apiserver/validation/expressions/checker.ts';
import {
  anything,
  bool,
  int,
  listOf,
  mapOf,
  scalar,
  text,
} from '../../../../../src/simulator/kube-apiserver/validation/expressions/types.ts';

const answers = JSON.parse(readFileSync(new URL('answers.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, { readonly problem?: string; readonly type?: string }>
>;

const variables = {
  ...{ b: bool, by: scalar('bytes'), d: scalar('double'), i: int, l: listOf(int), m: mapOf(int), s: text },
  ...{ t: scalar('timestamp'), u: scalar('duration'), y: anything },
};

/** What the checker leaves open: the library reads chains otherwise, and of what is empty the types are not known. */
const open = new Set(['m == null', 'l.indexOf("a")', '[].sum()', 's == b < i', '{}[i]']);

describe('checker of expressions', () => {
  for (const [expression, { problem }] of Object.entries(answers)) {
    it(expression, () => {
      const checked = checkExpression(expression, variables);
      if (open.has(expression)) return void equal(checked, undefined);
      ok(checked, 'is followed');
      equal(checked.problem, problem);
    });
  }
});
