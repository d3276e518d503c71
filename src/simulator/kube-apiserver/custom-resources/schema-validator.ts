// Holds a value against an OpenAPI schema, with the texts and in the order of the real validator
// (k8s.io/kube-openapi/pkg/validation/validate, as apiextensions-apiserver uses it, Kubernetes 1.36).
import { FieldPath } from '../../../api/field-path.ts';
import type { JSONSchemaProps } from '../../../api/object.ts';
import { deepEqual, isObject } from '../../../base/json.ts';
import { sortedKeys } from '../../../base/order.ts';
import { formatOf } from './formats.ts';
import { goPattern } from '../../../base/go-pattern.ts';
import { checkNumber } from './schema-number.ts';
import { SchemaResult, type Where } from './schema-result.ts';

/** What one validation shares. */
interface Context {
  /** Patterns that JavaScript cannot follow: whether values match them is unknown. */
  readonly unreadable: Set<string>;
  /** Whether a value at a place is what it was before: an update is not blamed for what it leaves alone. */
  readonly isUnchanged: (where: Where, value: unknown) => boolean;
}

/** The errors of a whole object. */
export function validateSchema(schema: JSONSchemaProps, object: unknown, context: Context): SchemaResult {
  return validate(schema, object, undefined, context);
}

const childOf = (where: Where, name: string) => where?.child(name) ?? FieldPath.of(name);

function validate(schema: JSONSchemaProps, value: unknown, where: Where, context: Context): SchemaResult {
  const result = new SchemaResult();
  if (context.isUnchanged(where, value)) return result;
  if (value === null) {
    checkNull(schema, where, result);
    return result;
  }
  const checks = [
    ...(typesOf(schema).length > 0 || formatText(schema) ? [checkType] : []),
    checkAlternatives,
    ...(typeof value === 'string' ? [checkString, ...(formatOf(formatText(schema)) ? [checkFormat] : [])] : []),
    ...(isNumber(value) ? [numberCheck] : []),
    ...(Array.isArray(value) ? [checkList] : []),
    checkEnum,
    ...(isObject(value) ? [checkObject] : []),
  ];
  for (const check of checks) {
    const found = new SchemaResult();
    check(schema, value, where, found, context);
    result.merge(found);
    result.matches++;
  }
  result.matches++;
  return result;
}

type Check = (schema: JSONSchemaProps, value: unknown, where: Where, result: SchemaResult, context: Context) => void;

const isNumber = (value: unknown): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';

function typesOf(schema: JSONSchemaProps): readonly string[] {
  if (schema['x-kubernetes-int-or-string']) return ['integer', 'string'];
  return schema.type ? [schema.type] : [];
}

/** A format that means nothing for the type is ignored. */
function formatText(schema: JSONSchemaProps): string {
  const { format = '' } = schema;
  const types = typesOf(schema);
  const [type = 'string'] = types;
  if (types.length <= 1 && type === 'string') return formatOf(format) ? format : '';
  if (types.length > 1) return formatOf(format) ? format : '';
  if (type === 'integer') return format === 'int32' || format === 'int64' ? format : '';
  return type === 'number' && (format === 'float' || format === 'double') ? format : '';
}

/** An integer of JSON is an int64 to Go, everything with a fraction or out of range a float64. */
const isInteger = (value: unknown) =>
  typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 63);

function typeOfValue(value: unknown): string {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  if (isNumber(value)) return isInteger(value) ? 'integer' : 'number';
  return Array.isArray(value) ? 'array' : 'object';
}

function checkNull(schema: JSONSchemaProps, where: Where, result: SchemaResult): void {
  const types = typesOf(schema);
  if (types.length > 0 && !schema.nullable) result.type(where, types.join(','), 'null');
  else result.matches++;
  if (schema.enum?.length) result.notSupported(where, null, schema.enum);
}

const checkType: Check = (schema, value, where, result) => {
  const types = typesOf(schema);
  const format = formatText(schema);
  const type = typeOfValue(value);
  const isWholeFloat = type === 'number' && Number.isInteger(value) && types.includes('integer');
  const fits = types.includes(type) || isWholeFloat || (type === 'integer' && types.includes('number'));
  const isText = type === 'string' || type === 'array';
  const valueFormat = type === 'integer' ? 'int64' : type === 'number' ? 'float64' : '';
  if (!isText && format && !fits && valueFormat !== format) return result.type(where, format, valueFormat);
  const isNumeric = types.includes('number') || types.includes('integer');
  // With a format the type of a text or list is left to the format.
  if (!fits && !(!isNumeric && format && isText)) return result.type(where, types.join(','), type);
  result.matches++;
};

const checkString: Check = ({ maxLength, minLength, pattern }, value, where, result, { unreadable }) => {
  const text = value as string;
  const length = [...text].length;
  if (maxLength !== undefined && length > maxLength) return result.tooLong(where, maxLength);
  if (minLength !== undefined && length < minLength) {
    return result.invalid(where, text, `should be at least ${minLength} chars long`);
  }
  if (!pattern) return;
  const compiled = goPattern(pattern);
  if (!compiled) unreadable.add(pattern);
  else if (!compiled.test(text)) result.invalid(where, text, `should match '${pattern}'`);
};

const checkFormat: Check = (schema, value, where, result) => {
  const text = value as string;
  if (!formatOf(schema.format)?.(text)) result.type(where, schema.format ?? '', text);
};

const numberCheck: Check = (schema, value, where, result) => {
  const types = typesOf(schema);
  const isInt = isInteger(value);
  checkNumber(
    schema,
    types.length === 1 ? types[0] : undefined,
    formatText(schema),
    Number(value),
    isInt,
    where,
    result,
  );
  result.matches++;
};

const checkList: Check = (schema, value, where, result, context) => {
  const list = value as readonly unknown[];
  const { items, minItems, maxItems, uniqueItems } = schema;
  if (items && !Array.isArray(items)) {
    list.forEach((item, i) =>
      result.merge(validate(items as JSONSchemaProps, item, (where ?? FieldPath.of('')).index(i), context)),
    );
  }
  if (minItems !== undefined && list.length < minItems) {
    result.invalid(where, list.length, `should have at least ${minItems} items`);
  }
  if (maxItems !== undefined && list.length > maxItems) result.tooMany(where, list.length, maxItems, 'items');
  const isRepeated = (item: unknown, i: number) => list.slice(0, i).some((other) => deepEqual(item, other));
  if (uniqueItems && list.some(isRepeated)) result.invalid(where, '', "shouldn't contain duplicates");
  result.matches++;
};

const checkEnum: Check = ({ enum: values = [] }, value, where, result) => {
  if (values.length > 0 && !values.some((one) => deepEqual(one, value))) result.notSupported(where, value, values);
};

const checkObject: Check = (schema, value, where, result, context) => {
  const object = value as Readonly<Record<string, unknown>>;
  const { minProperties, maxProperties, additionalProperties, properties = {}, required = [] } = schema;
  const keys = sortedKeys(object);
  if (minProperties !== undefined && keys.length < minProperties) {
    result.invalid(where, keys.length, `should have at least ${minProperties} properties`);
  }
  if (maxProperties !== undefined && keys.length > maxProperties) {
    result.tooMany(where, keys.length, maxProperties, 'properties');
  }
  for (const key of keys) {
    if (Object.hasOwn(properties, key)) continue;
    if (additionalProperties === false) {
      const name = where?.toString() ?? '';
      result.worded(where, key, `${name}.${key} in body is a forbidden property`);
    } else if (isObject(additionalProperties)) {
      result.merge(validate(additionalProperties, object[key], childOf(where, key), context));
    }
  }
  for (const key of sortedKeys(properties)) {
    const property = properties[key];
    if (property && Object.hasOwn(object, key)) {
      result.merge(validate(property, object[key], childOf(where, key), context));
    }
  }
  for (const key of required) if (!Object.hasOwn(object, key)) result.required(childOf(where, key));
};

const checkAlternatives: Check = (schema, value, where, result, context) => {
  const { anyOf = [], oneOf = [], allOf = [], not } = schema;
  const name = JSON.stringify(where?.toString() ?? '');
  const each = (schemas: readonly JSONSchemaProps[]) => schemas.map((one) => validate(one, value, where, context));
  if (anyOf.length > 0) {
    const found = each(anyOf);
    const success = found.find(({ isValid }) => isValid);
    if (!success) result.plain(`${name} must validate at least one schema (anyOf)`);
    const told = success ?? best(found);
    if (told) result.merge(told);
  }
  if (oneOf.length > 0) checkOneOf(name, each(oneOf), result);
  if (allOf.length > 0) {
    const found = each(allOf);
    for (const one of found) result.merge(one);
    const valid = found.filter(({ isValid }) => isValid).length;
    if (valid < found.length) {
      result.plain(`${name} must validate all the schemas (allOf)${valid === 0 ? '. None validated' : ''}`);
    }
  }
  if (not && validate(not, value, where, context).isValid) result.plain(`${name} must not validate the schema (not)`);
  result.matches++;
};

function checkOneOf(name: string, found: readonly SchemaResult[], result: SchemaResult): void {
  const valid = found.filter(({ isValid }) => isValid);
  const [success] = valid;
  if (valid.length === 1 && success) return result.merge(success);
  const what = valid.length === 0 ? 'Found none valid' : `Found ${valid.length} valid alternatives`;
  result.plain(`${name} must validate one and only one schema (oneOf). ${what}`);
  const told = valid.length === 0 ? best(found) : undefined;
  if (told) result.merge(told);
}

/** Of several failures the one with most checks that went well, the first of equal ones. */
function best(failures: readonly SchemaResult[]): SchemaResult | undefined {
  let found: SchemaResult | undefined;
  for (const failure of failures) if (!found || failure.matches > found.matches) found = failure;
  return found;
}
