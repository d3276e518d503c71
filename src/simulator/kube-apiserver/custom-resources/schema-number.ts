// The bounds of numbers in a schema (kube-openapi/pkg/validation/validate numberValidator, Kubernetes 1.36).
import { formatFloat } from '../../../api/go-text.ts';
import type { JSONSchemaProps } from '../../../api/object.ts';
import type { SchemaResult, Where } from './schema-result.ts';

/** Checks range, factor and bounds. `type` is undefined where the schema allows several; `isInt`: Go holds the value as int64. */
export function checkNumber(
  schema: JSONSchemaProps,
  type: string | undefined,
  format: string,
  value: number,
  isInt: boolean,
  where: Where,
  result: SchemaResult,
): void {
  const { multipleOf, maximum, exclusiveMaximum, minimum, exclusiveMinimum } = schema;
  const isInRange = (number: number, what: string): boolean => {
    if (type !== 'integer') return true;
    const limit = format === 'int32' ? 2 ** 31 : 2 ** 63;
    if (Number.isInteger(number) && number >= -limit && number < limit) return true;
    const of = format ? `with format ${format}` : '(default format)';
    result.plain(`${what} value must be of type integer ${of} in ${where?.toString() ?? ''}`);
    return false;
  };
  isInRange(value, 'Checked');
  /** To an integer bounds are integers, too, unless they cannot be. */
  const bounded = (bound: number | undefined, what: string, check: (bound: number) => void) => {
    if (bound === undefined) return;
    check(isInRange(bound, what) && isInt ? Math.trunc(bound) : bound);
  };
  bounded(multipleOf, 'MultipleOf', (factor) => checkMultiple(value, factor, where, result));
  bounded(minimum, 'Minimum boundary', (bound) => {
    if (exclusiveMinimum ? value > bound : value >= bound) return;
    result.invalid(where, value, `should be greater than ${exclusiveMinimum ? '' : 'or equal to '}${shown(bound)}`);
  });
  bounded(maximum, 'Maximum boundary', (bound) => {
    if (exclusiveMaximum ? value < bound : value <= bound) return;
    result.invalid(where, value, `should be less than ${exclusiveMaximum ? '' : 'or equal to '}${shown(bound)}`);
  });
}

const shown = (number: number) => (Number.isInteger(number) ? String(number) : formatFloat(number));

function checkMultiple(value: number, factor: number, where: Where, result: SchemaResult): void {
  if (factor <= 0) {
    const name = where?.toString() ?? '';
    return result.worded(where, factor, `factor MultipleOf declared for ${name} must be positive: ${shown(factor)}`);
  }
  const quotient = factor < 1 ? (1 / factor) * value : value / factor;
  if (!isWhole(quotient)) result.invalid(where, value, `should be a multiple of ${shown(factor)}`);
}

/** swag.IsFloat64AJSONInteger: whole, as far as a float can tell. */
function isWhole(number: number): boolean {
  if (!Number.isFinite(number) || Math.abs(number) > 2 ** 53) return false;
  const difference = Math.abs(number - Math.trunc(number));
  const epsilon = 1e-9;
  return difference === 0 || difference / Math.max(Math.abs(number), Number.MIN_VALUE) < epsilon;
}
