// The garbage collector: deletes what was made for an object when the object is gone, or first where the object waits for that, or
// leaves it without an owner where the object is deleted so (k8s.io/kubernetes/pkg/controller/garbagecollector, v1.36).
import { keyOf, type KubeObject, type OwnerReference } from '../../api/object.ts';
import { qualifiedName, resourceOfKind } from '../../api/resources.ts';
import type { DeleteOptions } from '../client/client.ts';
import { failSync, succeeded, SyncQueue, type Controller, type ControllerContext } from './controller.ts';

/** Where owners and owned things are looked for. The real collector watches everything; these are what owns or is owned. */
const watched = [
  'pods',
  'services',
  'persistentvolumeclaims',
  'replicationcontrollers',
  'deployments.apps',
  'replicasets.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'controllerrevisions.apps',
  'jobs.batch',
  'cronjobs.batch',
  'endpointslices.discovery.k8s.io',
];

/** The object waits until its dependents are gone. */
const foreground = 'foregroundDeletion';
/** The object waits until its dependents know it no more. */
const orphan = 'orphan';

export const garbageCollector: Controller = {
  name: 'generic-garbage-collector',
  start(context) {
    new GarbageCollector(context).listen();
  },
};

class GarbageCollector {
  readonly #context: ControllerContext;
  readonly #queue: SyncQueue;
  readonly #orphanQueue: SyncQueue;
  /** Owner uid → `resource namespace/name` of what it owns. */
  readonly #dependents = new Map<string, Set<string>>();
  /** Owners seen to go. Only these count as gone: a cluster that was given in part lacks owners that are there. */
  readonly #gone = new Set<string>();
  /** Owners that wait for their dependents to go: uid → `resource namespace/name`. */
  readonly #waiting = new Map<string, string>();

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#queue = new SyncQueue(context, (id) => this.#attemptToDelete(id));
    this.#orphanQueue = new SyncQueue(context, (id) => this.#orphanDependents(id));
  }

  listen(): void {
    for (const resource of watched) {
      this.#context.informers.of(resource).handle({
        onAdd: (object) => {
          this.#link(resource, object);
          this.#deletionBegins(resource, object);
        },
        onUpdate: (object, previous) => {
          if (object.metadata.ownerReferences !== previous.metadata.ownerReferences) {
            this.#unlink(resource, previous);
            this.#link(resource, object);
          }
          if (!isWaiting(previous, foreground) && !isWaiting(previous, orphan)) this.#deletionBegins(resource, object);
        },
        onDelete: (object) => this.#ownerGone(resource, object),
      });
    }
  }

  #link(resource: string, object: KubeObject): void {
    for (const { uid } of object.metadata.ownerReferences ?? []) {
      const dependents = this.#dependents.get(uid) ?? new Set<string>();
      this.#dependents.set(uid, dependents.add(idOf(resource, object)));
      if (this.#gone.has(uid)) this.#queue.add(idOf(resource, object));
    }
  }

  /** An owner that waits for its dependents may wait for one less. */
  #unlink(resource: string, object: KubeObject): void {
    for (const { uid } of object.metadata.ownerReferences ?? []) {
      this.#dependents.get(uid)?.delete(idOf(resource, object));
      const owner = this.#waiting.get(uid);
      if (owner) this.#queue.add(owner);
    }
  }

  #ownerGone(resource: string, object: KubeObject): void {
    const { uid = '' } = object.metadata;
    this.#unlink(resource, object);
    this.#waiting.delete(uid);
    this.#gone.add(uid);
    for (const dependent of this.#dependents.get(uid) ?? []) this.#queue.add(dependent);
    this.#dependents.delete(uid);
  }

  #deletionBegins(resource: string, object: KubeObject): void {
    const { uid = '' } = object.metadata;
    const id = idOf(resource, object);
    if (isWaiting(object, orphan)) this.#orphanQueue.add(id);
    if (!isWaiting(object, foreground)) return;
    this.#waiting.set(uid, id);
    this.#queue.add(id);
    for (const dependent of this.#dependents.get(uid) ?? []) this.#queue.add(dependent);
  }

  /** attemptToDeleteItem: looks at the server's version, and deletes it if no owner of it is left. */
  #attemptToDelete(id: string): void {
    const known = this.#objectOf(id);
    if (known?.metadata.deletionTimestamp && !this.#waiting.has(known.metadata.uid ?? '')) return;
    const latest = this.#latest(id);
    if (!latest) return;
    const { metadata } = latest;
    if (this.#waiting.has(metadata.uid ?? '')) return this.#finish(id, latest);
    const owners = metadata.ownerReferences ?? [];
    const gone = owners.filter(({ uid }) => this.#gone.has(uid));
    const waiting = owners.filter((owner) => !gone.includes(owner) && this.#waitsFor(owner, metadata.namespace));
    if (gone.length + waiting.length === 0) return;
    if (gone.length + waiting.length < owners.length) return this.#dropOwners(id, metadata.uid, [...gone, ...waiting]);
    const hasDependents = (this.#dependents.get(metadata.uid ?? '')?.size ?? 0) > 0;
    this.#delete(id, latest, waiting.length > 0 && hasDependents ? 'Foreground' : 'Background');
  }

  /** A deletion that the object's own finalizers ask for takes place as they say. */
  #delete(id: string, { metadata }: KubeObject, otherwise: DeleteOptions['propagationPolicy']): void {
    const { uid, finalizers = [] } = metadata;
    const asked = finalizers.includes(orphan) ? 'Orphan' : finalizers.includes(foreground) ? 'Foreground' : otherwise;
    const deleted = this.#context.client.delete(targetOf(id), { propagationPolicy: asked, uid });
    if (!deleted.ok && deleted.status.reason !== 'NotFound') failSync(deleted.status);
  }

  /** processDeletingDependentsItem: goes on when nothing is left that keeps it; what is left is looked at again. */
  #finish(id: string, object: KubeObject): void {
    const { uid = '' } = object.metadata;
    const blocking = [...(this.#dependents.get(uid) ?? [])].filter((dependent) => {
      const owners = this.#objectOf(dependent)?.metadata.ownerReferences ?? [];
      return owners.some((owner) => owner.uid === uid && owner.blockOwnerDeletion);
    });
    if (blocking.length === 0) return this.#removeFinalizer(id, foreground);
    for (const dependent of blocking) {
      if (!this.#waiting.has(this.#objectOf(dependent)?.metadata.uid ?? '')) this.#queue.add(dependent);
    }
  }

  #orphanDependents(id: string): void {
    const { uid = '' } = this.#objectOf(id)?.metadata ?? {};
    for (const dependent of this.#dependents.get(uid) ?? []) {
      this.#dropOwners(dependent, this.#objectOf(dependent)?.metadata.uid, [{ uid }]);
    }
    this.#removeFinalizer(id, orphan);
  }

  #removeFinalizer(id: string, finalizer: string): void {
    const latest = this.#latest(id);
    if (!latest?.metadata.finalizers?.includes(finalizer)) return;
    const { resourceVersion, finalizers } = latest.metadata;
    const left = finalizers.filter((other) => other !== finalizer);
    const patch = { metadata: { resourceVersion, finalizers: left.length > 0 ? left : null } };
    succeeded(this.#context.client.patch(targetOf(id), 'merge', patch));
  }

  /** The object forgets some of its owners; it stays. */
  #dropOwners(id: string, uid: string | undefined, owners: readonly Pick<OwnerReference, 'uid'>[]): void {
    const ownerReferences = owners.map((owner) => ({ $patch: 'delete', uid: owner.uid }));
    const response = this.#context.client.patch(targetOf(id), 'strategic', { metadata: { ownerReferences, uid } });
    if (!response.ok && response.status.reason !== 'NotFound') failSync(response.status);
  }

  /** Whether the owner, as the server knows it, waits for its dependents to go. */
  #waitsFor({ apiVersion, kind, name, uid }: OwnerReference, namespace: string | undefined): boolean {
    const resource = resourceOfKind(apiVersion, kind);
    if (!resource) return false;
    const where = resource.namespaced && namespace ? { namespace } : {};
    const response = this.#context.client.get({ resource: qualifiedName(resource), name, ...where });
    return response.ok && response.object.metadata.uid === uid && isWaiting(response.object, foreground);
  }

  #objectOf(id: string): KubeObject | undefined {
    const [resource = '', key = ''] = id.split(' ');
    return this.#context.informers.of(resource).get(key);
  }

  /** The object as the server knows it now, if it does. */
  #latest(id: string): KubeObject | undefined {
    const response = this.#context.client.get(targetOf(id));
    if (response.ok) return response.object;
    return response.status.reason === 'NotFound' ? undefined : failSync(response.status);
  }
}

const isWaiting = ({ metadata: { deletionTimestamp, finalizers } }: KubeObject, finalizer: string) =>
  Boolean(deletionTimestamp) && Boolean(finalizers?.includes(finalizer));

const idOf = (resource: string, object: KubeObject) => `${resource} ${keyOf(object)}`;

function targetOf(id: string): { resource: string; namespace?: string; name: string } {
  const [resource = '', key = ''] = id.split(' ');
  const slash = key.indexOf('/');
  return slash < 0 ? { resource, name: key } : { resource, namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}
