// The ReplicaSet controller: as many Pods as a ReplicaSet asks for, no more and no fewer
// (k8s.io/kubernetes/pkg/controller/replicaset/replica_set.go, v1.36).
import { matchesLabelSelector } from '../../../api/label-selector.ts';
import { controllerOf, keyOf, type Pod, type ReplicaSet, type ReplicaSetStatus } from '../../../api/object.ts';
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
import { replicaSetStatus } from './status.ts';

/** BurstReplicas: how many Pods one sync creates or deletes at most. */
const burst = 500;

export const replicaSetController: Controller = {
  name: 'replicaset-controller',
  start(context) {
    new ReplicaSetController(context).listen();
  },
};

class ReplicaSetController {
  readonly #context: ControllerContext;
  readonly #queue: SyncQueue;
  readonly #control: OwnedPodControl;
  readonly #expectations = new Expectations();

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#queue = new SyncQueue(context, (key) => this.#sync(key));
    const { kernel, client } = context;
    const recorder = new EventRecorder(kernel, client, { component: 'replicaset-controller' });
    this.#control = new OwnedPodControl(context, recorder);
  }

  listen(): void {
    const { informers } = this.#context;
    const enqueue = (replicaSet: ReplicaSet) => this.#queue.add(keyOf(replicaSet));
    informers.of<ReplicaSet>('replicasets.apps').handle({
      onAdd: enqueue,
      onUpdate: enqueue,
      onDelete: (replicaSet) => {
        this.#expectations.forget(keyOf(replicaSet));
        enqueue(replicaSet);
      },
    });
    handleOwnedPods(this.#context, {
      kind: 'ReplicaSet',
      owners: informers.of<ReplicaSet>('replicasets.apps'),
      queue: this.#queue,
      expectations: this.#expectations,
    });
  }

  #sync(key: string): void {
    const { informers, kernel } = this.#context;
    const replicaSet = informers.of<ReplicaSet>('replicasets.apps').get(key);
    if (!replicaSet) return this.#expectations.forget(key);
    const maySync = this.#expectations.satisfied(key);
    const candidates: Pod[] = [];
    let terminating = 0;
    for (const pod of informers.podsByController.ownedBy(replicaSet.metadata.uid)) {
      if (isPodActive(pod)) candidates.push(pod);
      else if (isPodTerminating(pod) && matchesLabelSelector(replicaSet.spec?.selector, pod.metadata.labels)) {
        terminating++;
      }
    }
    for (const pod of informers.podsByController.orphans()) if (isPodActive(pod)) candidates.push(pod);
    const active = claim(this.#context, replicaSet, 'replicasets.apps', 'pods', candidates);
    const failure =
      maySync && !replicaSet.metadata.deletionTimestamp ? this.#manageReplicas(key, replicaSet, active) : undefined;
    const status = replicaSetStatus(replicaSet, { active, terminating, failure: failure?.message }, kernel.now);
    this.#writeStatus(replicaSet, status);
    if (failure) failSync(failure);
  }

  /** Creates what is missing or deletes what is too much; returns what failed first. */
  #manageReplicas(key: string, replicaSet: ReplicaSet, active: readonly Pod[]): ApiStatus | undefined {
    const surplus = active.length - (replicaSet.spec?.replicas ?? 1);
    if (surplus < 0) return this.#createPods(key, replicaSet, Math.min(-surplus, burst));
    if (surplus > 0) return this.#deletePods(key, replicaSet, active, Math.min(surplus, burst));
    return undefined;
  }

  #createPods(key: string, replicaSet: ReplicaSet, missing: number): ApiStatus | undefined {
    this.#expectations.expectCreations(key, missing);
    const pod = podFromTemplate(replicaSet, replicaSet.spec?.template);
    const { created, failure } = this.#control.createAll(replicaSet, Array<Pod>(missing).fill(pod), (one) => one);
    for (let i = created; i < missing; i++) this.#expectations.creationSeen(key);
    return failure;
  }

  #deletePods(key: string, replicaSet: ReplicaSet, active: readonly Pod[], surplus: number): ApiStatus | undefined {
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

  /** The Pods of all ReplicaSets of the same owner (getIndirectlyRelatedPods). */
  #relatedPods(replicaSet: ReplicaSet): Pod[] {
    const { podsByController, replicaSetsByController } = this.#context.informers;
    const owner = controllerOf(replicaSet);
    const related = owner ? replicaSetsByController.ownedBy(owner.uid) : [replicaSet];
    return related.flatMap(({ metadata }) => podsByController.ownedBy(metadata.uid));
  }

  /** updateReplicaSetStatus: only a change is written. */
  #writeStatus(replicaSet: ReplicaSet, status: ReplicaSetStatus): void {
    if (deepEqual(status, replicaSet.status)) return;
    writeStatus(this.#context, 'replicasets.apps', replicaSet, withoutUndefined(status));
  }
}
