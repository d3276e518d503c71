// What is wrong with a custom object: its metadata, its schema, its lists and its rules, in the server's order
// (apiextensions-apiserver/pkg/registry/customresource/strategy.go, Kubernetes 1.36).
import { invalid, type FieldError } from '../../../api/field-error.ts';
import type { KubeObject } from '../../../api/object.ts';
import { deepEqual, isObject } from '../../../base/json.ts';
import {
  checkGenericMetadata,
  checkGenericMetadataUpdate,
  pathSegmentName,
  subdomainName,
} from '../validation/object-meta.ts';
import type { Validation } from '../validation/validation.ts';
import type { CustomKind } from './custom-kind.ts';
import { checkListTypes } from './list-types.ts';
import type { Where } from './schema-result.ts';
import { validateSchema } from './schema-validator.ts';
import { checkRules, type RuleFindings } from './validation-rules.ts';

/** Errors after which the rules are not looked at. */
const blocking = new Set([
  'FieldValueNotSupported',
  'FieldValueRequired',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueTypeInvalid',
]);

const notChecked =
  'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation';

export function validateCustom(
  { resource: { namespaced }, schema }: CustomKind,
  object: KubeObject,
  old: KubeObject | undefined,
): Validation {
  const errors: FieldError[] = [];
  if (old) {
    // The server looks at the metadata before the kind does, and then again.
    checkGenericMetadata(object.metadata, { namespaced, name: pathSegmentName }, errors);
    checkGenericMetadataUpdate(object.metadata, old.metadata, errors);
    checkGenericMetadataUpdate(object.metadata, old.metadata, errors);
  } else checkGenericMetadata(object.metadata, { namespaced, name: subdomainName }, errors);
  const unreadable = new Set<string>();
  const unknown: RuleFindings['unknown'] = [];
  if (schema) {
    const isUnchanged = (where: Where, value: unknown) => isSameAt(old, where, value);
    errors.push(...validateSchema(schema, object, { unreadable, isUnchanged }).errors);
    if (!old || listErrors(schema, old).length === 0) errors.push(...listErrors(schema, object));
    if (hasRules(schema)) {
      if (errors.some(({ type }) => blocking.has(type))) errors.push(invalid('<nil>', null, notChecked));
      else checkRules(schema, object, old, undefined, { errors, unknown });
    }
  }
  for (const pattern of unreadable) unknown.push({ path: '', reason: `the pattern ${pattern} cannot be followed` });
  return { errors, unknown: () => unknown };
}

function listErrors(schema: NonNullable<CustomKind['schema']>, object: KubeObject): FieldError[] {
  const errors: FieldError[] = [];
  checkListTypes(schema, object, undefined, errors);
  return errors;
}

/** Whether the old object has the same in the same place; items of lists have no place of their own. */
function isSameAt(old: KubeObject | undefined, where: Where, value: unknown): boolean {
  if (!old || !where) return false;
  let before: unknown = old;
  for (const segment of where.segments()) {
    if ('index' in segment || !isObject(before)) return false;
    before = before['field' in segment ? segment.field : segment.key];
  }
  return before !== undefined && deepEqual(before, value);
}

function hasRules(schema: NonNullable<CustomKind['schema']>): boolean {
  if (schema['x-kubernetes-validations']?.length) return true;
  const { properties = {}, additionalProperties, items, allOf = [] } = schema;
  const parts = [...Object.values(properties), ...allOf, additionalProperties, items];
  return parts.some((part) => isObject(part) && hasRules(part));
}
