// kube-scheduler as it runs: watches the cluster, takes Pods from the queue one by one, and binds each to the node it found.
import { copyWith } from '../../base/copy.ts';
import { refOf, type Pod, type PodCondition } from '../../api/object.ts';
import { invariant } from '../../base/invariant.ts';
import type { Client } from '../client/client.ts';
import type { ComponentContext } from '../client/component.ts';
import { SeriesEventRecorder } from '../client/event-recorder.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { SchedulingDecision } from '../trace.ts';
import type { ClusterCache } from './cluster-cache.ts';
import type { SchedulerSetup } from './configuration/profiles.ts';
import { bindingDelay, conditionDelay, cycleTime, flushInterval, maxInUnschedulable } from './durations.ts';
import { eventNote } from './framework/fit-error.ts';
import type { Binding, Cycle, Framework, WaitingFor } from './framework/plugin.ts';
import { hasPreBind, runBind, runPermit, runReserve, runUnreserve } from './framework/runtime.ts';
import type { Status } from './framework/status.ts';
import { Waits } from './waits.ts';
import { PreemptionExecutor } from './preemption-executor.ts';
import { SchedulingQueue, type QueuedPod } from './scheduling-queue.ts';
import { evaluatePod, type Verdict } from './scheduling-cycle.ts';

/** Takes one of several equally good nodes, in place of the real scheduler's die. */
export type ChooseNode = (pod: Pod, best: readonly string[]) => string | undefined;

/** Why a Pod got no node. */
interface Failure {
  readonly reason: string;
  readonly message: string;
  readonly rejectedBy: readonly string[];
  /** The node that is kept for the Pod from now on, empty for none; undefined: as it was. */
  readonly nominatedNodeName: string | undefined;
}

export const schedulerNameOf = ({ spec }: Pod) => spec?.schedulerName ?? 'default-scheduler';

export class Scheduler {
  readonly queue: SchedulingQueue;
  readonly cache: ClusterCache;
  readonly #setup: SchedulerSetup;
  readonly #kernel: Kernel;
  readonly #client: Client;
  /** By scheduler name: every profile signs with its own. */
  readonly #events: ReadonlyMap<string, SeriesEventRecorder>;
  readonly #choose: ChooseNode | undefined;
  readonly #preemptions: PreemptionExecutor;
  readonly #waits: Waits;
  #isAwake = false;
  /** Where the search for nodes begins the next time, so that every node of a large cluster is looked at now and then. */
  #searchFrom = 0;

  constructor({ kernel, client }: ComponentContext, cache: ClusterCache, setup: SchedulerSetup, choose?: ChooseNode) {
    this.#kernel = kernel;
    this.#client = client;
    this.#setup = setup;
    const names = [...setup.frameworks.keys()];
    this.#events = new Map(
      names.map((component) => [component, new SeriesEventRecorder(kernel, client, { component })]),
    );
    this.#choose = choose;
    this.#waits = new Waits(kernel, client.actor);
    this.#preemptions = new PreemptionExecutor({
      kernel,
      client,
      eventsOf: (pod) => this.#eventsOf(pod),
      onFailure: (pod) => this.queue.forceActivate(pod),
    });
    this.cache = cache;
    this.queue = new SchedulingQueue({
      frameworks: [...setup.frameworks.values()],
      frameworkOf: (pod) => this.#frameworkOf(pod),
      listers: cache.listers,
      ongoing: { isPreempting: (pod) => this.#preemptions.isPreempting(pod) },
      backoff: setup.backoff,
      now: () => kernel.now,
      cause: () => kernel.cause,
      onReady: () => this.#wake(),
      onGated: ({ pod }, gated) => this.#decide(pod, { ...nothingFound, result: 'gated', gated, attempt: 0 }),
    });
  }

  /** Whether a profile bears the scheduler's name that the Pod asks for. Other Pods are left alone. */
  isResponsibleFor(pod: Pod): boolean {
    return this.#setup.frameworks.has(schedulerNameOf(pod));
  }

  #frameworkOf(pod: Pod): Framework {
    const framework = this.#setup.frameworks.get(schedulerNameOf(pod));
    invariant(framework, `no profile for the scheduler ${schedulerNameOf(pod)}`);
    return framework;
  }

  #eventsOf(pod: Pod): SeriesEventRecorder | undefined {
    return this.#events.get(schedulerNameOf(pod));
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
    const framework = this.#frameworkOf(pod);
    const verdict = this.#withRoom(pod, evaluatePod(this.cache, pod, framework, this.#searchFrom, this.#kernel.now));
    const total = this.cache.nodes.length;
    if (total > 0) this.#searchFrom = (this.#searchFrom + (verdict.looked ?? 0)) % total;
    const nodeName = verdict.result === 'scheduled' ? this.#chosen(pod, verdict.best) : undefined;
    const seq = this.#decide(pod, decisionOf(entry, verdict, nodeName));
    this.#kernel.causedBy(seq, () => {
      if (nodeName !== undefined && verdict.cycle) this.#assume(entry, nodeName, verdict.cycle);
      else if (verdict.result === 'unknown') this.#leaveOpen(entry, verdict);
      else this.#fail(entry, this.#failureOf(pod, verdict));
    });
  }

  /** The verdict with the node on which room is to be made, where that would help. */
  #withRoom(pod: Pod, verdict: Verdict): Verdict {
    const { preemption } = verdict;
    const node = preemption && this.#chosen(pod, preemption.nominated);
    if (!preemption || node === undefined) return verdict;
    return { ...verdict, preemption: { ...preemption, node }, nominatedNodeName: node };
  }

  #chosen(pod: Pod, best: readonly string[]): string | undefined {
    const wanted = this.#choose?.(pod, best);
    return wanted !== undefined && best.includes(wanted) ? wanted : best[0];
  }

  /** What a verdict against the Pod leads to; where room can be made, the victims are on their way out from here on. */
  #failureOf(pod: Pod, verdict: Verdict): Failure {
    const { reason = '', message = '', rejectedBy, preemption, nominatedNodeName, effect } = verdict;
    effect?.(this.#client);
    const nodeName = preemption?.node;
    if (nodeName === undefined) return { reason, message, rejectedBy, nominatedNodeName };
    const keys = preemption?.candidates.find(({ node }) => node === nodeName)?.victims ?? [];
    const pods = this.cache.node(nodeName)?.pods ?? [];
    const priority = pod.spec?.priority ?? 0;
    const displaced = this.cache.nominated(nodeName).filter((other) => other.priority < priority);
    this.#preemptions.start({
      preemptor: pod,
      nodeName,
      victims: keys.flatMap((key) => pods.find((info) => info.key === key)?.pod ?? []),
      displaced: displaced.map((info) => info.pod),
    });
    return { reason, message, rejectedBy, nominatedNodeName };
  }

  /** Reserves the node, and binds while the next Pod is looked at. */
  #assume(entry: QueuedPod, nodeName: string, cycle: Cycle): void {
    const { pod } = entry;
    const kernel = this.#kernel;
    const { cache } = this;
    const binding: Binding = {
      client: this.#client,
      cycle,
      pod,
      nodeName,
      timestamp: () => kernel.timestamp(),
      isPodGone: () => !cache.isAssumed(pod),
      announce: (reason, note) => this.#eventsOf(pod)?.event(pod, 'Normal', reason, note, { action: 'Scheduling' }),
    };
    cache.assume(pod, nodeName);
    const refusal = runReserve(binding) ?? runPermit(binding);
    if (refusal) return this.#undo(entry, binding, refusal);
    kernel.after(bindingDelay, this.#client.actor, () => {
      if (hasPreBind(binding)) this.#patchPodStatus(pod, { nominatedNodeName: nodeName });
      this.#bind(entry, binding, runBind(binding));
    });
  }

  /** Goes on with a binding until it waits for others, is done, or fails. */
  #bind(entry: QueuedPod, binding: Binding, work: WaitingFor<Status | undefined>): void {
    const { value: outcome, done } = work.next();
    if (!done) return this.#waits.add(outcome, () => this.#bind(entry, binding, work));
    if (outcome) return this.#undo(entry, binding, outcome);
    const { pod, nodeName } = binding;
    const { namespace, name } = pod.metadata;
    const note = `Successfully assigned ${namespace}/${name} to ${nodeName}`;
    this.#eventsOf(pod)?.event(pod, 'Normal', 'Scheduled', note, { action: 'Binding' });
    this.queue.delete(pod);
  }

  /** Something happened that bindings may wait for: their next look is part of what is going on. */
  awaitBindings(): void {
    this.#waits.expect();
  }

  /** handleBindingCycleError: the node is free again, and the Pod goes back into the queue. */
  #undo(entry: QueuedPod, binding: Binding, { reasons }: Status): void {
    runUnreserve(binding);
    const assumed = this.cache.removePod(entry.pod);
    if (assumed) this.queue.onEvent({ resource: 'AssignedPod', action: 'Delete', before: assumed });
    const message = reasons.join(', ');
    this.#fail(entry, { reason: 'SchedulerError', message, rejectedBy: [], nominatedNodeName: '' });
  }

  #leaveOpen(entry: QueuedPod, { unknown = [] }: Verdict): void {
    const { actor } = this.#client;
    const subject = refOf(entry.pod);
    for (const what of unknown) this.#kernel.record(actor, actor, { type: 'unknown', subject, ...what });
    this.queue.park(entry);
  }

  /** handleSchedulingFailure: back into the queue, an Event, and the condition PodScheduled=False. */
  #fail(entry: QueuedPod, failure: Failure): void {
    const { pod } = entry;
    this.queue.returnFailed(entry, failure.rejectedBy);
    if (entry.place === 'error-backoff') this.#retryAfterBackoff(entry, true);
    if (entry.place === 'unschedulable') this.#retryInTheEnd(entry);
    if (failure.nominatedNodeName !== undefined) this.cache.setNominated(pod, failure.nominatedNodeName);
    this.#warn(pod, failure.message);
    this.#kernel.after(conditionDelay, this.#client.actor, () => this.#patchStatus(pod, failure));
  }

  #warn(pod: Pod, message: string): void {
    this.#eventsOf(pod)?.event(pod, 'Warning', 'FailedScheduling', eventNote(message), { action: 'Scheduling' });
  }

  #patchPodStatus({ metadata }: Pod, status: object): void {
    const { namespace = '', name = '' } = metadata;
    this.#client.patch({ resource: 'pods', namespace, name, subresource: 'status' }, 'strategic', { status });
  }

  /** The condition, and the nomination, as far as they differ from what the Pod had when it was tried. */
  #patchStatus(pod: Pod, { reason, message, nominatedNodeName: nominated }: Failure): void {
    const { generation } = pod.metadata;
    const { conditions = [], nominatedNodeName = '' } = pod.status ?? {};
    const before = conditions.find(({ type }) => type === 'PodScheduled');
    const isSame =
      before?.status === 'False' &&
      before.reason === reason &&
      before.message === message &&
      before.observedGeneration === generation;
    const isNominationSame = nominated === undefined || nominated === nominatedNodeName;
    if (isSame && isNominationSame) return;
    const condition: PodCondition = {
      type: 'PodScheduled',
      status: 'False',
      lastTransitionTime: (before?.status === 'False' && before.lastTransitionTime) || this.#kernel.timestamp(),
      ...(generation !== undefined && { observedGeneration: generation }),
      reason,
      message,
    };
    const status = { conditions: [condition], ...(!isNominationSame && { nominatedNodeName: nominated || null }) };
    this.#patchPodStatus(pod, status);
  }

  /** Tries again when the back-off has ended, if the Pod is still waiting for nothing else. */
  #retryAfterBackoff(entry: QueuedPod, background: boolean): void {
    const { timestamp } = entry;
    const wait = this.queue.flushTime(entry) - this.#kernel.now;
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
  const { rejectedBy: _, nominatedNodeName: __, cycle: ___, effect: ____, ...found } = verdict;
  const { attempts, requeuedBy } = entry;
  return copyWith(found, { ...(node !== undefined && { node }), attempt: attempts, ...(requeuedBy && { requeuedBy }) });
}
