// The Pod lifecycle event generator: once a second the runtime is looked at, and what differs wakes the Pod workers
// (pkg/kubelet/pleg/generic.go). What a worker knows of the runtime is what the last look saw.
import { nextTick } from '../kernel/durations.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Participant } from '../trace.ts';
import type { ContainerRuntime, RuntimePodStatus } from './containerd/cri.ts';
import { relistPeriod, relistPhase } from './durations.ts';

/** What one look found different about a Pod. Its worker hears of it once, however much that is. */
export interface LifecycleChange {
  readonly podUid: string;
  /** Sandboxes and containers that no longer run. */
  readonly died: readonly string[];
}

interface Item {
  readonly id: string;
  readonly runs: boolean;
}

const nothing: RuntimePodStatus = { sandboxes: [], containers: [] };

/** Looks are made only when something changed or somebody waits for one: the others would see nothing. */
export class LifecycleEventGenerator {
  readonly #kernel: Kernel;
  readonly #participant: Participant;
  readonly #runtime: ContainerRuntime;
  readonly #onChange: (change: LifecycleChange) => void;
  readonly #seen = new Map<string, RuntimePodStatus>();
  readonly #changed = new Set<string>();
  #waiting: (() => void)[] = [];
  #scheduled = false;
  #lastLook = -1;

  constructor(
    kernel: Kernel,
    participant: Participant,
    runtime: ContainerRuntime,
    onChange: (change: LifecycleChange) => void,
  ) {
    this.#kernel = kernel;
    this.#participant = participant;
    this.#runtime = runtime;
    this.#onChange = onChange;
  }

  /** Something in the Pod is not as it was. */
  changed(podUid: string): void {
    this.#changed.add(podUid);
    this.#schedule();
  }

  /** The Pod as the last look saw it. */
  get(podUid: string): RuntimePodStatus {
    return this.#seen.get(podUid) ?? nothing;
  }

  /** Calls back when there is a look newer than a moment; at once if there is one. */
  whenNewerThan(time: number, callback: () => void): void {
    // a look that was not made, at a tick before, would have seen nothing new
    const lastTick = nextTick(this.#kernel.now - 1, relistPeriod, relistPhase) - relistPeriod;
    if (Math.max(this.#lastLook, lastTick) > time) {
      callback();
      return;
    }
    this.#waiting.push(callback);
    this.#schedule();
  }

  /** Takes what runs as seen, without telling anybody. */
  accept(podUid: string): void {
    this.#seen.set(podUid, this.#runtime.podStatus(podUid));
    this.#changed.delete(podUid);
  }

  forget(podUid: string): void {
    this.#seen.delete(podUid);
    this.#changed.delete(podUid);
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    const { now } = this.#kernel;
    this.#kernel.after(nextTick(now, relistPeriod, relistPhase) - now, this.#participant, () => this.#look());
  }

  #look(): void {
    this.#scheduled = false;
    this.#lastLook = this.#kernel.now;
    const changed = [...this.#changed];
    this.#changed.clear();
    const changes = changed.flatMap((podUid) => this.#compare(podUid) ?? []);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const change of changes) this.#onChange(change);
    for (const callback of waiting) callback();
  }

  /** A sandbox or container that runs now, or no longer, is a change; one that is cleared away is none. */
  #compare(podUid: string): LifecycleChange | undefined {
    const before = this.get(podUid);
    const after = this.#runtime.podStatus(podUid);
    this.#seen.set(podUid, after);
    const ran = new Map(items(before).map(({ id, runs }) => [id, runs]));
    const changed = items(after).filter(({ id, runs }) => ran.get(id) !== runs);
    const died = changed.filter(({ runs }) => !runs).map(({ id }) => id);
    return changed.length > 0 ? { podUid, died } : undefined;
  }
}

/** Sandboxes are containers to the generator; a container that is only created is not one yet. */
function items({ sandboxes, containers }: RuntimePodStatus): Item[] {
  return [
    ...containers
      .filter(({ state }) => state !== 'created')
      .map(({ id, state }) => ({ id, runs: state === 'running' })),
    ...sandboxes.map(({ id, ready }) => ({ id, runs: ready })),
  ];
}
