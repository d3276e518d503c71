// What a schema may say at all (apiextensions-apiserver/pkg/apis/apiextensions/validation,
// ValidateCustomResourceDefinitionOpenAPISchema, Kubernetes 1.36).
import { forbidden, invalid, notSupported, required } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import type { JSONSchemaProps } from '../../../../api/object.ts';
import { isObject } from '../../../../base/json.ts';
import type { Errors } from '../checks.ts';
import { goSchema } from './go-schema.ts';
import { schemaIn, schemasIn } from './schema-walk.ts';
import { checkRuleFields } from './validation-rules.ts';

/** Where in a definition a schema stands, and what is looked at there. */
export interface SchemaContext {
  readonly isRoot: boolean;
  /** Inside of the metadata that every object has. */
  readonly insideMeta: boolean;
  /** Why there may be no default, if so. */
  readonly noDefaults?: string;
  readonly validTypes: boolean;
  readonly atomicSets: boolean;
  readonly mapKeys: boolean;
}

const types = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const metaFields = ['metadata', 'kind', 'apiVersion'];

const unsupported: readonly (readonly [name: keyof JSONSchemaProps, isUsed: (value: unknown) => boolean])[] = [
  ['id', (value) => value !== undefined && value !== ''],
  ['additionalItems', (value) => value !== undefined],
  ['patternProperties', (value) => isObject(value) && Object.keys(value).length > 0],
  ['definitions', (value) => isObject(value) && Object.keys(value).length > 0],
  ['dependencies', (value) => value !== undefined],
  ['$ref', (value) => value !== undefined],
];

/** specStandardValidatorV3.validate. */
function checkStandard(schema: JSONSchemaProps, context: SchemaContext, path: FieldPath, errors: Errors): void {
  const { type = '' } = schema;
  if (context.validTypes && type && !types.includes(type)) errors.push(notSupported(path.child('type'), type, types));
  if (schema.default !== undefined && context.noDefaults !== undefined) {
    errors.push(forbidden(path.child('default'), `must not be set ${context.noDefaults}`));
  }
  for (const [name, isUsed] of unsupported) {
    if (isUsed(schema[name])) errors.push(forbidden(path.child(name), `${name} is not supported`));
  }
  if (type === 'null') {
    errors.push(forbidden(path.child('type'), 'type cannot be set to null, use nullable as an alternative'));
  }
  if (schemasIn(schema.items).length) {
    errors.push(forbidden(path.child('items'), 'items must be a schema object and not an array'));
  }
  if (context.insideMeta && schema['x-kubernetes-embedded-resource']) {
    errors.push(forbidden(path.child('x-kubernetes-embedded-resource'), 'must not be used inside of resource meta'));
  }
}

function checkInner(schema: JSONSchemaProps, context: SchemaContext, path: FieldPath, errors: Errors): void {
  const { properties = {}, additionalProperties } = schema;
  const inner = { ...context, isRoot: false };
  const additional = schemaIn(additionalProperties);
  if (additionalProperties !== undefined && additionalProperties !== true && Object.keys(properties).length) {
    const detail = 'additionalProperties and properties are mutual exclusive';
    errors.push(forbidden(path.child('additionalProperties'), detail));
  }
  if (additional) {
    const noDefaults = 'inside additionalProperties applying to object metadata';
    const within = context.insideMeta ? { ...inner, noDefaults } : inner;
    checkSchema(additional, within, path.child('additionalProperties'), errors);
  }
  for (const [name, property] of Object.entries(properties)) {
    const isMeta = (context.isRoot || schema['x-kubernetes-embedded-resource']) && metaFields.includes(name);
    const meta = { ...inner, insideMeta: true, ...(context.isRoot && { noDefaults: `in top-level ${name}` }) };
    checkSchema(property, isMeta ? meta : inner, path.child('properties').key(name), errors);
  }
  if (schema.not) checkSchema(schema.not, inner, path.child('not'), errors);
  for (const name of ['allOf', 'oneOf', 'anyOf'] as const) {
    schema[name]?.forEach((one, i) => checkSchema(one, inner, path.child(name).index(i), errors));
  }
  for (const [name, one] of Object.entries(schema.definitions ?? {})) {
    checkSchema(one, inner, path.child('definitions').key(name), errors);
  }
  const items = schemaIn(schema.items);
  if (items) checkSchema(items, inner, path.child('items'), errors);
  schemasIn(schema.items).forEach((one, i) => checkSchema(one, inner, path.child('items').index(i), errors));
  for (const [name, one] of Object.entries(schema.dependencies ?? {})) {
    if (isObject(one)) checkSchema(one as JSONSchemaProps, inner, path.child('dependencies').key(name), errors);
  }
}

/** A list type or map type needs the type it is one of. */
function checkTypeFor(
  schema: JSONSchemaProps,
  extension: 'x-kubernetes-map-type' | 'x-kubernetes-list-type',
  type: string,
  path: FieldPath,
  errors: Errors,
): boolean {
  if (schema[extension] === undefined || schema.type === type) return true;
  const detail = `must be ${type} if ${extension} is specified`;
  errors.push(schema.type ? invalid(path.child('type'), schema.type, detail) : required(path.child('type'), detail));
  return false;
}

function checkSetItems(items: JSONSchemaProps, path: FieldPath, errors: Errors): void {
  const listType = items['x-kubernetes-list-type'];
  const mapType = items['x-kubernetes-map-type'];
  const detail = 'must be atomic as item of a list with x-kubernetes-list-type=set';
  const at = path.child('items');
  if (items.type === 'array' && listType !== undefined && listType !== 'atomic') {
    errors.push(invalid(at.child('x-kubernetes-list-type'), listType, detail));
  }
  if (items.type === 'object' && mapType !== 'atomic') {
    // the value shown is that of the other field
    errors.push(invalid(at.child('x-kubernetes-map-type'), listType ?? null, detail));
  }
}

function checkKeys(schema: JSONSchemaProps, items: JSONSchemaProps, path: FieldPath, errors: Errors): void {
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  const at = path.child('x-kubernetes-list-map-keys');
  keys.forEach((key, i) => {
    const property = items.properties?.[key];
    if (!property) errors.push(invalid(at, keys, 'entries must all be names of item properties'));
    else if (property.type === 'array' || property.type === 'object') {
      const where = path.child('items', 'properties').key(key).child('type');
      errors.push(invalid(where, items.type, "must be a scalar type if parent array's x-kubernetes-list-type is map"));
    }
    if (keys.indexOf(key) < i) errors.push(invalid(at, keys, 'must not contain duplicate entries'));
  });
}

function checkMapList(schema: JSONSchemaProps, path: FieldPath, errors: Errors): void {
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  const items = schemaIn(schema.items);
  if (!keys.length) {
    const detail = 'must not be empty if x-kubernetes-list-type is map';
    errors.push(required(path.child('x-kubernetes-list-map-keys'), detail));
  }
  if (schema.items === undefined) {
    errors.push(required(path.child('items'), 'must have a schema if x-kubernetes-list-type is map'));
  } else if (!items) {
    const shown = { Schema: null, JSONSchemas: schemasIn(schema.items).map(goSchema) };
    errors.push(invalid(path.child('items'), shown, 'must only have a single schema if x-kubernetes-list-type is map'));
  } else if (items.type === 'object') checkKeys(schema, items, path, errors);
  else {
    const detail = "must be object if parent array's x-kubernetes-list-type is map";
    errors.push(invalid(path.child('items', 'type'), items.type ?? '', detail));
  }
}

function checkListTypes(schema: JSONSchemaProps, context: SchemaContext, path: FieldPath, errors: Errors): void {
  const listType = schema['x-kubernetes-list-type'];
  const mapType = schema['x-kubernetes-map-type'];
  const items = schemaIn(schema.items);
  const at = path.child('x-kubernetes-list-type');
  checkTypeFor(schema, 'x-kubernetes-map-type', 'object', path, errors);
  if (mapType !== undefined && mapType !== 'atomic' && mapType !== 'granular') {
    errors.push(notSupported(path.child('x-kubernetes-map-type'), mapType, ['atomic', 'granular']));
  }
  const isList = checkTypeFor(schema, 'x-kubernetes-list-type', 'array', path, errors);
  if (isList && context.atomicSets && listType === 'set' && items) checkSetItems(items, path, errors);
  if (listType !== undefined && !['atomic', 'set', 'map'].includes(listType)) {
    errors.push(notSupported(at, listType, ['atomic', 'set', 'map']));
  }
  if (schema['x-kubernetes-list-map-keys']?.length && listType !== 'map') {
    const detail = 'must be map if x-kubernetes-list-map-keys is non-empty';
    errors.push(listType === undefined ? required(at, detail) : invalid(at, listType, detail));
  }
  if (listType === 'map') checkMapList(schema, path, errors);
  if (context.mapKeys) checkMapKeys(schema, path, errors);
}

/** validateMapListKeysMapSet: what tells the items of a list apart is always there. */
export function checkMapKeys(schema: JSONSchemaProps, path: FieldPath, errors: Errors): void {
  const items = schemaIn(schema.items);
  const listType = schema['x-kubernetes-list-type'];
  if (!items || (listType !== 'set' && listType !== 'map')) return;
  const at = path.child('items');
  if (items.nullable) {
    errors.push(forbidden(at.child('nullable'), `cannot be nullable when x-kubernetes-list-type is ${listType}`));
  }
  if (listType === 'set') return;
  for (const key of schema['x-kubernetes-list-map-keys'] ?? []) {
    const property = items.properties?.[key];
    if (!property) continue;
    const where = at.child('properties').key(key);
    const inKeys = 'this property is in x-kubernetes-list-map-keys, so it';
    if (!items.required?.includes(key) && property.default === undefined) {
      errors.push(required(where.child('default'), `${inKeys} must have a default or be a required property`));
    }
    if (property.nullable) errors.push(forbidden(where.child('nullable'), `${inKeys} cannot be nullable`));
  }
}

export function checkSchema(schema: JSONSchemaProps, context: SchemaContext, path: FieldPath, errors: Errors): void {
  checkStandard(schema, context, path, errors);
  if (schema.uniqueItems) {
    const detail = 'uniqueItems cannot be set to true since the runtime complexity becomes quadratic';
    errors.push(forbidden(path.child('uniqueItems'), detail));
  }
  checkInner(schema, context, path, errors);
  if (schema['x-kubernetes-preserve-unknown-fields'] === false) {
    errors.push(invalid(path.child('x-kubernetes-preserve-unknown-fields'), false, 'must be true or undefined'));
  }
  checkListTypes(schema, context, path, errors);
  checkRuleFields(schema, path, errors);
}
