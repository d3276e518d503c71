import { equal } from 'node:assert/strict';
import { goPattern } from '../../src/base/go-pattern.ts';

describe('Go patterns', () => {
  const cases: readonly [pattern: string, text: string, matches: boolean | undefined][] = [
    ['^[a-z]+$', 'abc', true],
    ['(?i)^abc$', 'ABC', true],
    ['^(?i)\\.?[a-z_]+$', '.ABC', true],
    ['^(?m)a$', 'a\nb', undefined],
    ['a(?i)b', 'aB', undefined],
    ['^[[:alpha:]]+$', 'aB', true],
    ['^[[:alpha:]_]+$', 'a1', false],
    ['\\Aab\\z', 'ab', true],
    ['^(?P<first>a)b$', 'ab', true],
    ['^[\\w\\-\\.]+$', 'a-b.c', true],
    ['^a\\_b\\/c\\-d$', 'a_b/c-d', true],
    ['^\\pL+$', 'é', true],
    ['^((100|[0-9]{1,2})%|[0-9]+)$', '50%', true],
    ['^[^\\s@]+@[^\\s@]+$', 'a@b', true],
    ['(', '', undefined],
  ];
  for (const [pattern, text, matches] of cases) {
    it(`${pattern} on ${text}`, () => equal(goPattern(pattern)?.test(text), matches));
  }
});
