// One step of a StatefulSet towards what it is to be: its Pods in order, one after the other unless it says otherwise
// (updateStatefulSet in stateful_set_control.go).
import type { Pod, StatefulSet } from '../../../api/object.ts';
import { templateOf } from '../controller-history.ts';
import { isPodAvailable, isPodReady, isPodTerminal } from '../pod-state.ts';
import { isInRange, newPod, ordinalOf, replicasOf, revisionLabel, startOf } from './ordinals.ts';
import type { PodControl } from './pod-control.ts';
import type { Revisions } from './revisions.ts';

/** The Pods of the set by their place, made up where they are missing, and those beyond, the highest first. */
export interface Ranks {
  readonly replicas: Pod[];
  readonly condemned: readonly Pod[];
}

export function ranksOf(set: StatefulSet, pods: readonly Pod[], revisions: Revisions): Ranks {
  const start = startOf(set);
  const byOrdinal = new Map(pods.filter((pod) => isInRange(set, pod)).map((pod) => [ordinalOf(pod), pod]));
  const replicas = Array.from({ length: replicasOf(set) }, (_, place) => {
    const ordinal = start + place;
    return byOrdinal.get(ordinal) ?? missingPod(set, ordinal, revisions);
  });
  const condemned = pods
    .filter((pod) => !isInRange(set, pod) && ordinalOf(pod) >= 0)
    .sort((a, b) => ordinalOf(b) - ordinalOf(a));
  return { replicas, condemned };
}

/** newVersionedStatefulSetPod: below the partition Pods keep the revision that they had. */
function missingPod(set: StatefulSet, ordinal: number, { current, update }: Revisions): Pod {
  const { updateStrategy } = set.spec ?? {};
  const { rollingUpdate } = updateStrategy ?? {};
  const kept = rollingUpdate
    ? (rollingUpdate.partition ?? 0)
    : updateStrategy?.type === 'RollingUpdate'
      ? (set.status?.currentReplicas ?? 0)
      : 0;
  const revision = ordinal < startOf(set) + kept ? current : update;
  return newPod(set, ordinal, templateOf(revision), revision.metadata.name ?? '');
}

const isCreated = ({ status }: Pod) => Boolean(status?.phase);
const isTerminating = ({ metadata }: Pod) => Boolean(metadata.deletionTimestamp);

/** Goes through the Pods once; `now` in virtual milliseconds. */
export class Advance {
  readonly #set: StatefulSet;
  readonly #control: PodControl;
  readonly #now: number;
  readonly #isInOrder: boolean;
  /** Pods of the revision before that were deleted by this sync. */
  replaced = 0;

  constructor(set: StatefulSet, control: PodControl, now: number) {
    this.#set = set;
    this.#control = control;
    this.#now = now;
    this.#isInOrder = set.spec?.podManagementPolicy !== 'Parallel';
  }

  run({ replicas, condemned }: Ranks, { update }: Revisions): void {
    if (this.#set.metadata.deletionTimestamp) return;
    const firstUnavailable = [...replicas, ...condemned.toReversed()].find((pod) => this.#isUnavailable(pod));
    for (const pod of replicas) if (this.#keep(pod) && this.#isInOrder) return;
    for (const pod of condemned) this.#control.ownClaims(this.#set, pod);
    for (const pod of condemned) if (this.#condemn(pod, firstUnavailable) && this.#isInOrder) return;
    if (this.#set.spec?.updateStrategy?.type !== 'OnDelete') this.#replace(replicas, update.metadata.name ?? '');
  }

  #isAvailable(pod: Pod): boolean {
    return isPodAvailable(pod, this.#set.spec?.minReadySeconds ?? 0, this.#now);
  }

  #isUnavailable(pod: Pod): boolean {
    return !this.#isAvailable(pod) || isTerminating(pod);
  }

  /** processReplica: whether those after it have to wait. */
  #keep(pod: Pod): boolean {
    const set = this.#set;
    if (isPodTerminal(pod)) {
      if (!isTerminating(pod)) this.#control.delete(set, pod);
      return true;
    }
    if (!isCreated(pod)) {
      if (this.#control.isWaitingForClaims(set, pod)) return true;
      this.#control.create(set, pod);
      if (this.#isInOrder) return true;
    }
    if (pod.status?.phase === 'Pending') this.#control.completeClaims(set, pod);
    const isReady = pod.status?.phase === 'Running' && isPodReady(pod);
    if (this.#isInOrder && (isTerminating(pod) || !isReady || !this.#isAvailable(pod))) return true;
    if (isCreated(pod)) this.#control.mend(set, pod);
    return false;
  }

  /** processCondemned: whether those after it have to wait. */
  #condemn(pod: Pod, firstUnavailable: Pod | undefined): boolean {
    if (isTerminating(pod)) return true;
    const isReady = pod.status?.phase === 'Running' && isPodReady(pod);
    if (this.#isInOrder && pod !== firstUnavailable && !(isReady && this.#isAvailable(pod))) return true;
    this.#control.delete(this.#set, pod);
    return true;
  }

  /** The rolling update: the highest Pod of another revision goes, once all above it are available. */
  #replace(replicas: readonly Pod[], revision: string): void {
    const from = this.#set.spec?.updateStrategy?.rollingUpdate?.partition ?? 0;
    for (const pod of replicas.slice(from).toReversed()) {
      if (pod.metadata.labels?.[revisionLabel] !== revision && !isTerminating(pod)) {
        this.#control.delete(this.#set, pod);
        this.replaced++;
        return;
      }
      if (this.#isUnavailable(pod)) return;
    }
  }
}

/** When a Pod that is ready becomes available, in virtual milliseconds from now; undefined: none is on its way. */
export function nextAvailability(pods: readonly Pod[], minReadySeconds: number, now: number): number | undefined {
  const isWaiting = pods.some((pod) => isPodReady(pod) && !isPodAvailable(pod, minReadySeconds, now));
  if (minReadySeconds === 0 || !isWaiting) return undefined;
  for (let wait = 1000; wait <= (minReadySeconds + 1) * 1000; wait += 1000) {
    const later = pods.some(
      (pod) => !isPodAvailable(pod, minReadySeconds, now) && isPodAvailable(pod, minReadySeconds, now + wait),
    );
    if (later) return wait;
  }
  return undefined;
}
