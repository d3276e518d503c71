// One worker a Pod: does one thing after the other with it, never two at a time (pkg/kubelet/pod_workers.go).
import type { Pod } from '../../api/object.ts';
import { nextTick } from '../kernel/durations.ts';
import type { Process, Timer } from '../kernel/kernel.ts';
import { activeDeadline } from './active-deadline.ts';
import { resyncDelay, retryDelay, syncPeriod, syncPhase } from './durations.ts';
import { uidOf } from './pod-names.ts';
import { syncPod, syncTerminatedPod, syncTerminatingPod } from './pod-sync.ts';
import type { KubeletServices } from './services.ts';

type WorkerState = 'syncing' | 'terminating' | 'terminated' | 'finished';

export class PodWorker {
  readonly #services: KubeletServices;
  readonly #onFinished: () => void;
  #pod: Pod;
  #state: WorkerState = 'syncing';
  #pending = false;
  #working = false;
  #lastSync: number | undefined;
  #process: Timer | undefined;
  #requeued: Timer | undefined;
  #deadline: Timer | undefined;

  constructor(services: KubeletServices, pod: Pod, onFinished: () => void) {
    this.#services = services;
    this.#pod = pod;
    this.#onFinished = onFinished;
  }

  /** Whether a container of the Pod may still run. */
  get couldRun(): boolean {
    return this.#state === 'syncing' || this.#state === 'terminating';
  }

  get finished(): boolean {
    return this.#state === 'finished';
  }

  /** The Pod is another one, or something happened to it. */
  update(pod: Pod): void {
    const before = this.#pod;
    this.#pod = pod;
    if (this.#state === 'finished') {
      if (pod.metadata.deletionTimestamp) this.#services.statuses.finish(pod);
      return;
    }
    if (pod.metadata.deletionTimestamp) this.#requestTermination(graceOf(pod) < graceOf(before));
    this.notify();
  }

  /** The Pod is gone from the server: what is left of it on the node goes too. */
  remove(): void {
    if (this.#state === 'finished') return;
    this.#requestTermination(false);
    this.notify();
  }

  /** Looks at the Pod as soon as it can. */
  notify(): void {
    if (this.#state === 'finished') return;
    this.#pending = true;
    this.#next();
  }

  #requestTermination(hurry: boolean): void {
    if (this.#state === 'syncing') this.#state = 'terminating';
    else if (!hurry || this.#state !== 'terminating') return;
    // What is under way is broken off, as by a context that is cancelled.
    if (!this.#process) return;
    this.#process.cancel();
    this.#process = undefined;
    this.#working = false;
    this.#lastSync = this.#services.kernel.now;
  }

  #next(): void {
    if (this.#working || !this.#pending) return;
    this.#working = true;
    this.#pending = false;
    this.#requeued?.cancel();
    if (this.#lastSync === undefined) this.#begin();
    else this.#services.lifecycle.whenNewerThan(this.#lastSync, () => this.#begin());
  }

  #begin(): void {
    this.#process = this.#services.kernel.start(this.#services.participant, this.#work());
  }

  *#work(): Process {
    const podUid = uidOf(this.#pod);
    const runtime = this.#services.lifecycle.get(podUid);
    switch (this.#state) {
      case 'syncing': {
        const { terminal, retry } = yield* syncPod(this.#services, this.#pod, runtime);
        if (terminal) this.#transition('terminating');
        else if (retry) this.#requeue(retryDelay(retry.backOffLeft), true);
        else this.#requeue(resyncDelay, true);
        this.#watchDeadline();
        break;
      }
      case 'terminating':
        yield* syncTerminatingPod(this.#services, this.#pod, runtime);
        this.#transition('terminated');
        break;
      case 'terminated':
        yield* syncTerminatedPod(this.#services, this.#pod);
        this.#finish();
        break;
      case 'finished':
    }
    this.#process = undefined;
    this.#working = false;
    this.#lastSync = this.#services.kernel.now;
    this.#next();
  }

  #finish(): void {
    this.#state = 'finished';
    this.#requeued?.cancel();
    this.#deadline?.cancel();
    this.#onFinished();
  }

  #transition(state: WorkerState): void {
    this.#state = state;
    this.#pending = true;
  }

  /** The sync loop looks once a second which Pods are due. */
  #requeue(delay: number, background: boolean): void {
    const { kernel, participant } = this.#services;
    this.#requeued?.cancel();
    const due = nextTick(kernel.now + delay, syncPeriod, syncPhase);
    this.#requeued = kernel.after(due - kernel.now, participant, () => this.notify(), { background });
  }

  #watchDeadline(): void {
    const { kernel, participant, statuses } = this.#services;
    const deadline = activeDeadline(this.#pod, statuses.get(uidOf(this.#pod)) ?? {});
    if (deadline === undefined || this.#deadline || deadline <= kernel.now) return;
    const due = nextTick(deadline, syncPeriod, syncPhase);
    this.#deadline = kernel.after(due - kernel.now, participant, () => this.notify());
  }
}

const graceOf = ({ metadata }: Pod) => metadata.deletionGracePeriodSeconds ?? Infinity;
