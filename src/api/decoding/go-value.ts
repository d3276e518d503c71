// Values as Go holds them: what a field that was not given is, what an empty one is, and in which order a struct is written.
import type { SchemaField, SchemaType } from '../schema.ts';

/**
 * Three views of one value, which differ only in what is nil or has no items:
 * - `decoded`: as read from a request; an empty list or map that was given is there, though storage will drop it.
 * - `stored`: as it comes back from storage; an empty list or map is dropped, or is `[]` where the field is always written.
 * - `wire`: as the server writes it; what is nil or empty and always written is `null`.
 */
export type Form = 'decoded' | 'stored' | 'wire';

/** A list that nothing was given for: it has no items, and messages show it as `null`. */
export const nilList: readonly never[] = Object.freeze([]);

/** What a type that decodes itself is when nothing was given. */
const selfZeros: Readonly<Record<string, unknown>> = {
  Quantity: '0',
  IntOrString: 0,
  Time: null,
  MicroTime: null,
  Duration: '0s',
  JSONSchemaPropsOrBool: false,
};

/** Go's zero value of a type, as it is written; undefined for nil. */
export function zeroValue(type: SchemaType, form: Form): unknown {
  switch (type.form) {
    case 'struct':
      return settle(type, [], form);
    case 'self':
      return selfZeros[type.name] ?? null;
    case 'string':
      return '';
    case 'bool':
      return false;
    case 'list':
    case 'map':
    case 'pointer':
      return undefined;
    default:
      return 0;
  }
}

/** The struct with its fields in Go's order: those of the body, by their places, and the zero values that are written anyway. */
export function settle(type: SchemaType, given: readonly unknown[], form: Form): object {
  const result: Record<string, unknown> = {};
  for (const { field, place } of type.members) {
    const value = given[place];
    if (value === undefined && !field.isWritten) continue;
    const written = fieldValue(field, value, form);
    if (written !== undefined) result[field.name] = written;
  }
  return result;
}

function fieldValue({ type, omitEmpty, omitZero }: SchemaField, value: unknown, form: Form): unknown {
  if (type.form === 'list' || type.form === 'map') return collection(type, value, omitEmpty, form);
  if (value === undefined)
    return type.form === 'pointer' ? (form === 'wire' ? null : undefined) : zeroValue(type, form);
  const dropped = omitEmpty && (value === '' || value === false || value === 0) && isBasic(type);
  return dropped || (omitZero && value === null) ? undefined : value;
}

const isBasic = ({ form }: SchemaType) => form !== 'self' && form !== 'struct' && form !== 'pointer';

/** A list or map: nil, empty, or with items. Bytes are a list to Go and a text to JSON. */
function collection(type: SchemaType, value: unknown, omitEmpty: boolean, form: Form): unknown {
  const empty = value === undefined || value === '' || isEmpty(value);
  if (!empty) return value;
  if (omitEmpty) return form === 'decoded' && value !== '' ? value : undefined;
  if (form === 'wire') return null;
  if (type.form !== 'list') return value ?? {};
  return form === 'decoded' && Array.isArray(value) ? value : nilList;
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  for (const _ in value as object) return false;
  return true;
}
