// Makes a custom object what its schema says: unknown fields are dropped (and told), nulls that may not be are dropped, and what
// is left out is defaulted (k8s.io/apiextensions-apiserver/pkg/apiserver/schema: pruning, defaulting, Kubernetes 1.36).
import type { JSONSchemaProps } from '../../../api/object.ts';
import { isObject } from '../../../base/json.ts';
import { compareBytes } from '../../../base/order.ts';

type Schema = JSONSchemaProps | undefined;

/** What every object has at its root, and an embedded one in its place; their own rules look after them. */
const ownFields = new Set(['apiVersion', 'kind', 'metadata']);

/**
 * The object without what its schema does not know, with its defaults; and the paths of what was dropped, sorted. Server-side apply
 * leaves nulls to validation (`keepsNulls`).
 */
export function conform(
  object: Readonly<Record<string, unknown>>,
  schema: Schema,
  keepsNulls = false,
): { readonly object: Readonly<Record<string, unknown>>; readonly unknown: readonly string[] } {
  const unknown: string[] = [];
  const root = { ...schema, 'x-kubernetes-embedded-resource': true };
  const pruned = prune(object, root, '', unknown) as Record<string, unknown>;
  return { object: filled(pruned, schema, keepsNulls) as Record<string, unknown>, unknown: unknown.sort(compareBytes) };
}

/** The object without what its schema does not know. */
export function pruned(object: Readonly<Record<string, unknown>>, schema: Schema): Readonly<Record<string, unknown>> {
  return prune(object, { ...schema, 'x-kubernetes-embedded-resource': true }, '', []) as Record<string, unknown>;
}

function prune(value: unknown, schema: Schema, path: string, unknown: string[]): unknown {
  if (Array.isArray(value)) {
    const items = schema && itemsOf(schema);
    if (keepsUnknown(schema) && !items) return value;
    return value.map((item, i) => prune(item, items, `${path}[${i}]`, unknown));
  }
  if (!isObject(value)) return value;
  const kept: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) {
    const at = path ? `${path}.${key}` : key;
    if (schema?.['x-kubernetes-embedded-resource'] && ownFields.has(key)) kept[key] = field;
    else if (schema && isDeclared(schema, key)) kept[key] = prune(field, fieldSchema(schema, key), at, unknown);
    else if (keepsUnknown(schema)) kept[key] = field;
    else unknown.push(at);
  }
  return kept;
}

const keepsUnknown = (schema: Schema) => schema?.['x-kubernetes-preserve-unknown-fields'] === true;

/** The schema of a list's items; a structural schema has one for all. */
export function itemsOf({ items }: JSONSchemaProps): Schema {
  return Array.isArray(items) ? undefined : (items as Schema);
}

const isDeclared = ({ properties, additionalProperties }: JSONSchemaProps, key: string) =>
  (properties !== undefined && Object.hasOwn(properties, key)) || Boolean(additionalProperties);

/** The schema of a field by its name, or of all values of a map. */
export function fieldSchema({ properties, additionalProperties }: JSONSchemaProps, key: string): Schema {
  if (properties && Object.hasOwn(properties, key)) return properties[key];
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

/** Without nulls that are neither allowed nor replaced by a default, with what is missing. */
function filled(value: unknown, schema: Schema, keepsNulls: boolean): unknown {
  if (Array.isArray(value)) {
    const items = schema && itemsOf(schema);
    return value.map((item) =>
      filled(isForbiddenNull(item, items) ? (items?.default ?? null) : item, items, keepsNulls),
    );
  }
  if (!isObject(value)) return value;
  const fields: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) {
    const of = schema && fieldSchema(schema, key);
    const given = isForbiddenNull(field, of) ? (of?.default ?? (keepsNulls ? null : undefined)) : field;
    if (given !== undefined) fields[key] = filled(given, of, keepsNulls);
  }
  for (const [key, of] of Object.entries(schema?.properties ?? {})) {
    const isMissing = fields[key] === undefined && of.default !== undefined && of.default !== null;
    if (isMissing) fields[key] = filled(of.default, of, keepsNulls);
  }
  return fields;
}

const isForbiddenNull = (value: unknown, schema: Schema) => value === null && schema !== undefined && !schema.nullable;
