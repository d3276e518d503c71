// The types that schemas have in CEL (apiserver/pkg/cel/common/schemas.go, Kubernetes 1.36).
import type { JSONSchemaProps } from '../../../../api/object.ts';
import { escapedName } from '../../custom-resources/cel-value.ts';
import { anything, bool, int, requestBytes, scalar, type CelKind, type CelType } from '../expressions/types.ts';
import { schemaIn } from './schema-walk.ts';

const formats: Readonly<Record<string, CelKind>> = {
  byte: 'bytes',
  duration: 'duration',
  date: 'timestamp',
  'date-time': 'timestamp',
};

const wholeProperties: Readonly<Record<string, JSONSchemaProps>> = {
  apiVersion: { type: 'string' },
  kind: { type: 'string' },
  metadata: { type: 'object', properties: { name: { type: 'string' }, generateName: { type: 'string' } } },
};

/** The type of a schema's values; undefined where nothing is known of them, and expressions may not touch them. */
export function celType(
  schema: JSONSchemaProps,
  isWhole = schema['x-kubernetes-embedded-resource'] === true,
): CelType | undefined {
  if (schema['x-kubernetes-int-or-string']) return anything;
  switch (schema.type) {
    case 'array':
      return collection('list', schemaIn(schema.items), schema.maxItems);
    case 'object':
      if (schemaIn(schema.additionalProperties)) {
        return collection('map', schemaIn(schema.additionalProperties), schema.maxProperties);
      }
      return objectType(schema, isWhole);
    case 'string':
      return scalar(formats[schema.format ?? ''] ?? 'string', longest(schema));
    case 'boolean':
      return bool;
    case 'number':
      return scalar('double');
    case 'integer':
      return int;
    default:
      return undefined;
  }
}

function collection(kind: CelKind, of: JSONSchemaProps | undefined, limit: number | undefined): CelType | undefined {
  const element = of && celType(of);
  // the server counts the keys of maps as if they had no bytes
  return element && { kind, element, size: sizeOf(of, limit), ...(kind === 'map' && { keySize: 0 }) };
}

function longest({ maxLength, enum: values }: JSONSchemaProps): number {
  if (maxLength !== undefined) return 4 * Math.max(0, maxLength);
  return values ? Math.max(...values.map((value) => String(value).length)) : requestBytes;
}

/** How many of the schema's values fit in a request, or are allowed. */
export const sizeOf = (schema: JSONSchemaProps, limit: number | undefined): number =>
  limit === undefined ? Math.floor(requestBytes / (shortest(schema) + 1)) : Math.max(0, limit);

/** The fewest bytes a value takes. */
function shortest(schema: JSONSchemaProps): number {
  if (schema['x-kubernetes-int-or-string']) return 1;
  if (schema.type === 'boolean') return 4;
  if (schema.type === 'integer' || schema.type === 'number') return 1;
  if (schema.type !== 'object') return 2;
  const required = (schema.required ?? []).flatMap((name) => {
    const property = schema.properties?.[name];
    return property && property.default === undefined ? [name.length + 4 + shortest(property)] : [];
  });
  return required.reduce((sum, bytes) => sum + bytes, 2);
}

/** Fields of which nothing is known are none. */
function objectType(schema: JSONSchemaProps, isWhole: boolean): CelType {
  const properties = { ...schema.properties, ...(isWhole && wholeFields(schema)) };
  const field = (name: string) => {
    const found = Object.entries(properties).find(([property]) => escapedName(property) === name)?.[1];
    return found && celType(found);
  };
  return { kind: 'object', size: requestBytes, identity: schema, field };
}

function wholeFields(schema: JSONSchemaProps): Readonly<Record<string, JSONSchemaProps>> {
  const metadata = wholeProperties['metadata'] ?? {};
  const own = schema.properties?.['metadata']?.properties;
  return { ...wholeProperties, metadata: { ...metadata, properties: { ...own, ...metadata.properties } } };
}
