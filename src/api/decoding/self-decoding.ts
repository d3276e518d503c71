// The types that read their own JSON: quantities, times, a number or a string, JSON that is kept as it is, and the parts of a
// CRD's schema that may be two things.
import { quote } from '../go-text.ts';
import { formatQuantity, parseQuantity, quantityError } from '../quantity.ts';
import { typeNamed, type SchemaType } from '../schema.ts';
import { microseconds, parseGoTime, wholeSeconds } from '../time.ts';
import { isObject } from '../../base/json.ts';
import { integerFits, integerMismatch, kindOf, type DecodingError } from './mismatch.ts';

/** The value as it is written again, or the error, or the type that a decoder of its own takes the value for. */
export type SelfRead =
  { readonly value: unknown } | { readonly error: DecodingError } | { readonly within: SchemaType };

const readers: Readonly<Record<string, (value: unknown) => SelfRead>> = {
  Quantity: readQuantity,
  IntOrString: readIntOrString,
  Time: (value) => readTime(value, wholeSeconds),
  Duration: readDuration,
  MicroTime: (value) => readTime(value, microseconds),
  JSONSchemaPropsOrBool: readSchemaOrBool,
  JSONSchemaPropsOrArray: (value) => readSchemaOrList(value, '[]apiextensions/v1.JSONSchemaProps'),
  JSONSchemaPropsOrStringArray: (value) => readSchemaOrList(value, '[]string'),
};

/** Lets a type read its JSON (UnmarshalJSON) and write it again. What has no rules of its own is kept as it is. */
export function readItself(type: SchemaType, value: unknown): SelfRead {
  return readers[type.name]?.(value) ?? { value };
}

const mismatch = (value: string, goType: string): SelfRead => ({ error: { value, goType, struct: '', path: [] } });

function readQuantity(value: unknown): SelfRead {
  const error = quantityError(value);
  if (error !== undefined) return { error };
  const given = typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint';
  const quantity = given ? parseQuantity(value) : undefined;
  return { value: quantity ? formatQuantity(quantity) : '0' };
}

function readIntOrString(value: unknown): SelfRead {
  if (typeof value === 'string') return { value };
  if (value === null) return { value: 0 };
  if (integerFits(value, 'int32')) return { value: Number(value) };
  return mismatch(integerMismatch(value), 'int32');
}

function readTime(value: unknown, precision: typeof wholeSeconds): SelfRead {
  if (value === null) return { value: null };
  if (typeof value !== 'string') return mismatch(kindOf(value), 'string');
  const parsed = parseGoTime(value, precision);
  return 'error' in parsed ? { error: parsed.error } : { value: parsed.text };
}

/** metav1.Duration: the text is kept as it is. */
function readDuration(value: unknown): SelfRead {
  if (typeof value !== 'string') return mismatch(kindOf(value), 'string');
  if (/^[+-]?(0|((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$/.test(value)) return { value };
  const problem = /^[+-]?\d+(\.\d*)?$/.test(value) ? 'missing unit in' : 'invalid';
  return { error: `time: ${problem} duration ${quote(value)}` };
}

function readSchemaOrBool(value: unknown): SelfRead {
  if (typeof value === 'boolean') return { value };
  return isObject(value) ? { within: schemaProps() } : { error: 'boolean or JSON schema expected' };
}

/** Anything but an object or a list is silently nothing, and so is an empty list. */
function readSchemaOrList(value: unknown, list: string): SelfRead {
  if (isObject(value)) return { within: schemaProps() };
  return Array.isArray(value) && value.length > 0 ? { within: typeNamed(list) } : { value: null };
}

const schemaProps = () => typeNamed('apiextensions/v1.JSONSchemaProps');
