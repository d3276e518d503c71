import assert from 'node:assert/strict';
import { patternProblem } from '../../../../src/simulator/kube-apiserver/validation/go-regexp.ts';

/** As regexp.Compile of Go 1.26 answered; empty where it took the pattern. */
const patterns: readonly (readonly [pattern: string, problem: string])[] = [
  ['^[0-9a-zA-Z-.]+$', ''],
  ['[a-z-0-9_]', ''],
  ['[-a]|[a-]|[]a]', ''],
  ['b?(?i){2,}', ''],
  ['(?P<n>a)(?<m>b)(?-s:c)', ''],
  ['a{,3}{b}{01}', ''],
  ['\\p{Greek}\\pL\\P{^Lu}\\p{cased_letter}\\Qa(\\E', ''],
  ['(a{0}){1000}', ''],
  ['[z-a]', 'invalid character class range: `z-a`'],
  ['[\\x41-\\t]', 'invalid character class range: `\\x41-\\t`'],
  ['[[:foo:]]', 'invalid character class range: `[:foo:]`'],
  ['\\p{Foo}', 'invalid character class range: `\\p{Foo}`'],
  ['\\p{Old_Italic}', 'invalid character class range: `\\p{Old_Italic}`'],
  ['\\p', 'invalid character class range: `\\p`'],
  ['[a-', 'missing closing ]: `[a-`'],
  ['(a', 'missing closing ): `(a`'],
  ['a)', 'unexpected ): `a)`'],
  ['a**', 'invalid nested repetition operator: `**`'],
  ['a|*', 'missing argument to repetition operator: `*`'],
  ['a{1001}', 'invalid repeat count: `{1001}`'],
  ['a{2,1}?', 'invalid repeat count: `{2,1}`'],
  ['((a{10}){10}){11}', 'invalid repeat count: `{11}`'],
  ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
  ['(?<=a)', 'invalid named capture: `(?<=a)`'],
  ['(?P<a b>c)', 'invalid named capture: `(?P<a b>`'],
  ['\\x{110000}', 'invalid escape sequence: `\\x{110000`'],
  ['\\xg1', 'invalid escape sequence: `\\xg1`'],
  ['\\8', 'invalid escape sequence: `\\8`'],
  ['\\Z', 'invalid escape sequence: `\\Z`'],
  ['a\\', 'trailing backslash at end of expression: ``'],
];

describe('a regular expression of Go', () => {
  for (const [pattern, problem] of patterns) {
    it(pattern, () =>
      assert.equal(patternProblem(pattern), problem === '' ? undefined : `error parsing regexp: ${problem}`),
    );
  }
});
