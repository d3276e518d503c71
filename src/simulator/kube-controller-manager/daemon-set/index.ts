// The DaemonSet controller: one Pod on every node that it is meant for (k8s.io/kubernetes/pkg/controller/daemon, v1.36).
import { keyOf, refOf, type DaemonSet, type Node, type Pod } from '../../../api/object.ts';
import type { ApiStatus } from '../../../api/status.ts';
import { deepEqual } from '../../../base/json.ts';
import { BackOff } from '../../client/back-off.ts';
import { EventRecorder } from '../../client/event-recorder.ts';
import { claim } from '../claim.ts';
import { revisionsOf } from '../controller-history.ts';
import { failSync, SyncQueue, type Controller, type ControllerContext } from '../controller.ts';
import { Expectations } from '../expectations.ts';
import { handleOwnedPods } from '../owned-pods.ts';
import { OwnedPodControl } from '../pod-control.ts';
import { writeStatus } from '../write-status.ts';
import { Daemons } from './daemons.ts';
import { cleanUp, historyOf, type History } from './history.ts';
import { changesFor, type Changes } from './manage.ts';
import { placementOn, podForNode, revisionLabel } from './placement.ts';
import { rollingUpdate } from './rolling-update.ts';
import { numbersOf, statusOf } from './status.ts';

const resource = 'daemonsets.apps';

export const daemonSetController: Controller = {
  name: 'daemon-set-controller',
  startsWith: resource,
  start(context) {
    new DaemonSetController(context).listen();
  },
};

/** BurstReplicas: how many Pods one sync creates, and deletes, at most. */
const burst = 250;

/** How long a failed Pod is left before it is replaced. */
const initialBackOff = 1000;
const maximumBackOff = 900_000;

class DaemonSetController {
  readonly #context: ControllerContext;
  readonly #queue: SyncQueue;
  readonly #recorder: EventRecorder;
  readonly #control: OwnedPodControl;
  readonly #expectations = new Expectations();
  readonly #failures = new BackOff(initialBackOff, maximumBackOff);

  constructor(context: ControllerContext) {
    const { kernel, client } = context;
    this.#context = context;
    this.#queue = new SyncQueue(context, (key) => this.#sync(key));
    this.#recorder = new EventRecorder(kernel, client, { component: 'daemonset-controller' });
    this.#control = new OwnedPodControl(context, this.#recorder);
  }

  listen(): void {
    const { informers } = this.#context;
    const enqueue = (daemonSet: DaemonSet) => this.#queue.add(keyOf(daemonSet));
    this.#daemonSets().handle({
      onAdd: enqueue,
      onUpdate: enqueue,
      onDelete: (daemonSet) => this.#expectations.forget(keyOf(daemonSet)),
    });
    handleOwnedPods(this.#context, {
      kind: 'DaemonSet',
      owners: this.#daemonSets(),
      queue: this.#queue,
      expectations: this.#expectations,
    });
    informers.of<Node>('nodes').handle({
      onAdd: (node) => this.#nodeChanged(node),
      onUpdate: (node, previous) => {
        const isSame =
          deepEqual(node.metadata.labels, previous.metadata.labels) &&
          deepEqual(node.spec?.taints, previous.spec?.taints);
        if (!isSame) this.#nodeChanged(node);
      },
    });
  }

  #daemonSets() {
    return this.#context.informers.of<DaemonSet>(resource);
  }

  /** syncNodeUpdate: only DaemonSets for which the node makes a difference are looked at. */
  #nodeChanged(node: Node): void {
    for (const daemonSet of this.#daemonSets().values()) {
      const { runs, stays } = placementOn(daemonSet, node);
      const pods = this.#context.informers.podsByController.ownedBy(daemonSet.metadata.uid);
      const isThere = pods.some(({ spec }) => spec?.nodeName === node.metadata.name);
      const isMisscheduled = isThere && (daemonSet.status?.numberMisscheduled ?? 0) > 0;
      if ((runs && !isThere) || (!stays && isThere) || isMisscheduled) this.#queue.add(keyOf(daemonSet));
    }
  }

  #sync(key: string): void {
    const daemonSet = this.#daemonSets().get(key);
    if (!daemonSet) return this.#expectations.forget(key);
    if (daemonSet.metadata.deletionTimestamp) return;
    const history = historyOf(this.#context, daemonSet, revisionsOf(this.#context, daemonSet, resource));
    if (!history) return this.#tellUnknown(daemonSet);
    const maySync = this.#expectations.satisfied(key);
    const daemons = this.#daemonsOf(daemonSet, history);
    const failure = maySync ? this.#update(key, daemons, history) : undefined;
    this.#writeStatus(maySync ? this.#daemonsOf(daemonSet, history) : daemons, maySync);
    if (failure) failSync(failure);
  }

  #daemonsOf(daemonSet: DaemonSet, { current }: History): Daemons {
    const { informers, kernel } = this.#context;
    const hash = current.metadata.labels?.[revisionLabel] ?? '';
    return new Daemons(daemonSet, [...informers.of<Node>('nodes').values()], this.#podsOf(daemonSet), hash, kernel.now);
  }

  #podsOf(daemonSet: DaemonSet): Pod[] {
    const { podsByController } = this.#context.informers;
    const candidates = [...podsByController.ownedBy(daemonSet.metadata.uid), ...podsByController.orphans()];
    return claim(this.#context, daemonSet, resource, 'pods', candidates);
  }

  #tellUnknown(daemonSet: DaemonSet): void {
    const { kernel, client } = this.#context;
    const reason = 'the hash of a template with a timestamp or managedFields is not modelled';
    kernel.record(client.actor, client.actor, { type: 'unknown', subject: refOf(daemonSet), reason });
  }

  /** updateDaemonSet: what failed first, if anything did. */
  #update(key: string, daemons: Daemons, { old }: History): ApiStatus | undefined {
    const { daemonSet } = daemons;
    const changes = changesFor(daemons, (pod, nodeName) => this.#mayRemove(daemonSet, pod, nodeName));
    const failure = this.#apply(key, daemons, changes);
    if (failure) return failure;
    const isRolling = daemonSet.spec?.updateStrategy?.type === 'RollingUpdate';
    if (isRolling && this.#expectations.satisfied(key)) {
      const refusal = this.#apply(key, daemons, rollingUpdate(daemons));
      if (refusal) return refusal;
    }
    cleanUp(this.#context, daemonSet, old, this.#podsOf(daemonSet));
    return undefined;
  }

  /** A Pod that has ended is told of and replaced; one that failed again and again only after a while. */
  #mayRemove(daemonSet: DaemonSet, pod: Pod, nodeName: string): boolean {
    const about = `daemon pod ${pod.metadata.namespace}/${pod.metadata.name} on node ${nodeName}`;
    if (pod.status?.phase === 'Succeeded') {
      const message = `Found succeeded ${about}, will try to delete it`;
      this.#recorder.event(daemonSet, 'Normal', 'SucceededDaemonPod', message);
      return true;
    }
    const { now } = this.#context.kernel;
    const key = `${daemonSet.metadata.uid}/${daemonSet.status?.observedGeneration ?? 0}/${nodeName}`;
    if (this.#failures.leftSinceUpdate(key, now) > 0) {
      this.#queue.addAfter(keyOf(daemonSet), this.#failures.duration(key), { background: false });
      return false;
    }
    this.#failures.next(key, now, now);
    this.#recorder.event(daemonSet, 'Warning', 'FailedDaemonPod', `Found failed ${about}, will try to kill it`);
    return true;
  }

  /** syncNodes. */
  #apply(key: string, { daemonSet, hash }: Daemons, changes: Changes): ApiStatus | undefined {
    const create = changes.create.slice(0, burst);
    const remove = changes.remove.slice(0, burst);
    this.#expectations.expect(key, create.length, remove.map(keyOf));
    const { created, failure: refusal } = this.#control.createAll(daemonSet, create, (nodeName) =>
      podForNode(daemonSet, nodeName, hash),
    );
    for (let i = created; i < create.length; i++) this.#expectations.creationSeen(key);
    let failure = refusal;
    for (const pod of remove) {
      const refused = this.#control.delete(daemonSet, pod);
      if (refused) this.#expectations.deletionSeen(key, keyOf(pod));
      if (refused?.reason !== 'NotFound') failure ??= refused;
    }
    return failure;
  }

  #writeStatus(daemons: Daemons, observes: boolean): void {
    const { daemonSet } = daemons;
    const numbers = numbersOf(daemons);
    const status = statusOf(daemons, numbers, observes);
    if (status) writeStatus(this.#context, resource, daemonSet, status);
    const minReadySeconds = daemonSet.spec?.minReadySeconds ?? 0;
    if (minReadySeconds > 0 && numbers.ready !== numbers.available) {
      this.#queue.addAfter(keyOf(daemonSet), minReadySeconds * 1000, { background: false });
    }
  }
}
