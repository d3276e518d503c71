// Structural schemas: what the server needs to know of a schema to prune, to default, and to convert by it
// (apiextensions-apiserver/pkg/apiserver/schema, ValidateStructural, Kubernetes 1.36).
import { forbidden, invalid, message, required } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import type { JSONSchemaProps } from '../../../../api/object.ts';
import { compareBytes } from '../../../../base/order.ts';
import type { Errors } from '../checks.ts';
import { patternProblem } from '../go-regexp.ts';
import { schemaIn, schemasIn } from './schema-walk.ts';

/** Why no structural schema can be made (NewStructural), or undefined. */
export function structuralProblem(schema: JSONSchemaProps): string | undefined {
  const unsupported = unsupportedField(schema);
  if (unsupported) return `OpenAPIV3Schema '${unsupported}' is not supported`;
  if (schema['x-kubernetes-preserve-unknown-fields'] === false) {
    return "internal error: 'x-kubernetes-preserve-unknown-fields' must be true or undefined";
  }
  if (schemasIn(schema.items).length) return "OpenAPIV3Schema 'items' must be a schema, but is an array";
  const inner = [
    schema.not,
    ...(schema.allOf ?? []),
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    schemaIn(schema.items),
    ...Object.values(schema.properties ?? {}),
    schemaIn(schema.additionalProperties),
  ];
  for (const one of inner) {
    const problem = one && structuralProblem(one);
    if (problem) return problem;
  }
  return undefined;
}

function unsupportedField(schema: JSONSchemaProps): string | undefined {
  const isSet = (map: object | undefined) => map !== undefined && Object.keys(map).length > 0;
  if (schema.id) return 'id';
  if (schema.$schema) return 'schema';
  if (schema.$ref) return '$ref';
  if (isSet(schema.patternProperties)) return 'patternProperties';
  if (isSet(schema.dependencies)) return 'dependencies';
  if (schema.additionalItems !== undefined) return 'additionalItems';
  return isSet(schema.definitions) ? 'definitions' : undefined;
}

/** Where a schema stands, as messages call it. */
type Level = 'root' | 'item' | 'field';

const whereEmpty: Readonly<Record<Level, string>> = {
  root: 'at the root',
  item: 'for specified array items',
  field: 'for specified object fields',
};

export function checkStructural(schema: JSONSchemaProps, path: FieldPath, errors: Errors): void {
  const found: Errors = [];
  checkInvariants(schema, 'root', path, found);
  checkCompleteness(schema, path, found);
  errors.push(...found.sort((a, b) => compareBytes(message(a), message(b))));
}

function checkInvariants(schema: JSONSchemaProps, level: Level, path: FieldPath, errors: Errors): void {
  const { type = '', properties = {}, additionalProperties } = schema;
  const items = schemaIn(schema.items);
  const additional = schemaIn(additionalProperties);
  const embedded = schema['x-kubernetes-embedded-resource'] === true;
  if (type === 'array' && !items) errors.push(required(path.child('items'), 'must be specified'));
  if (items) checkInvariants(items, 'item', path.child('items'), errors);
  for (const [name, property] of Object.entries(properties)) {
    checkInvariants(property, 'field', path.child('properties').key(name), errors);
  }
  if (additionalProperties !== undefined && level === 'root') {
    errors.push(forbidden(path.child('additionalProperties'), 'must not be used at the root'));
  }
  if (additional) checkInvariants(additional, 'field', path.child('additionalProperties'), errors);
  checkExtensions(schema, path, errors);
  checkValueValidation(schema, isIntOrString(schema.anyOf), isIntOrString(schema.allOf?.[0]?.anyOf), path, errors);
  checkType(schema, level, path, errors);
  if (embedded && additionalProperties !== undefined) {
    const detail = 'must not be used if x-kubernetes-embedded-resource is set';
    errors.push(forbidden(path.child('additionalProperties'), detail));
  }
  if (level === 'root' && type && type !== 'object') {
    errors.push(invalid(path.child('type'), type, 'must be object at the root'));
  }
  checkMeta(schema, level, path, errors);
  const preserving = schema['x-kubernetes-preserve-unknown-fields'] === true;
  if (!embedded || preserving || Object.keys(properties).length) return;
  const detail =
    'must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields';
  errors.push(required(path.child('properties'), detail));
}

function checkType(schema: JSONSchemaProps, level: Level, path: FieldPath, errors: Errors): void {
  const { type = '' } = schema;
  const at = path.child('type');
  if (schema['x-kubernetes-embedded-resource'] && type !== 'object') {
    const detail = 'must be object if x-kubernetes-embedded-resource is true';
    errors.push(type ? invalid(at, type, detail) : required(at, detail));
  } else if (!type && !schema['x-kubernetes-int-or-string'] && !schema['x-kubernetes-preserve-unknown-fields']) {
    errors.push(required(at, `must not be empty ${whereEmpty[level]}`));
  }
}

function checkExtensions(schema: JSONSchemaProps, path: FieldPath, errors: Errors): void {
  if (!schema['x-kubernetes-int-or-string']) return;
  for (const name of ['x-kubernetes-preserve-unknown-fields', 'x-kubernetes-embedded-resource'] as const) {
    if (schema[name])
      errors.push(invalid(path.child(name), true, 'must be false if x-kubernetes-int-or-string is true'));
  }
}

const restricted = 'must not specify anything other than name and generateName, but metadata is implicitly specified';

/** What every object has is known; of its metadata only the name can be restricted. */
function checkMeta(schema: JSONSchemaProps, level: Level, path: FieldPath, errors: Errors): void {
  const { properties = {} } = schema;
  const checked = level === 'root' || schema['x-kubernetes-embedded-resource'] === true;
  const at = path.child('properties');
  for (const name of ['kind', 'apiVersion']) {
    const property = properties[name];
    if (!checked || !property || property.type === 'string') continue;
    errors.push(invalid(at.key(name).child('type'), property.type ?? '', 'must be string'));
  }
  const { metadata } = properties;
  if (!metadata) return;
  const { type = '', default: _, properties: inside = {}, ...rest } = metadata;
  if (checked && type !== 'object') {
    errors.push(invalid(at.key('metadata').child('type'), type, 'must be object'));
  }
  if (level !== 'root') return;
  const names = Object.keys(inside);
  const others = names.some((name) => name !== 'name' && name !== 'generateName');
  if (others || Object.values(rest).some(isSet)) errors.push(forbidden(at.key('metadata'), restricted));
}

/** Whether a field of Go's struct would be anything but its zero value. */
const isSet = (value: unknown): boolean =>
  value !== undefined && value !== '' && value !== false && !(Array.isArray(value) && value.length === 0);

function isIntOrString(anyOf: readonly JSONSchemaProps[] | undefined): boolean {
  if (anyOf?.length !== 2) return false;
  return ['integer', 'string'].every((type, i) => {
    const { type: own, ...rest } = anyOf[i] ?? {};
    return own === type && !Object.values(rest).some(isSet);
  });
}

function checkValueValidation(
  schema: JSONSchemaProps,
  skipAnyOf: boolean,
  skipFirstAnyOf: boolean,
  path: FieldPath,
  errors: Errors,
): void {
  if (!skipAnyOf) schema.anyOf?.forEach((one, i) => checkNested(one, false, path.child('anyOf').index(i), errors));
  schema.allOf?.forEach((one, i) => checkNested(one, skipFirstAnyOf && i === 0, path.child('allOf').index(i), errors));
  schema.oneOf?.forEach((one, i) => checkNested(one, false, path.child('oneOf').index(i), errors));
  if (schema.not) checkNested(schema.not, false, path.child('not'), errors);
  const { pattern } = schema;
  const problem = pattern ? patternProblem(pattern) : undefined;
  if (pattern && problem) {
    const detail = `must be a valid regular expression, but isn't: ${problem}`;
    errors.push(invalid(path.child('pattern'), pattern, detail));
  }
}

/** Fields that a schema inside of allOf and the like may not have, and what they have to be. */
const notNested: readonly (readonly [name: keyof JSONSchemaProps, detail: string])[] = [
  ['default', 'undefined'],
  ['title', 'empty'],
  ['description', 'empty'],
  ['nullable', 'false'],
  ['x-kubernetes-preserve-unknown-fields', 'false'],
  ['x-kubernetes-embedded-resource', 'false'],
  ['x-kubernetes-int-or-string', 'false'],
  ['x-kubernetes-list-map-keys', 'empty'],
  ['x-kubernetes-list-type', 'undefined'],
  ['x-kubernetes-map-type', 'undefined'],
  ['x-kubernetes-validations', 'empty'],
];

/** Inside of allOf and the like a schema only restricts values; it brings no fields of its own. */
function checkNested(schema: JSONSchemaProps, skipAnyOf: boolean, path: FieldPath, errors: Errors): void {
  const { properties = {}, additionalProperties } = schema;
  const items = schemaIn(schema.items);
  checkValueValidation(schema, skipAnyOf, false, path, errors);
  if (items) checkNested(items, false, path.child('items'), errors);
  for (const [name, property] of Object.entries(properties)) {
    checkNested(property, false, path.child('properties').key(name), errors);
  }
  const forbid = (name: keyof JSONSchemaProps, detail: string) =>
    errors.push(forbidden(path.child(name), `must be ${detail} to be structural`));
  if (schema.type) forbid('type', 'empty');
  if (additionalProperties !== undefined && additionalProperties !== false) forbid('additionalProperties', 'undefined');
  for (const [name, detail] of notNested) if (isSet(schema[name])) forbid(name, detail);
  if (properties['metadata']) {
    errors.push(forbidden(path.child('properties').key('metadata'), 'must not be specified in a nested context'));
  }
}

/**
 * What values of the root are restricted in has to be specified as well (validateStructuralCompleteness). `outer` is where it should
 * be, `path` where it is restricted.
 */
function checkCompleteness(schema: JSONSchemaProps, path: FieldPath, errors: Errors): void {
  checkComplete(schema, schema, path, path, errors);
}

function checkComplete(
  restriction: JSONSchemaProps,
  schema: JSONSchemaProps | undefined,
  outer: FieldPath,
  path: FieldPath,
  errors: Errors,
): void {
  if (!schema) return void errors.push(required(outer, `because it is defined in ${path}`));
  const check = (one: JSONSchemaProps, at: FieldPath) => checkNestedComplete(one, schema, outer, at, errors);
  if (restriction.not) check(restriction.not, path.child('not'));
  for (const name of ['allOf', 'anyOf', 'oneOf'] as const) {
    restriction[name]?.forEach((one, i) => check(one, path.child(name).index(i)));
  }
}

function checkNestedComplete(
  restriction: JSONSchemaProps,
  schema: JSONSchemaProps | undefined,
  outer: FieldPath,
  path: FieldPath,
  errors: Errors,
): void {
  checkComplete(restriction, schema, outer, path, errors);
  if (!schema) return;
  const items = schemaIn(restriction.items);
  if (items) checkNestedComplete(items, schemaIn(schema.items), outer.child('items'), path.child('items'), errors);
  for (const [name, property] of Object.entries(restriction.properties ?? {})) {
    const inside = schema.properties?.[name];
    const [at, defined] = [outer.child('properties').key(name), path.child('properties').key(name)];
    if (inside) checkNestedComplete(property, inside, at, defined, errors);
    else errors.push(required(at, `because it is defined in ${defined}`));
  }
}
