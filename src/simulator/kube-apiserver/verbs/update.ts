// PUT and PATCH: an object is replaced by a new version of itself
// (k8s.io/apiserver registry/generic/registry/store.go, Update, and registry/rest/update.go, Kubernetes 1.36).
import type { KubeObject } from '../../../api/object.ts';
import { conflict, notFound, objectModified, type ApiStatus } from '../../../api/status.ts';
import { deepEqual } from '../../../base/json.ts';
import { programOf } from '../../trace.ts';
import { afterUpdate } from '../managed-fields/managers.ts';
import { structureOfKind } from '../managed-fields/kind-structure.ts';
import { withMetadata } from '../registry/object-meta.ts';
import type { Storage } from '../registry/storage.ts';
import { isStatus, type AnyObject } from '../registry/strategy.ts';
import {
  accepted,
  refused,
  writeRequest,
  type Answer,
  type Stage,
  type WriteRequest,
  type WriteTarget,
} from '../request.ts';
import { mutatingAdmission, validatingAdmission } from '../stages/admission.ts';
import { applyDefaults } from '../stages/default.ts';
import { encode } from '../stages/encode.ts';
import { matchNamespace, updatedMetadata } from '../stages/meta.ts';
import { runStages } from '../stages/run.ts';
import { validate } from '../stages/validate.ts';
import type { Store } from '../store.ts';

const beforeStrategy: readonly Stage[] = [matchNamespace, applyDefaults, mutatingAdmission];
const beforeStoring: readonly Stage[] = [validate, validatingAdmission, encode];

/** Makes the new version of an object from the stored one, or refuses to. */
export type Change = (current: KubeObject) => KubeObject | ApiStatus;

export function update(store: Store, storage: Storage, target: WriteTarget, change: Change): Answer {
  const { name, namespace, subresource, resource } = target;
  const key = storage.key(namespace, name);
  const stored = store.etcd.get(key)?.value;
  if (!stored) return refused(notFound(resource, name));
  const old: KubeObject = storage.served(stored, target.apiVersion);
  const changed = change(old);
  if (isStatus(changed)) return refused(changed);
  const stale = precondition(changed, old);
  if (stale) return refused(conflict(resource, name, stale));
  const request = writeRequest(target, old, changed);
  // Of a subresource only the strategy looks at the object: it takes over no more than it is there for.
  const failure =
    (subresource ? matchNamespace(request, store) : runStages(request, store, beforeStrategy)) ??
    prepare(store, storage, request, old) ??
    (subresource ? undefined : runStages(request, store, beforeStoring));
  if (failure) return refused(failure);
  noteOwner(request, old, target, store.kernel.timestamp());
  if (deepEqual(request.object, old)) return accepted(200, old);
  if (target.options.dryRun) return accepted(200, request.object);
  if (isLetGo(request.object, old)) {
    store.delete(storage, key, target.actor);
    return accepted(200, request.object);
  }
  const tooLarge = store.refusal(key, old, request);
  if (tooLarge) return refused(tooLarge);
  return accepted(200, store.put(storage, key, request.object, target.actor));
}

/** Where it is kept who owns which field, what is changed is the writer's from now on. */
function noteOwner(request: WriteRequest, old: KubeObject, target: WriteTarget, time: string): void {
  const { custom, applies } = target;
  const structure = old.metadata.managedFields && structureOfKind(custom, old.apiVersion, old.kind);
  if (!structure || applies) return;
  const subresource = target.through ?? target.subresource;
  const manager = target.options.fieldManager ?? programOf(target.actor);
  const writer = { manager, operation: 'Update', apiVersion: old.apiVersion, ...(subresource && { subresource }) };
  const managedFields = afterUpdate(old, request.object, writer, structure, time);
  request.object = withMetadata(request.object, { managedFields: managedFields ?? old.metadata.managedFields });
}

/** Why the new version is none of the object that is stored, if so. */
function precondition({ metadata }: KubeObject, { metadata: old }: KubeObject): string | undefined {
  const { resourceVersion } = metadata;
  return resourceVersion && resourceVersion !== old.resourceVersion ? objectModified : undefined;
}

function prepare(store: Store, { strategy }: Storage, request: WriteRequest, old: AnyObject): ApiStatus | undefined {
  const context = store.strategyContext(request.options.dryRun);
  const given = request.object;
  const metadata = updatedMetadata(given.metadata, old.metadata);
  const object: AnyObject = metadata === given.metadata ? given : { ...given, metadata };
  if (request.subresource === 'status') {
    request.object = strategy.prepareForStatusUpdate?.(object, old, context) ?? object;
    return undefined;
  }
  if (request.subresource) {
    request.object = object;
    return undefined;
  }
  const allocated = strategy.allocate?.(object, old, context) ?? object;
  if (isStatus(allocated)) return allocated;
  const prepared = strategy.prepareForUpdate?.(allocated, old, context) ?? allocated;
  const moved = strategy.changesGeneration?.(prepared, old) ?? false;
  const generation = (old.metadata.generation ?? 0) + 1;
  request.object = moved ? withMetadata(prepared, { generation }) : prepared;
  return undefined;
}

/** Whether the object was only kept by a finalizer that this update removes (ShouldDeleteDuringUpdate). */
export function isLetGo({ metadata }: KubeObject, { metadata: old }: KubeObject): boolean {
  if (!old.deletionTimestamp || metadata.finalizers?.length) return false;
  return !old.deletionGracePeriodSeconds && (old.finalizers?.length ?? 0) > 0;
}
