// How one gets from a schema to those inside it.
import type { JSONSchemaProps } from '../../../../api/object.ts';
import { isObject } from '../../../../base/json.ts';

/** A schema that stands where a boolean, or a list of schemas, may stand as well. */
export function schemaIn(value: JSONSchemaProps['items'] | JSONSchemaProps['additionalProperties']) {
  return isObject(value) ? (value as JSONSchemaProps) : undefined;
}

/** Several schemas in the place of one. */
export function schemasIn(value: JSONSchemaProps['items']): readonly JSONSchemaProps[] {
  return Array.isArray(value) ? (value as readonly JSONSchemaProps[]) : [];
}

/** The schemas directly inside of one, in the server's order (validation.SchemaHas). */
export function innerSchemas(schema: JSONSchemaProps): JSONSchemaProps[] {
  const maybe = [
    schemaIn(schema.items),
    ...schemasIn(schema.items),
    ...(schema.allOf ?? []),
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    schema.not,
    ...Object.values(schema.properties ?? {}),
    schemaIn(schema.additionalProperties),
    ...Object.values(schema.patternProperties ?? {}),
    schemaIn(schema.additionalItems),
    ...Object.values(schema.definitions ?? {}),
    ...Object.values(schema.dependencies ?? {}).map((one) => (isObject(one) ? (one as JSONSchemaProps) : undefined)),
  ];
  return maybe.filter((one) => one !== undefined);
}

/** Whether the schema, or one inside it, is such a one. */
export function hasSchema(schema: JSONSchemaProps | undefined, is: (schema: JSONSchemaProps) => boolean): boolean {
  return schema !== undefined && (is(schema) || innerSchemas(schema).some((inner) => hasSchema(inner, is)));
}
