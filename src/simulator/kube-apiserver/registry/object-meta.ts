// Changes of metadata that share everything else with the object they come from.
import { copyWith, copyWithout } from '../../../base/copy.ts';
import type { KubeObject, ObjectMeta } from '../../../api/object.ts';

/** The object with some metadata set; a key given as undefined is removed from what readers see. */
export function withMetadata<T extends KubeObject>(object: T, changes: Partial<ObjectMeta>): T {
  return copyWith(object, { metadata: copyWith(object.metadata, changes) });
}

/** The object without some of its metadata. */
export function withoutMetadata<T extends KubeObject>(object: T, ...names: (keyof ObjectMeta)[]): T {
  if (!names.some((name) => name in object.metadata)) return object;
  return copyWith(object, { metadata: copyWithout(object.metadata, names) });
}

/** The object as written at a revision of the store. */
export function atRevision<T extends KubeObject>(object: T, revision: number): T {
  return withMetadata(object, { resourceVersion: String(revision) });
}
