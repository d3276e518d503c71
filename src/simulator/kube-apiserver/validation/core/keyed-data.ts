// What ConfigMaps and Secrets have in common: keys, a size, and that they can be frozen (pkg/apis/core/validation, Kubernetes 1.36).
import { forbidden } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import { configMapKeyProblems } from '../../../../api/names.ts';
import type { ConfigMap, Secret } from '../../../../api/object.ts';
import { deepEqual } from '../../../../base/json.ts';
import { addInvalid, type Errors } from '../checks.ts';

/** core.MaxSecretSize, in bytes. */
export const dataLimit = 2 ** 20;

export function checkKey(key: string, path: FieldPath, errors: Errors): void {
  addInvalid(errors, path.key(key), key, configMapKeyProblems(key));
}

type Keyed = Pick<ConfigMap & Secret, 'immutable'> & { readonly data?: unknown; readonly binaryData?: unknown };

/** What was called immutable stays, and stays immutable. */
export function checkFrozen(
  object: Keyed,
  old: Keyed,
  fields: readonly ('data' | 'binaryData')[],
  errors: Errors,
): void {
  if (!old.immutable) return;
  const detail = 'field is immutable when `immutable` is set';
  if (!object.immutable) errors.push(forbidden(FieldPath.of('immutable'), detail));
  for (const field of fields) {
    if (!deepEqual(object[field], old[field])) errors.push(forbidden(FieldPath.of(field), detail));
  }
}
