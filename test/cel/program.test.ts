import { deepEqual, equal, ok } from 'node:assert/strict';
import { compile, kubernetesEnvironment } from '../../src/cel/program.ts';

const environment = kubernetesEnvironment().registerVariable('self', 'dyn');

/** The value of an expression, the error it ends with, or the code of why it does not compile. */
function evaluate(expression: string, self: unknown = new Map()): unknown {
  const program = compile(environment, expression);
  if ('code' in program) return program.code;
  const outcome = program.evaluate({ self });
  return 'error' in outcome ? outcome.error : outcome.value;
}

describe('CEL', () => {
  it('evaluates with the words of cel-go for what goes wrong', () => {
    const self = new Map<string, unknown>([
      ['size', 3n],
      ['name', 'x'],
      ['list', [1n, 2n]],
    ]);
    equal(evaluate('self.size < 9 || self.name == "red"', self), true);
    equal(evaluate('self.missing == 1', self), 'no such key: missing');
    equal(evaluate('self.list[2] == 1', self), 'index out of bounds: 2');
    equal(evaluate('self.size / 0 == 1', self), 'division by zero');
    equal(evaluate('self.size % 0 == 1', self), 'modulus by zero');
    equal(evaluate('9223372036854775807 + self.size == 1', self), 'integer overflow');
    equal(evaluate('self.size > self.name', self), 'no such overload');
    equal(evaluate('self.name.startsWith(1)', self), 'no such overload');
    equal(evaluate('self.size == self.name', self), false);
    equal(evaluate('self.missing == 1 || true', self), true);
  });

  it('says what does not compile', () => {
    equal(evaluate('nothing'), 'unknown_variable');
    equal(evaluate('1 +'), 'unexpected_token');
    const program = compile(environment, '1 < 2');
    ok('type' in program);
    equal(program.type, 'bool');
  });

  it('asks has() of any expression', () => {
    const self = new Map([['items', [new Map([['name', 'a']])]]]);
    equal(evaluate('has(self.items)', self), true);
    equal(evaluate('has(self.items[0].name) && !has(self.items[0].size)', self), true);
    equal(evaluate('has(self["items"][0].name)', self), true);
    equal(evaluate('has(self.other.name)', self), 'no such key: other');
    equal(evaluate('self.items.all(i, has(i.name))', self), true);
    equal(evaluate('has(self)', self), 'invalid_macro_argument');
    equal(evaluate(`"has(x)" == 'has(x)' && r"has(" != "\\"has(" // has(y)`), true);
  });

  it('knows optional values and bindings', () => {
    equal(evaluate('self.?a.?b.orValue("none")'), 'none');
    equal(evaluate('cel.bind(x, 2, x * x)'), 4n);
  });

  it('knows Kubernetes’ functions about lists', () => {
    const self = new Map([['list', [3n, 1n, 2n, 1n]]]);
    equal(evaluate('self.list.isSorted() || [1, 1, 2].isSorted()', self), true);
    equal(evaluate('["b", "a"].isSorted()'), false);
    equal(evaluate('self.list.sum() == 7 && [1.5, 2.0].sum() == 3.5 && [].sum() == 0', self), true);
    equal(evaluate('self.list.min() == 1 && self.list.max() == 3 && [2, 1].max() == 2', self), true);
    equal(evaluate('[].max() == 1'), 'max called on empty list');
    equal(evaluate('self.list.indexOf(1) == 1 && self.list.lastIndexOf(1) == 3 && [1].indexOf(4) == -1', self), true);
    deepEqual(evaluate('self.list.distinct()', self), [3n, 1n, 2n]);
    equal(evaluate('sets.contains(self.list, [1, 2]) && !sets.contains([1], self.list)', self), true);
    equal(evaluate('sets.equivalent([1, 1, 2], [2, 1]) && sets.intersects(["a"], ["b", "a"])'), true);
    equal(evaluate('[1, dyn("a")].isSorted()'), 'no such overload');
  });

  it('knows functions about text', () => {
    equal(evaluate('"abc 123".find("[0-9]+") + "abc".find("x")'), '123');
    deepEqual(evaluate('"1 22 333".findAll("[[:digit:]]+", 2)'), ['1', '22']);
    equal(evaluate('"abc".charAt(1) + "abc".charAt(3)'), 'b');
    equal(evaluate('"abc".charAt(4)'), 'index out of range: 4');
    equal(evaluate('"a.b.c".replace(".", "-") + "a.b.c".replace(".", "-", 1)'), 'a-b-ca-b.c');
  });

  it('keeps environments apart', () => {
    const other = kubernetesEnvironment().registerVariable('mine', 'int');
    ok('type' in compile(other, 'mine == 1'));
    ok('code' in compile(environment, 'mine == 1'));
  });
});

describe('CEL: quantities', () => {
  const cases: readonly [string, unknown][] = [
    ['quantity("1Gi").compareTo(quantity("1024Mi"))', 0n],
    ['quantity("40Gi").compareTo(quantity("60Gi")) >= 0', false],
    ['quantity("1").isGreaterThan(quantity("999m"))', true],
    ['quantity("1").isLessThan(quantity("999m"))', false],
    ['quantity("50k").add(20) == quantity("50020")', true],
    ['quantity("50k").sub(quantity("50")).asInteger()', 49950n],
    ['quantity("1500m").isInteger()', false],
    ['quantity("1500m").asInteger() == 2', 'cannot convert value to integer'],
    ['quantity("1500m").asApproximateFloat()', 1.5],
    ['sign(quantity("-5"))', -1n],
    ['isQuantity("1.3Gi") && !isQuantity("1,3Gi")', true],
    [
      'quantity("nope").isInteger()',
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ],
  ];
  for (const [expression, expected] of cases) it(expression, () => deepEqual(evaluate(expression), expected));
});

describe('CEL: semantic versions', () => {
  const cases: readonly [string, unknown][] = [
    ['semver("1.2.3").compareTo(semver("1.2.10"))', -1n],
    ['semver("1.2.3-rc.1").isLessThan(semver("1.2.3"))', true],
    ['semver("1.2.3-rc.2").isLessThan(semver("1.2.3-rc.10"))', true],
    ['semver("1.2.3-rc.2").isGreaterThan(semver("1.2.3-1"))', true],
    ['semver("1.2.3+a") == semver("1.2.3+b")', true],
    ['[semver("1.2.3").major(), semver("1.2.3").minor(), semver("1.2.3").patch()]', [1n, 2n, 3n]],
    [
      'isSemver("1.2") || isSemver("v1.2.3") || isSemver("01.2.3") || isSemver("1.2.3-") || isSemver("1.2.3-01")',
      false,
    ],
    ['isSemver("v1.2", true) && semver("v01.02", true) == semver("1.2.0")', true],
    ['semver("1.2").major() == 1', 'No Major.Minor.Patch elements found'],
    ['semver("1.x.2").major() == 1', 'Invalid character(s) found in minor number "x"'],
    ['semver("01.2.3").major() == 1', 'Major number must not contain leading zeroes "01"'],
    ['semver("1.2-rc", true).major() == 1', 'short version cannot contain PreRelease/Build meta data'],
  ];
  for (const [expression, expected] of cases) it(expression, () => deepEqual(evaluate(expression), expected));
});
