import assert from 'node:assert/strict';
import * as names from '../../src/api/names.ts';

type Rule = (value: string) => readonly string[];

describe('names', () => {
  const long = (length: number) => 'a'.repeat(length);
  const rules: [name: string, rule: Rule, right: string[], wrong: [value: string, problems: RegExp[]][]][] = [
    [
      'dns1123Label',
      names.dns1123LabelProblems,
      ['a', '1-a', long(63)],
      [
        [
          '',
          [
            /^a lowercase RFC 1123 label must consist .* \(e\.g\. 'my-name', {2}or '123-abc', regex used for validation is /,
          ],
        ],
        ['a.b', [/^must not contain dots$/]],
        ['-a', [/^a lowercase RFC 1123 label/]],
        [long(64), [/^must be no more than 63 characters$/]],
        ['é'.repeat(32), [/^must be no more than 63 characters$/, /^a lowercase/]],
      ],
    ],
    [
      'dns1123Subdomain',
      names.dns1123SubdomainProblems,
      ['a.b-c.d', long(253)],
      [
        ['A', [/^a lowercase RFC 1123 subdomain .*\(e\.g\. 'example\.com', regex used for validation is '\[a-z0-9\]/]],
        ['a..b', [/^a lowercase/]],
        [long(254), [/^must be no more than 253 characters$/]],
      ],
    ],
    ['underscores', names.dns1123SubdomainWithUnderscoreProblems, ['_a.b_c'], [['a_', [/'_', '-' or '\.'/]]]],
    ['dns1035Label', names.dns1035LabelProblems, ['a1'], [['1a', [/^a DNS-1035 label/]]]],
    [
      'wildcard',
      names.wildcardSubdomainProblems,
      ['*.a.b'],
      [
        ['*', [/^a wildcard DNS-1123/]],
        ['a.b', [/^a wildcard/]],
      ],
    ],
    [
      'qualified name',
      names.qualifiedNameProblems,
      ['app', 'example.com/My_name.1'],
      [
        [
          'a/b/c',
          [
            /^a valid label key must consist .* with an optional DNS subdomain prefix and '\/' \(e\.g\. 'example\.com\/MyName'\)$/,
          ],
        ],
        ['', [/^name part must be non-empty$/, /^name part must consist/]],
        ['/x', [/^prefix part must be non-empty$/]],
        ['Bad_/x', [/^prefix part a lowercase RFC 1123 subdomain/]],
        [`${long(254)}/x`, [/^prefix part must be no more than 253 bytes$/]],
        [long(64), [/^name part must be no more than 63 bytes$/]],
        ['bad key', [/^name part must consist/]],
      ],
    ],
    [
      'label value',
      names.labelValueProblems,
      ['', 'a_b.c'],
      [
        ['-a', [/^a valid label must be an empty string/]],
        [long(64), [/^must be no more than 63 bytes$/]],
      ],
    ],
    [
      'environment',
      names.environmentNameProblems,
      ['A.b-c', '.x'],
      [
        ['1A', [/^a valid environment variable name must consist of alphabetic/]],
        ['..a', [/^must not start with '\.\.'$/]],
      ],
    ],
    [
      'relaxed environment',
      names.relaxedEnvironmentNameProblems,
      ['1 A', '<>', '~'],
      [
        ['', [/^environment variable name must be non-empty$/]],
        ['a=b', [/printable ASCII characters other than '='$/]],
        ['é', [/printable ASCII/]],
      ],
    ],
    [
      'config key',
      names.configMapKeyProblems,
      ['a.b', '_'],
      [
        ['a/b', [/^a valid config key must/]],
        ['.', [/^must not be '\.'$/]],
        ['..', [/^must not be '\.\.'$/]],
        [long(254), [/^must be no more than 253 characters$/]],
      ],
    ],
    ['header', names.httpHeaderNameProblems, ['X-A'], [['a b', [/^a valid HTTP header/]]]],
    ['C identifier', names.cIdentifierProblems, ['_a1'], [['1', [/^a valid C identifier/]]]],
    ['percent', names.percentProblems, ['25%'], [['25', [/^a valid percent string/]]]],
    [
      'port name',
      names.portNameProblems,
      ['http-2'],
      [
        ['', [/only alpha-numeric/, /at least one letter/]],
        ['80', [/^must contain at least one letter \(a-z\)$/]],
        ['a--b', [/^must not contain consecutive hyphens$/]],
        ['-a', [/^must not begin or end with a hyphen$/]],
        [long(16), [/^must be no more than 15 characters$/]],
      ],
    ],
  ];
  for (const [name, rule, right, wrong] of rules) {
    it(name, () => {
      for (const value of right) assert.deepEqual(rule(value), [], value);
      for (const [value, problems] of wrong) {
        const found = rule(value);
        assert.equal(found.length, problems.length, `${value}: ${found.join(' | ')}`);
        for (const [i, problem] of problems.entries()) assert.match(found[i] ?? '', problem);
      }
    });
  }

  it('port numbers and ranges', () => {
    assert.deepEqual(names.portNumberProblems(80), []);
    assert.deepEqual(names.portNumberProblems(0), ['must be between 1 and 65535, inclusive']);
    assert.deepEqual(names.rangeProblems(65_536, 1, 65_535), ['must be between 1 and 65535, inclusive']);
  });
});
