// namespaces/finalize: the last one to hold a namespace lets go of it, and it is gone
// (pkg/registry/core/namespace/storage/storage.go, FinalizeREST, Kubernetes 1.36).
import type { KubeObject, Namespace } from '../../../api/object.ts';
import type { Storage } from '../registry/storage.ts';
import { accepted, type Answer, type WriteTarget } from '../request.ts';
import type { Store } from '../store.ts';
import { update } from '../verbs/update.ts';

/** Of the object given only the finalizers of the spec count. */
export function finalize(store: Store, storage: Storage, target: WriteTarget, given: KubeObject): Answer {
  const { finalizers } = (given as Namespace).spec ?? {};
  const answer = update(
    store,
    storage,
    target,
    (current) => ({ ...current, spec: { ...(finalizers && { finalizers }) } }) as Namespace,
  );
  const { metadata, spec } = (answer.object ?? {}) as Partial<Namespace>;
  const held = !metadata?.deletionTimestamp || metadata.finalizers?.length || spec?.finalizers?.length;
  if (answer.status || held || target.options.dryRun) return answer;
  store.delete(storage, storage.key(undefined, target.name), target.actor);
  return accepted(200, answer.object);
}
