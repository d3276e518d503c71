// What most strategies have in common: a status that only the status subresource may change, a spec that it may not,
// and a generation that counts the changes of the spec.
import { copyWith } from '../../../base/copy.ts';
import { deepEqual } from '../../../base/json.ts';
import { withCleanTemplate } from './pods/template.ts';
import type { AnyObject, Strategy } from './strategy.ts';

/** The object with the status of another one, or with none. */
export function withStatus(object: AnyObject, status: unknown): AnyObject {
  if (object.status === status) return object;
  if (status !== undefined) return copyWith(object, { status });
  const { status: _, ...rest } = object;
  return rest;
}

export const specChanged = (object: AnyObject, old: AnyObject): boolean => !deepEqual(object.spec, old.spec);

/** A resource with a status subresource and a Pod template. */
export function workloadStrategy(initial: unknown, more: Strategy = {}): Strategy {
  return {
    ...statusStrategy(initial),
    prepareForCreate: (object) => withCleanTemplate(withStatus(object, initial)),
    prepareForUpdate: (object, old) => withCleanTemplate(withStatus(object, old.status)),
    changesGeneration: specChanged,
    ...more,
  };
}

/** Everything but metadata, spec and status, for the few kinds that keep what is desired elsewhere. */
export const contentChanged = (object: AnyObject, old: AnyObject): boolean =>
  !deepEqual({ ...object, metadata: undefined }, { ...old, metadata: undefined });

/** A resource with a status subresource. `initial` is the status of a new object. */
export function statusStrategy(initial: unknown, more: Strategy = {}): Strategy {
  return {
    prepareForCreate: (object) => withStatus(object, initial),
    prepareForUpdate: (object, old) => withStatus(object, old.status),
    prepareForStatusUpdate: keepSpec,
    ...more,
  };
}

/** Of an update of the status only the status and the metadata count. */
export function keepSpec(object: AnyObject, old: AnyObject): AnyObject {
  return object.spec === old.spec ? object : { ...object, spec: old.spec };
}

/** As keepSpec, but metadata cannot be changed through the status either (metav1.ResetObjectMetaForStatus). */
export function keepSpecAndMetadata(object: AnyObject, old: AnyObject): AnyObject {
  return { ...old, status: object.status };
}
