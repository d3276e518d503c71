// The garbage collector: deletes what was made for an object when the object is gone
// (k8s.io/kubernetes/pkg/controller/garbagecollector, v1.36).
import { keyOf, refOf, type KubeObject, type OwnerReference } from '../../api/object.ts';
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

/** With one of these an object waits for its dependents, or gives them up, before it goes. */
const waitingFinalizers = ['foregroundDeletion', 'orphan'];

export const garbageCollector: Controller = {
  name: 'generic-garbage-collector',
  start(context) {
    new GarbageCollector(context).listen();
  },
};

class GarbageCollector {
  readonly #context: ControllerContext;
  readonly #queue: SyncQueue;
  /** Owner uid → `resource namespace/name` of what it owns. */
  readonly #dependents = new Map<string, Set<string>>();
  /** Owners seen to go. Only these count as gone: a cluster that was given in part lacks owners that are there. */
  readonly #gone = new Set<string>();

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#queue = new SyncQueue(context, (id) => this.#attemptToDelete(id));
  }

  listen(): void {
    for (const resource of watched) {
      this.#context.informers.of(resource).handle({
        onAdd: (object) => this.#link(resource, object),
        onUpdate: (object, previous) => {
          if (object.metadata.ownerReferences !== previous.metadata.ownerReferences) {
            this.#unlink(resource, previous);
            this.#link(resource, object);
          }
          if (!previous.metadata.deletionTimestamp) this.#tellUnmodelled(object);
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

  #unlink(resource: string, object: KubeObject): void {
    for (const { uid } of object.metadata.ownerReferences ?? []) {
      this.#dependents.get(uid)?.delete(idOf(resource, object));
    }
  }

  #ownerGone(resource: string, object: KubeObject): void {
    const { uid = '' } = object.metadata;
    this.#unlink(resource, object);
    this.#gone.add(uid);
    for (const dependent of this.#dependents.get(uid) ?? []) this.#queue.add(dependent);
    this.#dependents.delete(uid);
  }

  /** attemptToDeleteItem: looks at the server's version, and deletes it if no owner of it is left. */
  #attemptToDelete(id: string): void {
    const { client } = this.#context;
    const target = targetOf(id);
    const response = client.get(target);
    if (!response.ok) return response.status.reason === 'NotFound' ? undefined : failSync(response.status);
    const { metadata } = response.object;
    const owners = metadata.ownerReferences ?? [];
    const gone = owners.filter(({ uid }) => this.#gone.has(uid));
    if (metadata.deletionTimestamp || gone.length === 0) return;
    if (gone.length < owners.length) return this.#dropOwners(id, metadata.uid, gone);
    const deleted = client.delete(target, { propagationPolicy: 'Background', uid: metadata.uid });
    if (!deleted.ok && deleted.status.reason !== 'NotFound') failSync(deleted.status);
  }

  /** Another owner is still there: the object stays, and forgets those that are not. */
  #dropOwners(id: string, uid: string | undefined, gone: readonly OwnerReference[]): void {
    const ownerReferences = gone.map((owner) => ({ $patch: 'delete', uid: owner.uid }));
    succeeded(this.#context.client.patch(targetOf(id), 'strategic', { metadata: { ownerReferences, uid } }));
  }

  #tellUnmodelled(object: KubeObject): void {
    const { deletionTimestamp, finalizers = [] } = object.metadata;
    const finalizer = finalizers.find((name) => waitingFinalizers.includes(name));
    if (!deletionTimestamp || !finalizer) return;
    const { kernel, client } = this.#context;
    const reason = `deletion with the finalizer ${finalizer} is not modelled`;
    kernel.record(client.actor, client.actor, { type: 'unknown', subject: refOf(object), reason });
  }
}

const idOf = (resource: string, object: KubeObject) => `${resource} ${keyOf(object)}`;

function targetOf(id: string): { resource: string; namespace?: string; name: string } {
  const [resource = '', key = ''] = id.split(' ');
  const slash = key.indexOf('/');
  return slash < 0 ? { resource, name: key } : { resource, namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}
