// How the rules of most kinds are put together: metadata first, then what the kind itself is about.
import type { KubeObject } from '../../../api/object.ts';
import type { Errors } from './checks.ts';
import { checkGenericMetadataUpdate, checkMetadata, checkMetadataUpdate, type MetaOptions } from './object-meta.ts';
import type { KindRules, UnmodelledField } from './validation.ts';

interface Parts<T> {
  readonly meta: MetaOptions;
  /** What the kind is about. `old` is the object that is to be replaced, absent for a new one. */
  content(object: T, errors: Errors, old?: T): void;
  /** What an update may not change; told after what is wrong with the change of metadata. */
  frozen?(object: T, old: T, errors: Errors): void;
  /** Whether an update has the metadata of the new object checked once more, as that of a new one. */
  readonly metaAgain?: boolean;
  /** Whether an update has its metadata checked as that of a new object, and not against the old. */
  readonly metaAsNew?: boolean;
  readonly unmodelled?: readonly UnmodelledField[];
}

/** The rules of a kind whose updates are looked at as new objects are, and then for what may not change. */
export function kindRules<T extends KubeObject>(parts: Parts<T>): KindRules<T> {
  const { meta, metaAgain, metaAsNew, unmodelled } = parts;
  const checkUpdate = meta.anyFinalizer ? checkGenericMetadataUpdate : checkMetadataUpdate;
  return {
    create(object, errors) {
      checkMetadata(object.metadata, meta, errors);
      parts.content(object, errors);
    },
    update(object, old, errors) {
      if (!metaAsNew) checkUpdate(object.metadata, old.metadata, errors);
      parts.frozen?.(object, old, errors);
      if (metaAgain || metaAsNew) checkMetadata(object.metadata, meta, errors);
      parts.content(object, errors, old);
    },
    ...(unmodelled && { unmodelled }),
  };
}
