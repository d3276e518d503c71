// What the scheduler does with every change it watches: keep its picture of the cluster, and wake the Pods that wait for the
// change (k8s.io/kubernetes/pkg/scheduler/eventhandlers.go).
import type { KubeObject, Node, Pod } from '../../api/object.ts';
import type { Client } from '../client/client.ts';
import { Informer } from '../client/informer.ts';
import { isFinished } from './cluster-cache.ts';
import { nodeChanges, podChanges, type ClusterEvent, type EventResource } from './framework/cluster-event.ts';
import type { LookedUp } from './framework/snapshot.ts';
import type { Scheduler } from './scheduler.ts';

type Informers = { readonly [Resource in keyof LookedUp]: Informer<LookedUp[Resource]> };

const watched: Readonly<Record<keyof LookedUp | 'nodes' | 'pods', true>> = {
  namespaces: true,
  services: true,
  replicationcontrollers: true,
  'replicasets.apps': true,
  'statefulsets.apps': true,
  'poddisruptionbudgets.policy': true,
  persistentvolumes: true,
  persistentvolumeclaims: true,
  'storageclasses.storage.k8s.io': true,
  'csinodes.storage.k8s.io': true,
  'csidrivers.storage.k8s.io': true,
  'csistoragecapacities.storage.k8s.io': true,
  'volumeattachments.storage.k8s.io': true,
  'resourceclaims.resource.k8s.io': true,
  'deviceclasses.resource.k8s.io': true,
  'resourceslices.resource.k8s.io': true,
  nodes: true,
  pods: true,
};

/** The resources that the scheduler watches. */
export const watchedResources: readonly string[] = Object.keys(watched);

/** Informers for what plugins look up; not started yet. They are the cache's listers. */
export function lookupInformers(client: Client): Informers {
  const informer = <Resource extends keyof LookedUp>(resource: Resource) =>
    new Informer<LookedUp[Resource]>(client, resource);
  return {
    namespaces: informer('namespaces'),
    services: informer('services'),
    replicationcontrollers: informer('replicationcontrollers'),
    'replicasets.apps': informer('replicasets.apps'),
    'statefulsets.apps': informer('statefulsets.apps'),
    'poddisruptionbudgets.policy': informer('poddisruptionbudgets.policy'),
    persistentvolumes: informer('persistentvolumes'),
    persistentvolumeclaims: informer('persistentvolumeclaims'),
    'storageclasses.storage.k8s.io': informer('storageclasses.storage.k8s.io'),
    'csinodes.storage.k8s.io': informer('csinodes.storage.k8s.io'),
    'csidrivers.storage.k8s.io': informer('csidrivers.storage.k8s.io'),
    'csistoragecapacities.storage.k8s.io': informer('csistoragecapacities.storage.k8s.io'),
    'volumeattachments.storage.k8s.io': informer('volumeattachments.storage.k8s.io'),
    'resourceclaims.resource.k8s.io': informer('resourceclaims.resource.k8s.io'),
    'deviceclasses.resource.k8s.io': informer('deviceclasses.resource.k8s.io'),
    'resourceslices.resource.k8s.io': informer('resourceslices.resource.k8s.io'),
  };
}

/** Lists and watches everything: what is looked up first, then nodes, then Pods, so that the first Pod finds all of it. */
export function startInformers(scheduler: Scheduler, client: Client, lookups: Informers): void {
  awaitBindingsOn(scheduler, lookups.persistentvolumes);
  awaitBindingsOn(scheduler, lookups.persistentvolumeclaims);
  awaitBindingsOn(scheduler, lookups['resourceclaims.resource.k8s.io']);
  wakeOn(scheduler, 'PersistentVolume', lookups.persistentvolumes);
  wakeOn(scheduler, 'PersistentVolumeClaim', lookups.persistentvolumeclaims);
  wakeOn(scheduler, 'StorageClass', lookups['storageclasses.storage.k8s.io']);
  wakeOn(scheduler, 'CSINode', lookups['csinodes.storage.k8s.io']);
  wakeOn(scheduler, 'CSIDriver', lookups['csidrivers.storage.k8s.io']);
  wakeOn(scheduler, 'CSIStorageCapacity', lookups['csistoragecapacities.storage.k8s.io']);
  wakeOn(scheduler, 'VolumeAttachment', lookups['volumeattachments.storage.k8s.io']);
  wakeOn(scheduler, 'ResourceClaim', lookups['resourceclaims.resource.k8s.io']);
  wakeOn(scheduler, 'DeviceClass', lookups['deviceclasses.resource.k8s.io']);
  wakeOn(scheduler, 'ResourceSlice', lookups['resourceslices.resource.k8s.io']);
  for (const informer of Object.values<Pick<Informer<KubeObject>, 'start'>>(lookups)) informer.start();
  watchNodes(scheduler, client);
  watchPods(scheduler, client);
}

/** Bindings wait for claims, their volumes and their devices. */
function awaitBindingsOn<T extends KubeObject>(scheduler: Scheduler, informer: Informer<T>): void {
  const expect = () => scheduler.awaitBindings();
  informer.handle({ onAdd: expect, onUpdate: expect, onDelete: expect });
}

function wakeOn<T extends KubeObject>(scheduler: Scheduler, resource: EventResource, informer: Informer<T>): void {
  informer.handle({
    onAdd: (after) => tell(scheduler, { resource, action: 'Add', after }),
    onUpdate: (after, before) => tell(scheduler, { resource, action: 'Update', before, after }),
    onDelete: (before) => tell(scheduler, { resource, action: 'Delete', before }),
  });
}

function tell({ queue }: Scheduler, event: ClusterEvent): void {
  if (queue.isAnyUnschedulable) queue.onEvent(event);
}

function watchNodes(scheduler: Scheduler, client: Client): void {
  const { cache, queue } = scheduler;
  new Informer<Node>(client, 'nodes')
    .handle({
      onAdd(after) {
        cache.setNode(after);
        tell(scheduler, { resource: 'Node', action: 'Add', after });
        scheduler.awaitErrorBackoffs();
      },
      onUpdate(after, before) {
        cache.setNode(after);
        if (!queue.isAnyUnschedulable) return;
        for (const action of nodeChanges(before, after)) tell(scheduler, { resource: 'Node', action, before, after });
      },
      onDelete(before) {
        tell(scheduler, { resource: 'Node', action: 'Delete', before });
        cache.removeNode(before);
      },
    })
    .start();
}

function watchPods(scheduler: Scheduler, client: Client): void {
  new Informer<Pod>(client, 'pods')
    .handle({
      onAdd: (pod) => {
        if (!isFinished(pod)) addPod(scheduler, pod);
      },
      onUpdate: (after, before) => {
        if (isFinished(before)) return;
        if (isFinished(after)) deletePod(scheduler, after);
        else updatePod(scheduler, before, after);
      },
      onDelete: (pod) => {
        if (!isFinished(pod)) deletePod(scheduler, pod);
      },
    })
    .start();
}

function addPod(scheduler: Scheduler, pod: Pod): void {
  const { cache, queue } = scheduler;
  if (pod.spec?.nodeName) {
    cache.setPod(pod);
    tell(scheduler, { resource: 'AssignedPod', action: 'Add', after: pod });
  } else if (scheduler.isResponsibleFor(pod)) {
    // No room is kept for a Pod that is held back.
    if (queue.add(pod)) cache.setNominated(pod);
  }
}

function updatePod(scheduler: Scheduler, before: Pod, after: Pod): void {
  const { cache, queue } = scheduler;
  if (before.spec?.nodeName) {
    cache.setPod(after);
    if (!queue.isAnyUnschedulable) return;
    for (const action of podChanges(before, after)) tell(scheduler, { resource: 'AssignedPod', action, before, after });
  } else if (after.spec?.nodeName) {
    cache.setPod(after);
    cache.removeNominated(before);
    queue.delete(before);
    tell(scheduler, { resource: 'AssignedPod', action: 'Add', after });
  } else if (scheduler.isResponsibleFor(before) && !cache.isAssumed(after)) {
    cache.updateNominated(before, after);
    queue.update(before, after);
    const { nominatedNodeName } = before.status ?? {};
    if (nominatedNodeName && nominatedNodeName !== after.status?.nominatedNodeName) tellLeftNode(scheduler, before);
  } else if (after.metadata.deletionTimestamp && !before.metadata.deletionTimestamp) {
    forgetAssumed(scheduler, after);
  }
}

function deletePod(scheduler: Scheduler, pod: Pod): void {
  const { cache, queue } = scheduler;
  if (pod.spec?.nodeName) {
    cache.removePod(pod);
    tell(scheduler, { resource: 'AssignedPod', action: 'Delete', before: pod });
    return;
  }
  queue.delete(pod);
  cache.removeNominated(pod);
  if (cache.isAssumed(pod)) forgetAssumed(scheduler, pod);
  else if (pod.status?.nominatedNodeName) tellLeftNode(scheduler, pod);
}

/** A Pod no longer waits for the node it was nominated for: to Pods that had to yield to it, that is as if it left the node. */
function tellLeftNode({ queue }: Scheduler, before: Pod): void {
  const { priority = 0 } = before.spec ?? {};
  const event = { resource: 'AssignedPod', action: 'Delete', before } as const;
  if (queue.isAnyUnschedulable) queue.onEvent(event, ({ spec }) => (spec?.priority ?? 0) <= priority);
}

/** A Pod is deleted between its assignment and its binding: the room it was given is free again. */
function forgetAssumed(scheduler: Scheduler, pod: Pod): void {
  if (!scheduler.cache.isAssumed(pod)) return;
  const assumed = scheduler.cache.removePod(pod);
  if (assumed) tell(scheduler, { resource: 'AssignedPod', action: 'Delete', before: assumed });
}
