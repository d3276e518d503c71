// The Pods that wait for a node: those to be tried next, those backing off, and those for which something has to change first
// (k8s.io/kubernetes/pkg/scheduler/backend/queue, with queueing hints and popping from the back-off queue, the defaults of 1.36).
import { keyOf, type Pod } from '../../api/object.ts';
import type { PluginStatus } from '../trace.ts';
import { initialBackoff, maxBackoff } from './durations.ts';
import { eventLabel, podChanges, type ClusterEvent } from './framework/cluster-event.ts';
import type { Framework, Plugin } from './framework/plugin.ts';
import { runPreEnqueue } from './framework/runtime.ts';
import type { Listers } from './framework/snapshot.ts';
import { Heap } from './heap.ts';

/**
 * Where a Pod is: to be tried next (`active`), waiting for its back-off (`backoff`, `error-backoff`), for a change
 * (`unschedulable`), out because nothing can be said about it (`parked`), or being tried or gone (`none`).
 */
export type Place = 'active' | 'backoff' | 'error-backoff' | 'unschedulable' | 'parked' | 'none';

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
  rejectedBy: readonly string[];
  gated: PluginStatus | undefined;
  /** What moved it back into the queue. */
  requeuedBy: string | undefined;
  /** The trace entry that brought it (back) into the queue. */
  cause: number | undefined;
}

export interface QueueOptions {
  readonly framework: Framework;
  readonly listers: Listers;
  readonly now: () => number;
  readonly cause: () => number | undefined;
  /** A Pod can be tried. */
  readonly onReady: () => void;
  /** A PreEnqueue plugin holds the Pod back. */
  readonly onGated: (entry: QueuedPod, status: PluginStatus) => void;
}

export class SchedulingQueue {
  readonly #options: QueueOptions;
  readonly #plugins: ReadonlyMap<string, Plugin>;
  readonly #entries = new Map<string, QueuedPod>();
  readonly #unschedulable = new Set<QueuedPod>();
  readonly #active: Heap<QueuedPod>;
  readonly #backoff: Heap<QueuedPod>;
  #order = 0;

  constructor(options: QueueOptions) {
    this.#options = options;
    this.#plugins = new Map(options.framework.plugins.map((plugin) => [plugin.name, plugin]));
    const [sort] = options.framework.queueSort;
    const before = (a: QueuedPod, b: QueuedPod) => (sort?.queueSort(a, b) || a.order - b.order) < 0;
    const endsBefore = (a: QueuedPod, b: QueuedPod) => {
      const difference = this.backoffEnd(a) - this.backoffEnd(b);
      return difference === 0 ? before(a, b) : difference < 0;
    };
    this.#active = new Heap(before, ({ place }) => place === 'active');
    this.#backoff = new Heap(endsBefore, ({ place }) => place === 'backoff');
  }

  /** Takes in a new Pod. */
  add(pod: Pod): void {
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
  }

  /** A waiting Pod changed; the change may be the one it waits for. */
  update(before: Pod, after: Pod): void {
    const entry = this.#entries.get(keyOf(after));
    if (!entry) return this.add(after);
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

  /** MoveAllToActiveOrBackoffQueue: a change of the cluster, told to every Pod that waits for one. */
  onEvent(event: ClusterEvent): void {
    for (const entry of [...this.#unschedulable]) this.#requeueIfWorth(entry, event);
  }

  /** Whether a Pod is backing off from an error; only time moves it on. */
  *errorBackoffs(): Generator<QueuedPod> {
    for (const entry of this.#entries.values()) if (entry.place === 'error-backoff') yield entry;
  }

  /** Puts a Pod among those to be tried next, unless a PreEnqueue plugin holds it back. */
  activate(entry: QueuedPod, requeuedBy?: string): void {
    const { framework, listers, cause, onGated, onReady } = this.#options;
    const gated = runPreEnqueue(framework, entry.pod, listers);
    const isNew = gated !== undefined && entry.gated?.reasons.join() !== gated.reasons.join();
    entry.gated = gated;
    if (gated) {
      entry.rejectedBy = gated.plugin ? [gated.plugin] : [];
      this.#move(entry, 'unschedulable');
      if (isNew) onGated(entry, gated);
      return;
    }
    if (requeuedBy) {
      entry.requeuedBy = requeuedBy;
      entry.cause = cause();
    }
    this.#move(entry, 'active');
    onReady();
  }

  /** When the back-off of a Pod ends: 1 s after its first failure, doubled with each further one, 10 s at most. */
  backoffEnd({ refusals, errors, timestamp }: QueuedPod): number {
    const failures = errors > 0 ? errors : refusals;
    return failures === 0 ? 0 : timestamp + Math.min(initialBackoff * 2 ** (failures - 1), maxBackoff);
  }

  #requeueIfWorth(entry: QueuedPod, event: ClusterEvent): void {
    if (entry.place !== 'unschedulable' || !this.#isWorthTrying(entry, event)) return;
    if (this.backoffEnd(entry) < this.#options.now()) return this.activate(entry, eventLabel(event));
    entry.requeuedBy = eventLabel(event);
    entry.cause = this.#options.cause();
    this.#move(entry, 'backoff');
    this.#options.onReady();
  }

  /** isPodWorthRequeuing: a plugin that refused the Pod waits for this change. */
  #isWorthTrying({ pod, rejectedBy }: QueuedPod, event: ClusterEvent): boolean {
    return rejectedBy.some((name) =>
      this.#plugins.get(name)?.queueingHints?.some(({ resource, actions, isWorthTrying }) => {
        const isMeant = resource === event.resource || (resource === 'Pod' && event.resource.endsWith('Pod'));
        // `Update` asks for every update; an update without a name of its own is told only to who asks so.
        const isAsked =
          actions.includes(event.action) || (actions.includes('Update') && event.action.startsWith('Update'));
        return isMeant && isAsked && (isWorthTrying?.(pod, event) ?? true);
      }),
    );
  }

  #move(entry: QueuedPod, place: Place): void {
    if (entry.place === 'unschedulable') this.#unschedulable.delete(entry);
    entry.place = place;
    if (place === 'unschedulable') this.#unschedulable.add(entry);
    if (place === 'active') this.#active.push(entry);
    if (place === 'backoff') this.#backoff.push(entry);
  }
}
