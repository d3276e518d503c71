// The types that schemas have in CEL, with how large their values can become (apiserver/pkg/cel/common/schemas.go, Kubernetes 1.36).
import type { JSONSchemaProps } from '../../../../api/object.ts';
import { escapedName } from '../../custom-resources/cel-value.ts';
import { schemaIn } from './schema-walk.ts';

export type CelKind =
  | 'bool'
  | 'bytes'
  | 'double'
  | 'duration'
  | 'dyn'
  | 'int'
  | 'list'
  | 'map'
  | 'null'
  | 'object'
  | 'string'
  | 'timestamp';

export interface CelType {
  readonly kind: CelKind;
  /** The most bytes, items or fields a value can have; 1 for what has none. */
  readonly size: number;
  /** What a list or map holds. */
  readonly element?: CelType;
  /** What the fields of an object are. */
  readonly schema?: JSONSchemaProps;
  /** Whether the object is a whole one, with its own metadata. */
  readonly isWhole?: boolean;
}

export const scalar = (kind: CelKind, size = 1): CelType => ({ kind, size });
export const bool = scalar('bool');
export const int = scalar('int');

const requestBytes = 3 * 1024 * 1024;

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
  if (schema['x-kubernetes-int-or-string']) return scalar('dyn', requestBytes);
  switch (schema.type) {
    case 'array':
      return collection('list', schemaIn(schema.items), schema.maxItems);
    case 'object':
      if (schemaIn(schema.additionalProperties)) {
        return collection('map', schemaIn(schema.additionalProperties), schema.maxProperties);
      }
      return { kind: 'object', size: requestBytes, schema, isWhole };
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
  return element && { kind, element, size: sizeOf(of, limit) };
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

/** The type of a field by its name in CEL: undefined if there is none, `untyped` if nothing is known of its values. */
export function fieldType({ schema, isWhole }: CelType, name: string): CelType | 'untyped' | undefined {
  const properties = { ...schema?.properties, ...(isWhole && wholeFields(schema)) };
  const found = Object.keys(properties).find((property) => escapedName(property) === name);
  const property = found === undefined ? undefined : properties[found];
  return property && (celType(property) ?? 'untyped');
}

function wholeFields(schema: JSONSchemaProps | undefined): Readonly<Record<string, JSONSchemaProps>> {
  const metadata = wholeProperties['metadata'] ?? {};
  const own = schema?.properties?.['metadata']?.properties;
  return { ...wholeProperties, metadata: { ...metadata, properties: { ...own, ...metadata.properties } } };
}
