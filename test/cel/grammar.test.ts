// Errors of syntax, with what cel-go's own parser said of each, set up as kube-apiserver 1.36.3 does it.
import { equal } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readSyntax } from '../../src/cel/grammar/index.ts';

const answers = JSON.parse(readFileSync(new URL('syntax-answers.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, string>
>;

describe('CEL syntax', () => {
  for (const [expression, problem] of Object.entries(answers)) {
    it(JSON.stringify(expression), () => equal(readSyntax(expression)?.problem, problem));
  }

  it('gives up on what is nested too deep', () => {
    equal(readSyntax('('.repeat(300)), undefined);
  });

  it('tells chains of comparisons', () => {
    equal(readSyntax('a == b < c')?.isChained, true);
    equal(readSyntax('a == (b < c)')?.isChained, false);
  });
});
