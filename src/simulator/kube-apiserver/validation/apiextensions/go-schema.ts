// OpenAPI schemas as messages show them: the server's own struct, with every field (apiextensions-apiserver/pkg/apis/apiextensions,
// JSONSchemaProps, Kubernetes 1.36).
import type { JSONSchemaProps, ValidationRule } from '../../../../api/object.ts';
import { isObject } from '../../../../base/json.ts';
import { sortedKeys } from '../../../../base/order.ts';
import { nilList } from '../../../../api/decoding/go-value.ts';

type Show = (value: unknown) => unknown;

const text: Show = (value) => value ?? '';
const flag: Show = (value) => value ?? false;
const pointer: Show = (value) => value ?? null;
const list: Show = (value) => (value === undefined || value === nilList ? null : value);
const schema: Show = (value) => (isObject(value) ? goSchema(value as JSONSchemaProps) : null);
const schemas: Show = (value) => (Array.isArray(value) ? value.map(schema) : null);
const json: Show = (value) => (value === undefined ? null : sorted(value));

/** A value of JSON as Go writes it: the keys of maps in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  return isObject(value) ? mapped(value, sorted) : value;
}

const mapped = (map: Readonly<Record<string, unknown>>, show: Show) =>
  Object.fromEntries(sortedKeys(map).map((key) => [key, show(map[key])]));

const schemaMap: Show = (value) => (isObject(value) ? mapped(value, schema) : null);

const schemaOrBool: Show = (value) => (value === undefined ? null : { Allows: value !== false, Schema: schema(value) });

const schemaOrList: Show = (value) => {
  if (value === undefined) return null;
  return Array.isArray(value)
    ? { Schema: null, JSONSchemas: schemas(value) }
    : { Schema: schema(value), JSONSchemas: null };
};

const dependencies: Show = (value) =>
  isObject(value) ? mapped(value, (one) => ({ Schema: schema(one), Property: Array.isArray(one) ? one : null })) : null;

const rules: Show = (value) => (Array.isArray(value) ? (value as ValidationRule[]).map(goRule) : null);

export const goRule = (rule: ValidationRule): unknown => ({
  Rule: rule.rule,
  Message: rule.message ?? '',
  MessageExpression: rule.messageExpression ?? '',
  Reason: rule.reason ?? null,
  FieldPath: rule.fieldPath ?? '',
  OptionalOldSelf: rule.optionalOldSelf ?? null,
});

const documentation: Show = (value) =>
  isObject(value) ? { Description: value['description'] ?? '', URL: value['url'] ?? '' } : null;

/** The fields in Go's order. */
export const schemaFields: readonly (readonly [goName: string, name: keyof JSONSchemaProps, show: Show])[] = [
  ['ID', 'id', text],
  ['Schema', '$schema', text],
  ['Ref', '$ref', pointer],
  ['Description', 'description', text],
  ['Type', 'type', text],
  ['Nullable', 'nullable', flag],
  ['Format', 'format', text],
  ['Title', 'title', text],
  ['Default', 'default', json],
  ['Maximum', 'maximum', pointer],
  ['ExclusiveMaximum', 'exclusiveMaximum', flag],
  ['Minimum', 'minimum', pointer],
  ['ExclusiveMinimum', 'exclusiveMinimum', flag],
  ['MaxLength', 'maxLength', pointer],
  ['MinLength', 'minLength', pointer],
  ['Pattern', 'pattern', text],
  ['MaxItems', 'maxItems', pointer],
  ['MinItems', 'minItems', pointer],
  ['UniqueItems', 'uniqueItems', flag],
  ['MultipleOf', 'multipleOf', pointer],
  ['Enum', 'enum', (value) => (Array.isArray(value) ? value.map(sorted) : null)],
  ['MaxProperties', 'maxProperties', pointer],
  ['MinProperties', 'minProperties', pointer],
  ['Required', 'required', list],
  ['Items', 'items', schemaOrList],
  ['AllOf', 'allOf', schemas],
  ['OneOf', 'oneOf', schemas],
  ['AnyOf', 'anyOf', schemas],
  ['Not', 'not', schema],
  ['Properties', 'properties', schemaMap],
  ['AdditionalProperties', 'additionalProperties', schemaOrBool],
  ['PatternProperties', 'patternProperties', schemaMap],
  ['Dependencies', 'dependencies', dependencies],
  ['AdditionalItems', 'additionalItems', schemaOrBool],
  ['Definitions', 'definitions', schemaMap],
  ['ExternalDocs', 'externalDocs', documentation],
  ['Example', 'example', json],
  ['XPreserveUnknownFields', 'x-kubernetes-preserve-unknown-fields', pointer],
  ['XEmbeddedResource', 'x-kubernetes-embedded-resource', flag],
  ['XIntOrString', 'x-kubernetes-int-or-string', flag],
  ['XListMapKeys', 'x-kubernetes-list-map-keys', list],
  ['XListType', 'x-kubernetes-list-type', pointer],
  ['XMapType', 'x-kubernetes-map-type', pointer],
  ['XValidations', 'x-kubernetes-validations', rules],
];

export function goSchema(given: JSONSchemaProps): unknown {
  return Object.fromEntries(schemaFields.map(([goName, name, show]) => [goName, show(given[name])]));
}
