// Asks the rules of a kind about an object. What no rule looks at is told as unknown, with the field.
import type { FieldError } from '../../../api/field-error.ts';
import type { KubeObject } from '../../../api/object.ts';
import { rulesOf } from './registry.ts';
import { unmodelledFields } from './unmodelled.ts';
import type { KindRules, Validation } from './validation.ts';

export type { UnknownField, Validation } from './validation.ts';

const unknownKind = ({ kind }: KubeObject): Validation => ({
  errors: [],
  unknown: [{ path: '', reason: `the rules for objects of kind ${kind} are not modelled` }],
});

/** The rules for a new object, which has its defaults and what the server sets by now. */
export function validateCreate(object: KubeObject): Validation {
  const rules = rulesOf(object.apiVersion, object.kind);
  if (!rules) return unknownKind(object);
  const errors: FieldError[] = [];
  rules.create(object as never, errors);
  return { errors, unknown: unmodelledFields(object, rules.unmodelled) };
}

/** The rules for an object that is to replace an older one. */
export function validateUpdate(object: KubeObject, old: KubeObject): Validation {
  const rules: KindRules | undefined = rulesOf(object.apiVersion, object.kind);
  if (!rules) return unknownKind(object);
  const errors: FieldError[] = [];
  const unknown = unmodelledFields(object, rules.unmodelled);
  if (rules.update) rules.update(object as never, old as never, errors);
  else unknown.push({ path: '', reason: `the rules for updates of kind ${object.kind} are not modelled` });
  return { errors, unknown };
}
