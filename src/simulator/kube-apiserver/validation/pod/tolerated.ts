// What an update of a Pod or a workload may say because the object says something of the kind already, though a new one may not
// (pkg/api/pod GetValidationOptionsFromPodSpecAndMeta, Kubernetes 1.36).
import { notSupported, type FieldError } from '../../../../api/field-error.ts';
import type { KubeObject } from '../../../../api/object.ts';
import { isObject } from '../../../../base/json.ts';

/** The errors without those about what is tolerated. Which policy it is does not count: with one, either may follow. */
export function withoutTolerated(errors: readonly FieldError[], old: KubeObject): FieldError[] {
  return errors.flatMap((error) => {
    const { field, path, badValue } = error;
    if (!field.endsWith('.securityContext.seLinuxChangePolicy') || error.type !== 'FieldValueNotSupported')
      return [error];
    if (valueAt(old, field) === undefined) return [error];
    return badValue === 'MountOption' ? [] : [notSupported(path ?? field, badValue, ['MountOption', 'Recursive'])];
  });
}

/** The value at a path without lists in it. */
const valueAt = (object: unknown, field: string): unknown =>
  field.split('.').reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), object);
