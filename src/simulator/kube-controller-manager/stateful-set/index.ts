// The StatefulSet controller: numbered Pods with claims of their own, made, scaled and renewed in order
// (k8s.io/kubernetes/pkg/controller/statefulset, v1.36).
import { copyWith } from '../../../base/copy.ts';
import { matchesLabelSelector } from '../../../api/label-selector.ts';
import { controllerOf, keyOf, type PersistentVolumeClaim, type Pod, type StatefulSet } from '../../../api/object.ts';
import { deepEqual } from '../../../base/json.ts';
import { EventRecorder } from '../../client/event-recorder.ts';
import { claim } from '../claim.ts';
import { revisionsOf } from '../controller-history.ts';
import { SyncQueue, type Controller, type ControllerContext } from '../controller.ts';
import { isPodReady } from '../pod-state.ts';
import { writeStatus } from '../write-status.ts';
import { isMemberOf } from './ordinals.ts';
import { PodControl } from './pod-control.ts';
import { Advance, nextAvailability, ranksOf } from './replicas.ts';
import { revisionsFor, truncateHistory, type Revisions } from './revisions.ts';
import { countPods, statusOf, type Counts } from './status.ts';

const resource = 'statefulsets.apps';

export const statefulSetController: Controller = {
  name: 'statefulset-controller',
  startsWith: resource,
  start(context) {
    new StatefulSetController(context).listen();
  },
};

class StatefulSetController {
  readonly #context: ControllerContext;
  readonly #queue: SyncQueue;
  readonly #control: PodControl;

  constructor(context: ControllerContext) {
    const { kernel, client } = context;
    this.#context = context;
    this.#queue = new SyncQueue(context, (key) => this.#sync(key));
    this.#control = new PodControl(context, new EventRecorder(kernel, client, { component: 'statefulset-controller' }));
  }

  listen(): void {
    const { informers } = this.#context;
    const enqueue = (set: StatefulSet) => this.#queue.add(keyOf(set));
    informers.of<PersistentVolumeClaim>('persistentvolumeclaims');
    informers.of<StatefulSet>(resource).handle({ onAdd: enqueue, onUpdate: enqueue, onDelete: enqueue });
    informers.of<Pod>('pods').handle({
      onAdd: (pod) => this.#podChanged(pod, true),
      onUpdate: (pod, previous) => this.#podUpdated(pod, previous),
      onDelete: (pod) => this.#podChanged(pod, false),
    });
  }

  #ownerOf(pod: Pod): StatefulSet | undefined {
    const owner = controllerOf(pod);
    if (owner?.kind !== 'StatefulSet') return undefined;
    const set = this.#context.informers.of<StatefulSet>(resource).get(`${pod.metadata.namespace}/${owner.name}`);
    return set?.metadata.uid === owner.uid ? set : undefined;
  }

  /** A Pod without an owner that comes, or gets other labels, may be adopted. */
  #podChanged(pod: Pod, mayBeAdopted: boolean): void {
    const owner = this.#ownerOf(pod);
    if (owner) this.#queue.add(keyOf(owner));
    if (controllerOf(pod) || !mayBeAdopted || pod.metadata.deletionTimestamp) return;
    for (const set of this.#context.informers.of<StatefulSet>(resource).values()) {
      const matches = matchesLabelSelector(set.spec?.selector, pod.metadata.labels);
      if (set.metadata.namespace === pod.metadata.namespace && matches) this.#queue.add(keyOf(set));
    }
  }

  #podUpdated(pod: Pod, previous: Pod): void {
    const previousOwner = this.#ownerOf(previous);
    if (previousOwner && !this.#ownerOf(pod)) this.#queue.add(keyOf(previousOwner));
    this.#podChanged(pod, Boolean(previousOwner) || !deepEqual(pod.metadata.labels, previous.metadata.labels));
    const owner = this.#ownerOf(pod);
    const minReadySeconds = owner?.spec?.minReadySeconds ?? 0;
    if (owner && minReadySeconds > 0 && isPodReady(pod) && !isPodReady(previous)) {
      this.#queue.addAfter(keyOf(owner), minReadySeconds * 1000, { background: false });
    }
  }

  #sync(key: string): void {
    const { informers } = this.#context;
    const set = informers.of<StatefulSet>(resource).get(key);
    if (!set) return;
    const known = revisionsOf(this.#context, set, resource);
    const owned = informers.podsByController.ownedBy(set.metadata.uid);
    const orphans = informers.podsByController.orphans().filter((pod) => isMemberOf(set, pod));
    const pods = claim(this.#context, set, resource, 'pods', [...owned, ...orphans]);
    const revisions = revisionsFor(this.#context, set, known);
    this.#advance(set, pods, revisions);
    truncateHistory(this.#context, set, known, pods, revisions);
  }

  /** performUpdate: the status tells what was found, also where something failed. */
  #advance(set: StatefulSet, pods: readonly Pod[], revisions: Revisions): void {
    const { kernel } = this.#context;
    const ranks = ranksOf(set, pods, revisions);
    const advance = new Advance(set, this.#control, kernel.now);
    const finish = () => {
      const all = set.metadata.deletionTimestamp ? pods : [...ranks.replicas, ...ranks.condemned];
      const counts = countPods(all, set, revisions, kernel.now);
      this.#writeStatus(set, copyWith(counts, { current: counts.current - advance.replaced }), revisions);
    };
    try {
      advance.run(ranks, revisions);
    } catch (error) {
      finish();
      throw error;
    }
    finish();
    const wait = nextAvailability(pods, set.spec?.minReadySeconds ?? 0, kernel.now);
    if (wait !== undefined) this.#queue.addAfter(keyOf(set), wait, { background: false });
  }

  #writeStatus(set: StatefulSet, counts: Counts, revisions: Revisions): void {
    const status = statusOf(set, counts, revisions);
    if (status) writeStatus(this.#context, resource, set, status);
  }
}
