// The Pods that wait for a node: those to be tried next, those backing off, and those for which something has to change first
// (k8s.io/kubernetes/pkg/scheduler/backend/queue, with queueing hints and popping from the back-off queue, the defaults of 1.36).
import { keyOf, refOf, type Pod } from '../../api/object.ts';
import type { PluginStatus, Requeue } from '../trace.ts';
import { eventLabel, podChanges, type ClusterEvent } from './framework/cluster-event.ts';
import type { Framework, Ongoing, QueueingHint } from './framework/plugin.ts';
import { runPreEnqueue } from './framework/runtime.ts';
import type { Listers } from './framework/snapshot.ts';
import { Heap } from './heap.ts';

/**
 * Where a Pod is: to be tried next (`active`), waiting for its back-off (`backoff`, `error-backoff`), for a change
 * (`unschedulable`), out because nothing can be said about it (`parked`), or being tried or gone (`none`).
 */
export type Place = 'active' | 'backoff' | 'error-backoff' | 'unschedulable' | 'parked' | 'none';

/** Virtual milliseconds that a refused Pod waits, and at most; doubled each time in between. */
export interface Backoff {
  readonly initial: number;
  readonly max: number;
}

/** A waiting Pod. */
export interface QueuedPod {
  pod: Pod;
  place: Place;
  /** Virtual milliseconds at which it was last added. */
  timestamp: number;
  /** Order of adding, for Pods of the same moment. */
  order: number;
  attempts: number;
  /** Attempts that ended with plugins refusing the Pod, and errors in a row: what the back-off grows with. */
  refusals: number;
  errors: number;
  /** Plugins that refused the Pod in its last attempt, or have held it back since. */
  rejectedBy: readonly string[];
  gated: PluginStatus | undefined;
  /** What moved it back into the queue. */
  requeuedBy: Requeue | undefined;
  /** The trace entry that brought it (back) into the queue. */
  cause: number | undefined;
}

export interface QueueOptions {
  /** The profile of a Pod. */
  readonly frameworkOf: (pod: Pod) => Framework;
  /** All profiles; they agree on the order of the queue. */
  readonly frameworks: readonly Framework[];
  readonly listers: Listers;
  readonly ongoing: Ongoing;
  readonly backoff: Backoff;
  readonly now: () => number;
  readonly cause: () => number | undefined;
  /** A Pod can be tried. */
  readonly onReady: () => void;
  /** A PreEnqueue plugin holds the Pod back. */
  readonly onGated: (entry: QueuedPod, status: PluginStatus) => void;
}

/** Back-offs end in windows of one second, so that the Pods of a window are tried in the order of the queue. */
const orderingWindow = 1000;

const fullSecond = (time: number) => time - (time % orderingWindow);

/** MatchClusterEvents: whether a plugin asked for changes of this kind. */
const asksFor =
  ({ resource, action }: ClusterEvent) =>
  ({ resource: wanted, actions }: QueueingHint): boolean => {
    const isMeant = wanted === resource || (wanted === 'Pod' && resource.endsWith('Pod'));
    // `Update` asks for every update; an update without a name of its own is told only to who asks so.
    return isMeant && (actions.includes(action) || (actions.includes('Update') && action.startsWith('Update')));
  };

export class SchedulingQueue {
  readonly #options: QueueOptions;
  readonly #entries = new Map<string, QueuedPod>();
  readonly #unschedulable = new Set<QueuedPod>();
  readonly #active: Heap<QueuedPod>;
  readonly #backoff: Heap<QueuedPod>;
  #order = 0;

  constructor(options: QueueOptions) {
    this.#options = options;
    const sort = options.frameworks[0]?.queueSort[0];
    const before = (a: QueuedPod, b: QueuedPod) => (sort?.queueSort(a, b) || a.order - b.order) < 0;
    const endsBefore = (a: QueuedPod, b: QueuedPod) => {
      const difference = this.backoffEnd(a) - this.backoffEnd(b);
      return difference === 0 ? before(a, b) : difference < 0;
    };
    this.#active = new Heap(before, ({ place }) => place === 'active');
    this.#backoff = new Heap(endsBefore, ({ place }) => place === 'backoff');
  }

  /** Takes in a new Pod; whether it may be tried, and is not held back. */
  add(pod: Pod): boolean {
    const entry: QueuedPod = {
      pod,
      place: 'none',
      timestamp: this.#options.now(),
      order: this.#order++,
      attempts: 0,
      refusals: 0,
      errors: 0,
      rejectedBy: [],
      gated: undefined,
      requeuedBy: undefined,
      cause: this.#options.cause(),
    };
    this.#entries.set(keyOf(pod), entry);
    this.activate(entry);
    return !entry.gated;
  }

  /** A waiting Pod changed; the change may be the one it waits for. */
  update(before: Pod, after: Pod): void {
    const entry = this.#entries.get(keyOf(after));
    if (!entry) return void this.add(after);
    entry.pod = after;
    if (entry.place !== 'unschedulable') return;
    for (const action of podChanges(before, after)) {
      this.#requeueIfWorth(entry, { resource: 'UnschedulablePod', action, before, after });
    }
  }

  delete(pod: Pod): void {
    const entry = this.#entries.get(keyOf(pod));
    if (!entry) return;
    this.#move(entry, 'none');
    this.#entries.delete(keyOf(pod));
  }

  /** The next Pod to be tried. With nothing else to do, a Pod that was refused need not wait for the end of its back-off. */
  pop(): QueuedPod | undefined {
    const entry = this.#active.pop() ?? this.#backoff.pop();
    if (entry) this.#move(entry, 'none');
    return entry;
  }

  get hasReady(): boolean {
    return !this.#active.isEmpty || !this.#backoff.isEmpty;
  }

  /** Whether any Pod waits for a change. */
  get isAnyUnschedulable(): boolean {
    return this.#unschedulable.size > 0;
  }

  /** A tried Pod comes back: refused by plugins, or after an error if by none. Whoever deleted it meanwhile is obeyed. */
  returnFailed(entry: QueuedPod, rejectedBy: readonly string[]): void {
    if (this.#entries.get(keyOf(entry.pod)) !== entry) return;
    entry.rejectedBy = rejectedBy;
    entry.timestamp = this.#options.now();
    entry.order = this.#order++;
    if (rejectedBy.length === 0) entry.errors++;
    else {
      entry.refusals++;
      entry.errors = 0;
    }
    this.#move(entry, rejectedBy.length === 0 ? 'error-backoff' : 'unschedulable');
  }

  /** A tried Pod about which nothing can be said: it is not tried again. */
  park(entry: QueuedPod): void {
    this.#move(entry, 'parked');
  }

  /** MoveAllToActiveOrBackoffQueue: a change of the cluster, told to every Pod (that `concerns` names) that waits for one. */
  onEvent(event: ClusterEvent, concerns: (pod: Pod) => boolean = () => true): void {
    for (const entry of [...this.#unschedulable]) if (concerns(entry.pod)) this.#requeueIfWorth(entry, event);
  }

  /** Whether a Pod is backing off from an error; only time moves it on. */
  *errorBackoffs(): Generator<QueuedPod> {
    for (const entry of this.#entries.values()) if (entry.place === 'error-backoff') yield entry;
  }

  /** Puts a Pod among those to be tried next, unless a PreEnqueue plugin holds it back. */
  activate(entry: QueuedPod, event?: string): void {
    this.#enqueue(entry, 'active', event === undefined ? undefined : { event });
  }

  /** Tries a waiting Pod again, whatever it waits for (ForceActivate). */
  forceActivate(pod: Pod): void {
    const entry = this.#entries.get(keyOf(pod));
    if (entry?.place === 'unschedulable' || entry?.place === 'backoff') this.activate(entry, 'ForceActivate');
  }

  /**
   * When the back-off of a Pod ends, at the full second: 1 s after its first failure, doubled with each further one, 10 s at most
   * (the defaults of the configuration); -Infinity without a failure.
   */
  backoffEnd({ refusals, errors, timestamp }: QueuedPod): number {
    const { initial, max } = this.#options.backoff;
    const failures = errors > 0 ? errors : refusals;
    return failures === 0 || max === 0
      ? -Infinity
      : fullSecond(timestamp + Math.min(initial * 2 ** (failures - 1), max));
  }

  /** When the queue looks whether back-offs have ended, once a second: the first time at which the Pod's has. */
  flushTime(entry: QueuedPod): number {
    return Math.max(this.backoffEnd(entry) + orderingWindow, this.#options.now());
  }

  #requeueIfWorth(entry: QueuedPod, event: ClusterEvent): void {
    if (entry.place !== 'unschedulable' || !this.#mayLiftGate(entry, event)) return;
    const plugins = this.#waitingFor(entry, event);
    if (plugins.length === 0) return;
    const about = event.after ?? event.before;
    const requeue = { event: eventLabel(event), ...(about && { object: refOf(about) }), plugins };
    const isBackingOff = this.backoffEnd(entry) >= fullSecond(this.#options.now());
    this.#enqueue(entry, isBackingOff ? 'backoff' : 'active', requeue);
  }

  /** A Pod that is held back stays so until something happens that the plugin that holds it asked for. */
  #mayLiftGate({ pod, gated }: QueuedPod, event: ClusterEvent): boolean {
    if (!gated) return true;
    const { plugins } = this.#options.frameworkOf(pod);
    return plugins.some(({ name, queueingHints = [] }) => name === gated.plugin && queueingHints.some(asksFor(event)));
  }

  /** isPodWorthRequeuing: the plugins that refused the Pod and wait for this change. */
  #waitingFor({ pod, rejectedBy }: QueuedPod, event: ClusterEvent): readonly string[] {
    const { frameworkOf, listers } = this.#options;
    const { plugins } = frameworkOf(pod);
    const isWorthTrying = (hint: QueueingHint) =>
      asksFor(event)(hint) && (hint.isWorthTrying?.(pod, event, listers) ?? true);
    const waiting = plugins.filter(
      ({ name, queueingHints = [] }) => rejectedBy.includes(name) && queueingHints.some(isWorthTrying),
    );
    return waiting.map(({ name }) => name);
  }

  /** Moves a Pod on, unless a PreEnqueue plugin holds it back. */
  #enqueue(entry: QueuedPod, place: 'active' | 'backoff', requeue?: Requeue): void {
    const { frameworkOf, listers, ongoing, cause, onGated, onReady } = this.#options;
    const gated = runPreEnqueue(frameworkOf(entry.pod), entry.pod, listers, ongoing);
    const isNew = gated !== undefined && entry.gated?.reasons.join() !== gated.reasons.join();
    entry.gated = gated;
    if (gated) {
      entry.rejectedBy = [...new Set([...entry.rejectedBy, gated.plugin ?? ''])];
      this.#move(entry, 'unschedulable');
      if (isNew) onGated(entry, gated);
      return;
    }
    if (requeue) {
      entry.requeuedBy = requeue;
      entry.cause = cause();
    }
    this.#move(entry, place);
    onReady();
  }

  #move(entry: QueuedPod, place: Place): void {
    if (entry.place === 'unschedulable') this.#unschedulable.delete(entry);
    entry.place = place;
    if (place === 'unschedulable') this.#unschedulable.add(entry);
    if (place === 'active') this.#active.push(entry);
    if (place === 'backoff') this.#backoff.push(entry);
  }
}
