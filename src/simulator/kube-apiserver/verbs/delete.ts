// DELETE: an object goes, at once or when those who hold it have let go
// (k8s.io/apiserver registry/generic/registry/store.go, Delete, and registry/rest/delete.go, Kubernetes 1.36).
import type { KubeObject } from '../../../api/object.ts';
import { conflict, notFound, type ApiStatus } from '../../../api/status.ts';
import type { DeleteOptions } from '../../client/client.ts';
import { formatTime, parseTime } from '../../kernel/time.ts';
import type { Participant } from '../../trace.ts';
import { withMetadata } from '../registry/object-meta.ts';
import type { Storage } from '../registry/storage.ts';
import { accepted, refused, type Answer, type User } from '../request.ts';
import { mutatingAdmission, validatingAdmission } from '../stages/admission.ts';
import type { Store } from '../store.ts';

const orphan = 'orphan';
const foreground = 'foregroundDeletion';

/** Owners whose dependents stay unless the client says otherwise: the API had it so before there was a choice. */
const orphaning = ['jobs.batch', 'replicationcontrollers'];

export interface Deletion {
  readonly namespace: string | undefined;
  readonly name: string;
  readonly options: DeleteOptions;
  readonly actor: Participant;
  readonly user: User;
}

export function remove(store: Store, storage: Storage, { namespace, name, options, actor, user }: Deletion): Answer {
  const key = storage.key(namespace, name);
  const stored = store.etcd.get(key)?.value;
  if (!stored) return refused(notFound(storage.resource, name));
  const { uid = '' } = stored.metadata;
  if (options.uid !== undefined && options.uid !== uid) {
    const found = `does not match the UID in record (${uid})`;
    const why = `the UID in the precondition (${options.uid}) ${found}`;
    const advice = 'The object might have been deleted and then recreated';
    return refused(conflict(storage.resource, name, `${why}. ${advice}`));
  }
  const refusal = admitDeletion(store, storage, stored, user);
  if (refusal) return refused(refusal);
  const put = (object: KubeObject) => store.put(storage, key, object, actor);
  if (storage.strategy.beginDeletion) {
    const begun = storage.strategy.beginDeletion(stored, store.strategyContext());
    if (begun) return accepted(200, begun === stored ? stored : put(begun));
  }
  const dying = marked(store, storage, stored, options);
  if (dying === 'pending') return accepted(200, stored);
  const last = dying === stored ? stored : put(dying);
  const { finalizers, deletionGracePeriodSeconds } = last.metadata;
  if (finalizers?.length || (dying !== stored && deletionGracePeriodSeconds)) return accepted(200, last);
  store.delete(storage, key, actor);
  return accepted(200, last);
}

/** Deletes what lies in the namespace, one after the other; the first refusal is the answer. */
export function removeAll(store: Store, storage: Storage, deletion: Omit<Deletion, 'name'>): Answer | undefined {
  for (const { metadata } of [...storage.range(deletion.namespace)]) {
    const answer = remove(store, storage, { ...deletion, name: metadata.name ?? '' });
    if (answer.status && answer.code !== 404) return answer;
  }
  return undefined;
}

/** Deletions pass through admission as well, with the object that goes. */
function admitDeletion(
  store: Store,
  { resource, name }: Storage,
  object: KubeObject,
  user: User,
): ApiStatus | undefined {
  const { namespace } = object.metadata;
  const request = {
    operation: 'DELETE',
    resource,
    resourceName: name,
    subresource: '',
    namespace,
    object,
    old: object,
    user,
    options: {},
  } as const;
  return mutatingAdmission(request, store) ?? validatingAdmission(request, store);
}

/** The object as its deletion marks it; itself where nothing is to be marked before it goes. */
function marked(store: Store, storage: Storage, object: KubeObject, options: DeleteOptions): KubeObject | 'pending' {
  const { strategy, name } = storage;
  const finalizers = finalizersFor(object.metadata.finalizers ?? [], orphaning.includes(name), options);
  const held = { ...(finalizers.length > 0 && { finalizers }) };
  if (!strategy.gracePeriod) {
    if (finalizers.length === 0 || object.metadata.deletionTimestamp) return object;
    return withMetadata(object, {
      ...held,
      deletionTimestamp: store.kernel.timestamp(),
      deletionGracePeriodSeconds: 0,
      ...nextGeneration(object),
    });
  }
  const period = strategy.gracePeriod(object, options);
  const { deletionTimestamp, deletionGracePeriodSeconds } = object.metadata;
  const now = store.kernel.now;
  if (!deletionTimestamp) {
    return withMetadata(object, {
      ...held,
      deletionTimestamp: formatTime(now + period * 1000),
      deletionGracePeriodSeconds: period,
      ...nextGeneration(object),
    });
  }
  if (deletionGracePeriodSeconds === undefined) return object;
  // What is being deleted already can only go sooner.
  if (options.gracePeriodSeconds === undefined || period >= deletionGracePeriodSeconds) return 'pending';
  const sooner = (parseTime(deletionTimestamp) ?? now) + (period - deletionGracePeriodSeconds) * 1000;
  return withMetadata(object, { deletionTimestamp: formatTime(sooner), deletionGracePeriodSeconds: period });
}

function nextGeneration({ metadata }: KubeObject): { generation?: number } {
  return metadata.generation ? { generation: metadata.generation + 1 } : {};
}

/** What the garbage collector is asked to do with the dependents stands among the finalizers. */
function finalizersFor(given: readonly string[], orphans: boolean, { propagationPolicy }: DeleteOptions): string[] {
  const others = given.filter((finalizer) => finalizer !== orphan && finalizer !== foreground);
  if (propagationPolicy === 'Orphan') return [...others, orphan];
  if (propagationPolicy === 'Foreground') return [...others, foreground];
  if (propagationPolicy === 'Background') return others;
  return orphans && given.length === others.length ? [...others, orphan] : [...given];
}
