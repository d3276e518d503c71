// What changes of Pods mean to a controller that owns them and keeps count of what it asked for: the same in the ReplicaSet and in the
// DaemonSet controller (addPod, updatePod and deletePod of k8s.io/kubernetes/pkg/controller/{replicaset,daemon}, v1.36).
import { matchesLabelSelector, podSelectorOf } from '../../api/label-selector.ts';
import {
  controllerOf,
  keyOf,
  type DaemonSet,
  type Pod,
  type ReplicaSet,
  type ReplicationController,
} from '../../api/object.ts';
import { deepEqual } from '../../base/json.ts';
import type { Informer } from '../client/informer.ts';
import type { ControllerContext, SyncQueue } from './controller.ts';
import type { Expectations } from './expectations.ts';
import { isPodReady } from './pod-state.ts';

/** The controller that hears of Pods: the kind of its objects, who knows them, and where they are queued. */
export interface PodOwners<T extends DaemonSet | ReplicaSet | ReplicationController> {
  readonly kind: T['kind'];
  readonly owners: Informer<T>;
  readonly queue: SyncQueue;
  readonly expectations: Expectations;
}

/** Queues the owner of every Pod that changes, and notes what was expected. */
export function handleOwnedPods<T extends DaemonSet | ReplicaSet | ReplicationController>(
  { informers }: ControllerContext,
  { kind, owners, queue, expectations }: PodOwners<T>,
): void {
  informers.of<Pod>('pods').handle({ onAdd: added, onUpdate: updated, onDelete: deleted });

  function ownerOf(pod: Pod): T | undefined {
    const reference = controllerOf(pod);
    if (reference?.kind !== kind) return undefined;
    const owner = owners.get(`${pod.metadata.namespace}/${reference.name}`);
    return owner?.metadata.uid === reference.uid ? owner : undefined;
  }

  function added(pod: Pod): void {
    if (pod.metadata.deletionTimestamp) return deleted(pod);
    if (!controllerOf(pod)) return enqueueMatching(pod);
    const owner = ownerOf(pod);
    if (!owner) return;
    expectations.creationSeen(keyOf(owner));
    queue.add(keyOf(owner));
  }

  function updated(pod: Pod, previous: Pod): void {
    if (pod.metadata.deletionTimestamp) return deleted(pod);
    const [owner, previousOwner] = [ownerOf(pod), ownerOf(previous)];
    if (previousOwner && previousOwner !== owner) queue.add(keyOf(previousOwner));
    if (owner) return ofOwnerUpdated(owner, pod, previous);
    const mayBeAdopted = previousOwner !== undefined || !deepEqual(pod.metadata.labels, previous.metadata.labels);
    if (!controllerOf(pod) && mayBeAdopted) enqueueMatching(pod);
  }

  function ofOwnerUpdated(owner: T, pod: Pod, previous: Pod): void {
    queue.add(keyOf(owner));
    const minReadySeconds = owner.spec?.minReadySeconds ?? 0;
    if (minReadySeconds > 0 && isPodReady(pod) && !isPodReady(previous)) {
      // A second more, because the time of readiness is written in whole seconds.
      queue.addAfter(keyOf(owner), minReadySeconds * 1000 + 1000, { background: false });
    }
  }

  function deleted(pod: Pod): void {
    const owner = ownerOf(pod);
    if (!owner) return;
    expectations.deletionSeen(keyOf(owner), keyOf(pod));
    queue.add(keyOf(owner));
  }

  /** A Pod without an owner may be adopted. */
  function enqueueMatching({ metadata: { namespace, labels } }: Pod): void {
    for (const owner of owners.values()) {
      const matches = matchesLabelSelector(podSelectorOf(owner), labels);
      if (owner.metadata.namespace === namespace && matches) queue.add(keyOf(owner));
    }
  }
}
