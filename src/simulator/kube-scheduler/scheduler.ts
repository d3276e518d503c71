// kube-scheduler as it runs: watches the cluster, takes Pods from the queue one by one, and binds each to the node it found.
import { refOf, type Pod, type PodCondition } from '../../api/object.ts';
import type { Client } from '../client/client.ts';
import type { ComponentContext } from '../client/component.ts';
import { SeriesEventRecorder } from '../client/event-recorder.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { SchedulingDecision } from '../trace.ts';
import type { ClusterCache } from './cluster-cache.ts';
import { bindingDelay, conditionDelay, cycleTime, flushInterval, maxInUnschedulable } from './durations.ts';
import { CycleState } from './framework/cycle-state.ts';
import { eventNote } from './framework/fit-error.ts';
import { podInfoOf } from './framework/pod-info.ts';
import type { Cycle, Framework } from './framework/plugin.ts';
import { runBind, runPermit, runReserve, runUnreserve } from './framework/runtime.ts';
import type { Status } from './framework/status.ts';
import { SchedulingQueue, type QueuedPod } from './scheduling-queue.ts';
import { evaluatePod, type Verdict } from './scheduling-cycle.ts';

/** Takes one of several equally good nodes, in place of the real scheduler's die. */
export type ChooseNode = (pod: Pod, best: readonly string[]) => string | undefined;

export class Scheduler {
  readonly queue: SchedulingQueue;
  readonly cache: ClusterCache;
  readonly framework: Framework;
  readonly #kernel: Kernel;
  readonly #client: Client;
  readonly #events: SeriesEventRecorder;
  readonly #choose: ChooseNode | undefined;
  #isAwake = false;

  constructor({ kernel, client }: ComponentContext, cache: ClusterCache, framework: Framework, choose?: ChooseNode) {
    this.#kernel = kernel;
    this.#client = client;
    this.#events = new SeriesEventRecorder(kernel, client, { component: framework.schedulerName });
    this.#choose = choose;
    this.cache = cache;
    this.framework = framework;
    this.queue = new SchedulingQueue({
      framework,
      listers: cache.listers,
      now: () => kernel.now,
      cause: () => kernel.cause,
      onReady: () => this.#wake(),
      onGated: ({ pod }, gated) => this.#decide(pod, { ...nothingFound, result: 'gated', gated, attempt: 0 }),
    });
  }

  /** Something happened that may end the reason of an error: the Pods that back off from one are waited for. */
  awaitErrorBackoffs(): void {
    for (const entry of this.queue.errorBackoffs()) this.#retryAfterBackoff(entry, false);
  }

  #wake(): void {
    if (this.#isAwake) return;
    this.#isAwake = true;
    this.#kernel.after(cycleTime, this.#client.actor, () => {
      this.#isAwake = false;
      const entry = this.queue.pop();
      if (entry) this.#causedBy(entry.cause, () => this.#schedule(entry));
      if (this.queue.hasReady) this.#wake();
    });
  }

  #causedBy(cause: number | undefined, work: () => void): void {
    if (cause === undefined) work();
    else this.#kernel.causedBy(cause, work);
  }

  /** Records a decision; what follows from it is caused by it. */
  #decide(pod: Pod, decision: SchedulingDecision): number {
    const { actor } = this.#client;
    return this.#kernel.record(actor, actor, { type: 'decision', subject: refOf(pod), decision });
  }

  #schedule(entry: QueuedPod): void {
    const { pod } = entry;
    const { namespace, name, deletionTimestamp } = pod.metadata;
    if (deletionTimestamp) {
      this.#warn(pod, `skip schedule deleting pod: ${namespace}/${name}`);
      return;
    }
    if (this.cache.isAssumed(pod)) return;
    entry.attempts++;
    const verdict = evaluatePod(this.cache, pod, this.framework);
    const nodeName = this.#chosen(pod, verdict);
    const seq = this.#decide(pod, decisionOf(entry, verdict, nodeName));
    this.#kernel.causedBy(seq, () => {
      if (nodeName !== undefined) this.#assume(entry, nodeName);
      else if (verdict.result === 'unknown') this.#leaveOpen(entry, verdict);
      else this.#fail(entry, verdict.reason ?? '', verdict.message ?? '', verdict.rejectedBy);
    });
  }

  #chosen(pod: Pod, { result, best }: Verdict): string | undefined {
    if (result !== 'scheduled') return undefined;
    const wanted = this.#choose?.(pod, best);
    return wanted !== undefined && best.includes(wanted) ? wanted : best[0];
  }

  /** Reserves the node, and binds while the next Pod is looked at. */
  #assume(entry: QueuedPod, nodeName: string): void {
    const { pod } = entry;
    const cycle: Cycle = {
      framework: this.framework,
      snapshot: this.cache,
      pod: podInfoOf(pod),
      state: new CycleState(),
    };
    this.cache.assume(pod, nodeName);
    const refusal = runReserve(cycle, nodeName) ?? runPermit(cycle, nodeName);
    if (refusal) return this.#undo(cycle, entry, nodeName, refusal);
    this.#kernel.after(bindingDelay, this.#client.actor, () => {
      const failure = runBind(this.framework, { client: this.#client, pod, nodeName });
      if (failure) return this.#undo(cycle, entry, nodeName, failure);
      const { namespace, name } = pod.metadata;
      const note = `Successfully assigned ${namespace}/${name} to ${nodeName}`;
      this.#events.event(pod, 'Normal', 'Scheduled', note, { action: 'Binding' });
      this.queue.delete(pod);
    });
  }

  /** handleBindingCycleError: the node is free again, and the Pod goes back into the queue. */
  #undo(cycle: Cycle, entry: QueuedPod, nodeName: string, { reasons }: Status): void {
    runUnreserve(cycle, nodeName);
    const assumed = this.cache.removePod(entry.pod);
    if (assumed) this.queue.onEvent({ resource: 'AssignedPod', action: 'Delete', before: assumed });
    this.#fail(entry, 'SchedulerError', reasons.join(', '), []);
  }

  #leaveOpen(entry: QueuedPod, { unknown = [] }: Verdict): void {
    const { actor } = this.#client;
    const subject = refOf(entry.pod);
    for (const what of unknown) this.#kernel.record(actor, actor, { type: 'unknown', subject, ...what });
    this.queue.park(entry);
  }

  /** handleSchedulingFailure: back into the queue, an Event, and the condition PodScheduled=False. */
  #fail(entry: QueuedPod, reason: string, message: string, rejectedBy: readonly string[]): void {
    this.queue.returnFailed(entry, rejectedBy);
    if (entry.place === 'error-backoff') this.#retryAfterBackoff(entry, true);
    if (entry.place === 'unschedulable') this.#retryInTheEnd(entry);
    this.#warn(entry.pod, message);
    this.#kernel.after(conditionDelay, this.#client.actor, () => this.#patchCondition(entry.pod, reason, message));
  }

  #warn(pod: Pod, message: string): void {
    this.#events.event(pod, 'Warning', 'FailedScheduling', eventNote(message), { action: 'Scheduling' });
  }

  #patchCondition(pod: Pod, reason: string, message: string): void {
    const { namespace = '', name = '', generation } = pod.metadata;
    const { conditions = [], nominatedNodeName } = pod.status ?? {};
    const before = conditions.find(({ type }) => type === 'PodScheduled');
    const isSame =
      before?.status === 'False' &&
      before.reason === reason &&
      before.message === message &&
      before.observedGeneration === generation;
    if (isSame && !nominatedNodeName) return;
    const condition: PodCondition = {
      type: 'PodScheduled',
      status: 'False',
      lastTransitionTime: (before?.status === 'False' && before.lastTransitionTime) || this.#kernel.timestamp(),
      ...(generation !== undefined && { observedGeneration: generation }),
      reason,
      message,
    };
    const status = { conditions: [condition], ...(nominatedNodeName && { nominatedNodeName: null }) };
    this.#client.patch({ resource: 'pods', namespace, name, subresource: 'status' }, 'strategic', { status });
  }

  /** Tries again when the back-off has ended, if the Pod is still waiting for nothing else. */
  #retryAfterBackoff(entry: QueuedPod, background: boolean): void {
    const { timestamp } = entry;
    const wait = Math.max(this.queue.backoffEnd(entry) - this.#kernel.now, 0);
    const retry = () => {
      const isWaiting = entry.place === 'error-backoff' && entry.timestamp === timestamp;
      if (isWaiting) this.queue.activate(entry, 'BackoffComplete');
    };
    this.#kernel.after(wait, this.#client.actor, retry, { background });
  }

  /** Tries again although nothing happened: no Pod waits for more than five minutes, looked after twice a minute. */
  #retryInTheEnd(entry: QueuedPod): void {
    const { timestamp } = entry;
    const end = Math.ceil((timestamp + maxInUnschedulable + 1) / flushInterval) * flushInterval;
    const retry = () => {
      const isWaiting = entry.place === 'unschedulable' && entry.timestamp === timestamp;
      if (isWaiting) this.queue.activate(entry, 'UnschedulableTimeout');
    };
    this.#kernel.after(end - this.#kernel.now, this.#client.actor, retry, { background: true });
  }
}

const nothingFound = { type: 'scheduling', best: [], nodes: {}, skipped: [], preFilter: [] } as const;

function decisionOf(entry: QueuedPod, verdict: Verdict, node: string | undefined): SchedulingDecision {
  const { rejectedBy: _, ...found } = verdict;
  const { attempts, requeuedBy } = entry;
  return { ...found, ...(node !== undefined && { node }), attempt: attempts, ...(requeuedBy && { requeuedBy }) };
}
