import { equal } from 'node:assert/strict';
import { jsonSyntaxProblem } from '../../src/api/decoding/json-syntax.ts';

/** Bytes that are no JSON, with what `json.Unmarshal` of Go 1.26 said of them. */
const answers: Readonly<Record<string, string>> = {
  '': 'unexpected end of JSON input',
  '-': "invalid character ' ' in numeric literal",
  '1.': "invalid character ' ' after decimal point in numeric literal",
  '1e+x': "invalid character 'x' in exponent of numeric literal",
  '01': "invalid character '1' after top-level value",
  '{"a":1,}': "invalid character '}' looking for beginning of object key string",
  '{"a" 1}': "invalid character '1' after object key",
  '{"a":1 "b"}': `invalid character '"' after object key:value pair`,
  '[1,]': "invalid character ']' looking for beginning of value",
  '[1 2]': "invalid character '2' after array element",
  '"a\nb"': "invalid character '\\n' in string literal",
  '"\\q"': "invalid character 'q' in string escape code",
  '"\\u00g"': "invalid character 'g' in \\u hexadecimal character escape",
  '"\\': "invalid character ' ' in string escape code",
  nul: "invalid character ' ' in literal null (expecting 'l')",
  trux: "invalid character 'x' in literal true (expecting 'e')",
  '{"a": [': 'unexpected end of JSON input',
  "'a'": "invalid character '\\'' looking for beginning of value",
  '\xc3\xa9': "invalid character 'Ã' looking for beginning of value",
  '\x85': "invalid character '\\u0085' looking for beginning of value",
};

describe('JSON as Go reads it', () => {
  for (const [text, problem] of Object.entries(answers)) {
    it(JSON.stringify(text), () => equal(jsonSyntaxProblem(text), problem));
  }

  it('finds nothing wrong with JSON', () => {
    for (const text of ['{}', ' [1, -0, 2.5e-3, "\\u00e9\\n", true, null] ', '"\xc3\xa9"']) {
      equal(jsonSyntaxProblem(text), undefined);
    }
  });
});
