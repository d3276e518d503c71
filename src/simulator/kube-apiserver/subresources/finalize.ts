// namespaces/finalize: the last one to hold a namespace lets go of it, and it is gone
// (pkg/registry/core/namespace/storage/storage.go, FinalizeREST, Kubernetes 1.36).
import type { KubeObject, Namespace } from '../../../api/object.ts';
import type { Storage } from '../registry/storage.ts';
import type { Answer, WriteTarget } from '../request.ts';
import type { Store } from '../store.ts';
import { update } from '../verbs/update.ts';

/** Of the object given only the finalizers of the spec count, and the version that they are of. */
export function finalize(store: Store, storage: Storage, target: WriteTarget, given: KubeObject): Answer {
  const { finalizers } = (given as Namespace).spec ?? {};
  const { resourceVersion } = given.metadata;
  const change = (current: KubeObject) =>
    ({
      ...current,
      ...(resourceVersion && { metadata: { ...current.metadata, resourceVersion } }),
      spec: { ...(finalizers?.length && { finalizers }) },
    }) as Namespace;
  const { dryRun } = target.options;
  const tried = update(store, storage, { ...target, options: { ...target.options, dryRun: true } }, change);
  const { metadata, spec } = (tried.object ?? {}) as Partial<Namespace>;
  const held = !metadata?.deletionTimestamp || metadata.finalizers?.length || spec?.finalizers?.length;
  if (tried.status || dryRun) return tried;
  if (held) return update(store, storage, target, change);
  store.delete(storage, storage.key(undefined, target.name), target.actor);
  return tried;
}
