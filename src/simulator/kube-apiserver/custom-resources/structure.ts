// What server-side apply takes apart in custom objects, by the schema of their definition
// (apiextensions-apiserver/pkg/controller/openapi/builder and kube-openapi/pkg/schemaconv, Kubernetes 1.36).
import type { JSONSchemaProps } from '../../../api/object.ts';
import { typeNamed } from '../../../api/schema.ts';
import { itemsOf } from './conform.ts';
import { deduced, structureOf, type ListKey, type Structure } from '../managed-fields/structure.ts';

const text: Structure = { form: 'scalar', scalar: 'string' };
const scalars: Readonly<Record<string, Structure>> = {
  string: text,
  boolean: { form: 'scalar', scalar: 'boolean' },
  integer: { form: 'scalar', scalar: 'numeric' },
  number: { form: 'scalar', scalar: 'numeric' },
};

const known = new WeakMap<JSONSchemaProps, Structure>();

/** The structure of a kind's objects; of a kind without a schema everything but its metadata is deduced. */
export function structureOfCustom(
  schema: JSONSchemaProps = { 'x-kubernetes-preserve-unknown-fields': true },
): Structure {
  let structure = known.get(schema);
  if (!structure) known.set(schema, (structure = mapOf(schema, true)));
  return structure;
}

function read(schema: JSONSchemaProps): Structure {
  if (schema['x-kubernetes-int-or-string'] || !schema.type) return deduced;
  if (schema.type === 'object') return mapOf(schema, schema['x-kubernetes-embedded-resource'] ?? false);
  if (schema.type !== 'array') return scalars[schema.type] ?? deduced;
  const item = itemsOf(schema);
  return { form: 'list', item: item ? read(item) : deduced, relation: relationOf(schema, item) };
}

function mapOf(schema: JSONSchemaProps, isResource: boolean): Structure {
  const { properties = {}, additionalProperties } = schema;
  const fields = new Map(Object.entries(properties).map(([name, property]) => [name, read(property)]));
  if (isResource) {
    fields.set('apiVersion', text).set('kind', text);
    fields.set('metadata', structureOf(typeNamed('meta/v1.ObjectMeta')));
  }
  const saysNothing = fields.size === 0 && additionalProperties === undefined;
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] || additionalProperties === true || saysNothing;
  const entry = typeof additionalProperties === 'object' ? read(additionalProperties) : isOpen ? deduced : undefined;
  return {
    form: 'map',
    whole: schema['x-kubernetes-map-type'] === 'atomic',
    field: (name) => fields.get(name),
    ...(entry && { entry }),
  };
}

function relationOf(schema: JSONSchemaProps, item?: JSONSchemaProps): 'atomic' | 'set' | readonly ListKey[] {
  const listType = schema['x-kubernetes-list-type'];
  if (listType === 'set') return 'set';
  if (listType !== 'map') return 'atomic';
  return (schema['x-kubernetes-list-map-keys'] ?? []).map((name) => {
    const otherwise = item?.properties?.[name]?.default;
    return otherwise === undefined ? { name } : { name, otherwise };
  });
}
