// Asks the rules of a kind about an object. What no rule looks at is told as unknown, with the field.
import type { FieldError } from '../../../api/field-error.ts';
import type { KubeObject } from '../../../api/object.ts';
import { withoutTolerated } from './pod/tolerated.ts';
import { checkGenericMetadata, checkGenericMetadataUpdate, pathSegmentName } from './object-meta.ts';
import { rulesOf } from './registry.ts';
import { unmodelledFields } from './unmodelled.ts';
import type { KindRules, UnknownField, Validation } from './validation.ts';

export type { UnknownField, Validation } from './validation.ts';

const nothing: Validation = { errors: [], unknown: () => [] };

const unknownKind = ({ kind }: KubeObject): Validation => ({
  errors: [],
  unknown: () => [{ path: '', reason: `the rules for objects of kind ${kind} are not modelled` }],
});

/** The rules for a new object, which has its defaults and what the server sets by now. */
export function validateCreate(object: KubeObject): Validation {
  const rules = rulesOf(object.apiVersion, object.kind);
  if (!rules) return unknownKind(object);
  const errors: FieldError[] = [];
  rules.create(object as never, errors);
  return { errors, unknown: () => unmodelledFields(object, rules.unmodelled) };
}

/**
 * The rules for an object that is to replace an older one. The server looks at its metadata before its kind does, and then again
 * (registry/rest.BeforeUpdate), so what is wrong there is told more than once.
 */
export function validateUpdate(object: KubeObject, old: KubeObject): Validation {
  const rules: KindRules | undefined = rulesOf(object.apiVersion, object.kind);
  if (!rules) return unknownKind(object);
  if (isUnchanged(object, old)) return nothing;
  const errors: FieldError[] = [];
  const namespaced = old.metadata.namespace !== undefined;
  checkGenericMetadata(object.metadata, { namespaced, name: pathSegmentName }, errors);
  checkGenericMetadataUpdate(object.metadata, old.metadata, errors);
  rules.update?.(object as never, old as never, errors);
  return { errors: withoutTolerated(errors, old), unknown: () => unknownOfUpdate(object, rules) };
}

function unknownOfUpdate(object: KubeObject, rules: KindRules): UnknownField[] {
  const unknown = unmodelledFields(object, rules.unmodelled);
  if (!rules.update)
    unknown.push({ path: '', reason: `the rules for updates of kind ${object.kind} are not modelled` });
  return unknown;
}

const checkedMetadata = ['labels', 'annotations', 'ownerReferences', 'finalizers', 'name', 'namespace', 'uid'] as const;

/**
 * Whether an update touches nothing that rules look at: the status alone changes, as it does all the time. What is the same by
 * reference was valid when it was stored.
 */
function isUnchanged(object: KubeObject, old: KubeObject): boolean {
  for (const name in object) {
    if (name === 'metadata' || name === 'status') continue;
    if (object[name as keyof KubeObject] !== old[name as keyof KubeObject]) return false;
  }
  const { metadata } = object;
  const same = checkedMetadata.every((name) => metadata[name] === old.metadata[name]);
  return (
    same && metadata.resourceVersion !== undefined && metadata.deletionTimestamp === old.metadata.deletionTimestamp
  );
}
