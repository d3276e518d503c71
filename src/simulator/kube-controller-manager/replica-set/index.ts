// The controllers of ReplicaSets and ReplicationControllers: as many Pods as one asks for, no more and no fewer
// (k8s.io/kubernetes/pkg/controller/replicaset/replica_set.go, and replication/, which adapts it, v1.36).
import {
  controllerOf,
  keyOf,
  type Pod,
  type ReplicaSet,
  type ReplicaSetStatus,
  type ReplicationController,
} from '../../../api/object.ts';
import type { ApiStatus } from '../../../api/status.ts';
import { deepEqual } from '../../../base/json.ts';
import { EventRecorder } from '../../client/event-recorder.ts';
import { claim } from '../claim.ts';
import { failSync, SyncQueue, type Controller, type ControllerContext } from '../controller.ts';
import { Expectations } from '../expectations.ts';
import { withoutUndefined } from '../go-status.ts';
import { handleOwnedPods } from '../owned-pods.ts';
import { OwnedPodControl } from '../pod-control.ts';
import { podFromTemplate } from '../pod-from-template.ts';
import { isPodActive, isPodTerminating } from '../pod-state.ts';
import { writeStatus } from '../write-status.ts';
import { deletionOrder } from '../deletion-order.ts';
import { podFactsOf } from './pod-facts.ts';
import { replicaSetStatus } from './status.ts';

/** BurstReplicas: how many Pods one sync creates or deletes at most. */
const burst = 500;

type Replicated = ReplicaSet | ReplicationController;

/** Whose controller it is. */
interface Variant {
  readonly kind: Replicated['kind'];
  readonly resource: string;
  readonly component: string;
  /** Whether its status tells of Pods that are on their way out. */
  readonly showsTerminating: boolean;
}

export const replicaSetController = controllerOfVariant({
  kind: 'ReplicaSet',
  resource: 'replicasets.apps',
  component: 'replicaset-controller',
  showsTerminating: true,
});

export const replicationController = controllerOfVariant({
  kind: 'ReplicationController',
  resource: 'replicationcontrollers',
  component: 'replication-controller',
  showsTerminating: false,
});

function controllerOfVariant(variant: Variant): Controller {
  return {
    name: variant.component,
    startsWith: variant.resource,
    start(context) {
      new ReplicaSetController(context, variant).listen();
    },
  };
}

class ReplicaSetController {
  readonly #context: ControllerContext;
  readonly #variant: Variant;
  readonly #queue: SyncQueue;
  readonly #control: OwnedPodControl;
  readonly #expectations = new Expectations();

  constructor(context: ControllerContext, variant: Variant) {
    this.#context = context;
    this.#variant = variant;
    this.#queue = new SyncQueue(context, (key) => this.#sync(key));
    const { kernel, client } = context;
    const recorder = new EventRecorder(kernel, client, { component: variant.component });
    this.#control = new OwnedPodControl(context, recorder);
  }

  listen(): void {
    const { kind, resource } = this.#variant;
    const owners = this.#context.informers.of<Replicated>(resource);
    const enqueue = (replicaSet: Replicated) => this.#queue.add(keyOf(replicaSet));
    owners.handle({
      onAdd: enqueue,
      onUpdate: enqueue,
      onDelete: (replicaSet) => {
        this.#expectations.forget(keyOf(replicaSet));
        enqueue(replicaSet);
      },
    });
    handleOwnedPods(this.#context, {
      kind,
      owners,
      queue: this.#queue,
      expectations: this.#expectations,
    });
  }

  #sync(key: string): void {
    const { informers, kernel } = this.#context;
    const { resource, showsTerminating } = this.#variant;
    const replicaSet = informers.of<Replicated>(resource).get(key);
    if (!replicaSet) return this.#expectations.forget(key);
    const maySync = this.#expectations.satisfied(key);
    const active: Pod[] = [];
    /** Those to be let go, and those to be adopted. */
    const candidates: Pod[] = [];
    let terminating = 0;
    for (const pod of informers.podsByController.ownedBy(replicaSet.metadata.uid)) {
      const { isActive, isSelected } = podFactsOf(pod, replicaSet);
      if (isActive) (isSelected ? active : candidates).push(pod);
      else if (isSelected && isPodTerminating(pod)) terminating++;
    }
    for (const pod of informers.podsByController.orphans()) if (isPodActive(pod)) candidates.push(pod);
    if (candidates.length > 0) active.push(...claim(this.#context, replicaSet, resource, 'pods', candidates));
    const failure =
      maySync && !replicaSet.metadata.deletionTimestamp ? this.#manageReplicas(key, replicaSet, active) : undefined;
    const pods = { active, terminating: showsTerminating ? terminating : undefined, failure: failure?.message };
    const status = replicaSetStatus(replicaSet, pods, kernel.now);
    this.#writeStatus(replicaSet, status);
    if (failure) failSync(failure);
  }

  /** Creates what is missing or deletes what is too much; returns what failed first. */
  #manageReplicas(key: string, replicaSet: Replicated, active: readonly Pod[]): ApiStatus | undefined {
    const surplus = active.length - (replicaSet.spec?.replicas ?? 1);
    if (surplus < 0) return this.#createPods(key, replicaSet, Math.min(-surplus, burst));
    if (surplus > 0) return this.#deletePods(key, replicaSet, active, Math.min(surplus, burst));
    return undefined;
  }

  #createPods(key: string, replicaSet: Replicated, missing: number): ApiStatus | undefined {
    this.#expectations.expectCreations(key, missing);
    const pod = podFromTemplate(replicaSet, replicaSet.spec?.template);
    const { created, failure } = this.#control.createAll(replicaSet, Array<Pod>(missing).fill(pod), (one) => one);
    for (let i = created; i < missing; i++) this.#expectations.creationSeen(key);
    return failure;
  }

  #deletePods(key: string, replicaSet: Replicated, active: readonly Pod[], surplus: number): ApiStatus | undefined {
    const { kernel } = this.#context;
    const chosen =
      surplus < active.length
        ? deletionOrder(active, this.#relatedPods(replicaSet), kernel.now).slice(0, surplus)
        : active;
    this.#expectations.expectDeletions(key, chosen.map(keyOf));
    let failure: ApiStatus | undefined;
    for (const pod of chosen) {
      const refusal = this.#control.delete(replicaSet, pod);
      if (refusal) this.#expectations.deletionSeen(key, keyOf(pod));
      if (refusal?.reason !== 'NotFound') failure ??= refusal;
    }
    return failure;
  }

  /** The Pods of all that have the same owner (getIndirectlyRelatedPods). */
  #relatedPods(replicaSet: Replicated): Pod[] {
    const { informers } = this.#context;
    const { podsByController } = informers;
    const owner = controllerOf(replicaSet);
    const all = owner ? [...informers.of<Replicated>(this.#variant.resource).values()] : [];
    const related = owner ? all.filter((one) => controllerOf(one)?.uid === owner.uid) : [replicaSet];
    return related.flatMap(({ metadata }) => podsByController.ownedBy(metadata.uid));
  }

  /** updateReplicaSetStatus: only a change is written. */
  #writeStatus(replicaSet: Replicated, status: ReplicaSetStatus): void {
    if (deepEqual(status, replicaSet.status)) return;
    writeStatus<Replicated>(this.#context, this.#variant.resource, replicaSet, withoutUndefined(status));
  }
}
