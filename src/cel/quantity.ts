// Kubernetes' CEL functions about quantities (k8s.io/apiserver/pkg/cel/library/quantity.go).
import type { Environment } from '@marcbachmann/cel-js';
import {
  addQuantities,
  compareQuantities,
  negateQuantity,
  parseQuantity,
  quantityError,
  type Quantity,
} from '../api/quantity.ts';
import { CelError } from './error.ts';

/** kubernetes.Quantity: an amount as a CEL expression handles it. */
export class CelQuantity {
  readonly amount: Quantity;

  constructor(amount: Quantity) {
    this.amount = amount;
  }

  static parse(text: string | number): CelQuantity {
    const amount = parseQuantity(text);
    if (!amount) throw new CelError(quantityError(text) ?? '');
    return new CelQuantity(amount);
  }
}

const compare = (a: CelQuantity, b: CelQuantity) => Math.sign(compareQuantities(a.amount, b.amount));
const wholeOf = (value: bigint): Quantity => ({ mantissa: value, scale: 0, format: 'DecimalExponent', wide: false });
const sum = (a: CelQuantity, b: Quantity) => new CelQuantity(addQuantities(a.amount, b));

/** Quantity.AsInt64: undefined if it is no whole number, or too large for one. */
function integerOf({ amount: { mantissa, scale } }: CelQuantity): bigint | undefined {
  if (scale > 18 && mantissa !== 0n) return undefined;
  const unit = 10n ** BigInt(Math.min(Math.abs(scale), 400));
  if (scale < 0 && mantissa % unit !== 0n) return undefined;
  const whole = scale < 0 ? mantissa / unit : mantissa * unit;
  return BigInt.asIntN(64, whole) === whole ? whole : undefined;
}

function asInteger(quantity: CelQuantity): bigint {
  const whole = integerOf(quantity);
  if (whole === undefined) throw new CelError('cannot convert value to integer');
  return whole;
}

/** Adds the type and its functions. */
export function addQuantityLibrary(environment: Environment): void {
  const type = 'kubernetes.Quantity';
  environment
    .registerType(type, { ctor: CelQuantity, fields: {} })
    .registerFunction('quantity(string): kubernetes.Quantity', (text: string) => CelQuantity.parse(text))
    .registerFunction('isQuantity(string): bool', (text: string) => parseQuantity(text) !== undefined)
    .registerFunction('sign(kubernetes.Quantity): int', ({ amount: { mantissa } }: CelQuantity) =>
      mantissa > 0n ? 1n : mantissa < 0n ? -1n : 0n,
    )
    .registerFunction(`${type}.isGreaterThan(${type}): bool`, (a: CelQuantity, b: CelQuantity) => compare(a, b) > 0)
    .registerFunction(`${type}.isLessThan(${type}): bool`, (a: CelQuantity, b: CelQuantity) => compare(a, b) < 0)
    .registerFunction(`${type}.compareTo(${type}): int`, (a: CelQuantity, b: CelQuantity) => BigInt(compare(a, b)))
    .registerFunction(
      `${type}.asApproximateFloat(): double`,
      ({ amount: { mantissa, scale } }: CelQuantity) => Number(mantissa) * 10 ** scale,
    )
    .registerFunction(`${type}.asInteger(): int`, asInteger)
    .registerFunction(`${type}.isInteger(): bool`, (quantity: CelQuantity) => integerOf(quantity) !== undefined)
    .registerFunction(`${type}.add(${type}): ${type}`, (a: CelQuantity, b: CelQuantity) => sum(a, b.amount))
    .registerFunction(`${type}.add(int): ${type}`, (a: CelQuantity, b: bigint) => sum(a, wholeOf(b)))
    .registerFunction(`${type}.sub(${type}): ${type}`, (a: CelQuantity, b: CelQuantity) =>
      sum(a, negateQuantity(b.amount)),
    )
    .registerFunction(`${type}.sub(int): ${type}`, (a: CelQuantity, b: bigint) => sum(a, wholeOf(-b)))
    .registerOperator(`${type} == ${type}`, (a: CelQuantity, b: CelQuantity) => compare(a, b) === 0);
}
