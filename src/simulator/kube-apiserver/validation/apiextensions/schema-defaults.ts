// The defaults of a schema have to be values of it (apiextensions-apiserver/pkg/apiserver/schema/defaulting, Kubernetes 1.36).
import { invalid, required, type FieldError } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import type { JSONSchemaProps } from '../../../../api/object.ts';
import { isObject } from '../../../../base/json.ts';
import { conform } from '../../custom-resources/conform.ts';
import { validateSchema } from '../../custom-resources/schema-validator.ts';
import { checkRules } from '../../custom-resources/validation-rules.ts';
import type { Errors } from '../checks.ts';
import { hasSchema, schemaIn } from './schema-walk.ts';

const metaFields = ['metadata', 'kind', 'apiVersion'];

/** What is wrong with the defaults; and whether of one it cannot be told. */
export function checkDefaults(
  schema: JSONSchemaProps,
  path: FieldPath,
  errors: Errors,
): { readonly unfollowed: boolean } {
  const walk = new DefaultsWalk(errors);
  walk.visit({ ...schema, 'x-kubernetes-embedded-resource': true }, path);
  return walk;
}

class DefaultsWalk {
  readonly #errors: Errors;
  unfollowed = false;

  constructor(errors: Errors) {
    this.#errors = errors;
  }

  visit(schema: JSONSchemaProps, path: FieldPath): void {
    if (schema.default !== undefined && schema.default !== null)
      this.#check(schema, schema.default, path.child('default'));
    const items = schemaIn(schema.items);
    if (items) this.visit(items, path.child('items'));
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      const isMeta = schema['x-kubernetes-embedded-resource'] === true && metaFields.includes(name);
      if (isMeta) this.unfollowed ||= hasSchema(property, (one) => one.default !== undefined);
      else this.visit(property, path.child('properties').key(name));
    }
  }

  #check(schema: JSONSchemaProps, value: unknown, path: FieldPath): void {
    // whole objects have metadata of their own to be looked at
    if (schema['x-kubernetes-embedded-resource'] && isObject(value)) {
      const missing = ['apiVersion', 'kind'].filter((name) => value[name] === undefined);
      this.#errors.push(...missing.map((name) => required(path.child(name))));
      if (missing.length) return;
    }
    if (hasSchema(schema, (one) => one['x-kubernetes-embedded-resource'] === true)) {
      this.unfollowed = true;
      return;
    }
    if (hasUnknownFields(schema, value)) this.#errors.push(invalid(path, value, 'must not have unknown fields'));
    const unreadable = new Set<string>();
    const found = validateSchema(schema, value, { unreadable, isUnchanged: () => false }).errors;
    this.#errors.push(...found.map((error) => within(error, path)));
    if (unreadable.size) this.unfollowed = true;
    if (found.length) return;
    const rules = { errors: [], unknown: [] };
    checkRules(schema, value, undefined, undefined, rules);
    checkRules(schema, value, value, undefined, rules);
    if (rules.errors.length || rules.unknown.length) this.unfollowed = true;
  }
}

function hasUnknownFields(schema: JSONSchemaProps, value: unknown): boolean {
  const field = { type: 'object', properties: { value: schema } };
  return conform({ value }, field).unknown.length > 0;
}

/** An error about a part of the value, as one about the place where the value stands. */
function within(error: FieldError, path: FieldPath): FieldError {
  const field = error.field === '<nil>' ? path.toString() : `${path.toString()}.${error.field}`;
  return { ...error, path, field: field.replaceAll('.[', '[') };
}
