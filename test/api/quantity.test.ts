import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  addQuantities,
  compareQuantities,
  formatQuantity,
  milliValue,
  negateQuantity,
  parseQuantity,
  quantityError,
  roundUpQuantity,
  value,
  type Quantity,
} from '../../src/api/quantity.ts';

function quantity(text: string | number): Quantity {
  const parsed = parseQuantity(text);
  assert.ok(parsed, `${text} is a quantity`);
  return parsed;
}

describe('quantity', () => {
  const canonical: [given: string | number, text: string][] = [
    ['0', '0'],
    ['0.0', '0'],
    ['1000m', '1'],
    ['1500m', '1500m'],
    ['0.5', '500m'],
    [0.5, '500m'],
    [2, '2'],
    ['1024Ki', '1Mi'],
    ['1.5Gi', '1536Mi'],
    ['100Ti', '100Ti'],
    ['1000Gi', '1000Gi'],
    ['0.3Mi', '314572800m'],
    ['1000000', '1M'],
    ['1234567', '1234567'],
    ['12345678901234567890', '12345678901234567890'],
    ['1e3', '1e3'],
    ['1e-1', '100e-3'],
    ['1e1', '10'],
    ['1E', '1E'],
    ['0.1n', '1n'],
    ['8Ei', '9223372036854775807'],
    ['-1.5', '-1500m'],
    [' 1Gi ', '1Gi'],
    ['.', '0'],
  ];
  for (const [given, text] of canonical) {
    it(`${JSON.stringify(given)} is ${text}`, () => assert.equal(formatQuantity(quantity(given)), text));
  }

  it('loses the exponent beyond E, as Kubernetes 1.36 does', () =>
    assert.equal(formatQuantity(quantity('1000E')), '1'));

  it('needs digits where a big decimal is read', () => {
    assert.equal(quantityError('Ei'), 'unable to parse numeric part of quantity');
    assert.equal(quantityError('m'), undefined);
  });

  it('keeps the text where Go takes it for canonical', () => {
    assert.equal(formatQuantity(quantity('1.500')), '1.500');
    assert.equal(formatQuantity(quantity('+5')), '+5');
  });

  it('says why a value is none', () => {
    const shape = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    for (const wrong of ['', 'x', '1 Gi', '1.2.3', '１', true, [], {}]) assert.equal(quantityError(wrong), shape);
    for (const wrong of ['1Gim', '1e', '1GKi', '5mm', '1e99999999999999999999']) {
      assert.equal(quantityError(wrong), "unable to parse quantity's suffix");
    }
    for (const right of ['1', 1.5, null, 10n ** 30n]) assert.equal(quantityError(right), undefined);
    assert.equal(parseQuantity('x'), undefined);
  });

  it('gives milli and whole units, rounded up, within safe numbers', () => {
    const rows: [string, number, number][] = [
      ['100m', 100, 1],
      ['1', 1000, 1],
      ['1.0001', 1001, 2],
      ['-1.0001', -1001, -2],
      ['64Mi', 67_108_864_000, 67_108_864],
      ['1n', 1, 1],
      ['12345678901234567890', Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
      ['12345678901234.567890123', 12345678901234568, 12345678901235],
      ['1e2000000000', Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
      ['1e-2000000000', 1, 1],
    ];
    for (const [text, milli, whole] of rows) {
      assert.equal(milliValue(quantity(text)), Math.min(milli, Number.MAX_SAFE_INTEGER), text);
      assert.equal(value(quantity(text)), whole, text);
    }
  });

  it('compares exactly, whatever the exponents', () => {
    const ascending = [
      '-1e2000000000',
      '-1',
      '-1m',
      '0',
      '1n',
      '999m',
      '1',
      '1Ki',
      '1Gi',
      '12345678901234567890',
      '1e2000000000',
    ];
    for (const [i, a] of ascending.entries()) {
      for (const [j, b] of ascending.entries()) {
        assert.equal(Math.sign(compareQuantities(quantity(a), quantity(b))), Math.sign(i - j), `${a} ${b}`);
      }
    }
    assert.equal(compareQuantities(quantity('1Gi'), quantity('1024Mi')), 0);
    assert.equal(compareQuantities(quantity('0.5'), quantity('500m')), 0);
  });

  it('adds in the format of the first that is not zero', () => {
    const sum = (a: string, b: string) => formatQuantity(addQuantities(quantity(a), quantity(b)));
    assert.equal(sum('100m', '900m'), '1');
    assert.equal(sum('1Gi', '1Gi'), '2Gi');
    assert.equal(sum('0', '1Gi'), '1Gi');
    assert.equal(sum('1', '1Ki'), '1025');
    assert.equal(sum('9e18', '9e18'), '18e18');
    assert.equal(sum('1e2000000000', '1'), '100e1999999998');
    assert.equal(formatQuantity(addQuantities(quantity('2'), negateQuantity(quantity('500m')))), '1500m');
  });

  it('rounds away from zero to a scale', () => {
    const rounded = (text: string) => formatQuantity(roundUpQuantity(quantity(text), -3));
    assert.deepEqual(['1n', '1.0001', '-1.0001', '1.500', '100Ti'].map(rounded), [
      '1m',
      '1001m',
      '-1001m',
      '1.500',
      '100Ti',
    ]);
  });

  const amounts = fc.tuple(
    fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }),
    fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'Ki', 'Mi', 'Gi', 'e3', 'e-3', 'E2'),
  );

  it('law: the canonical text is a quantity of the same value, and canonical', () => {
    fc.assert(
      fc.property(amounts, ([amount, suffix]) => {
        const given = quantity(`${amount}${suffix}`);
        // from 1000E on there is no suffix any more, and Kubernetes leaves it out
        fc.pre(compareQuantities(given, quantity('1e21')) < 0 && compareQuantities(given, quantity('-1e21')) > 0);
        const text = formatQuantity(given);
        const again = quantity(text);
        assert.equal(compareQuantities(given, again), 0);
        assert.equal(formatQuantity(again), text);
      }),
    );
  });

  it('law: addition commutes in value', () => {
    fc.assert(
      fc.property(amounts, amounts, ([a, s], [b, t]) => {
        const x = quantity(`${a}${s}`);
        const y = quantity(`${b}${t}`);
        assert.equal(compareQuantities(addQuantities(x, y), addQuantities(y, x)), 0);
      }),
    );
  });
});
