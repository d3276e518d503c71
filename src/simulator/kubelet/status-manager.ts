// Tells kube-apiserver what became of the Pods (pkg/kubelet/status/status_manager.go): keeps the newest status of each, and
// writes it as a patch of what the server has. When a Pod that is to be deleted has ended, its deletion is completed here.
import { copyWith } from '../../base/copy.ts';
import type { Pod, PodCondition, PodStatus } from '../../api/object.ts';
import type { PatchSchema } from '../../api/patch-schema.ts';
import { createTwoWayMergePatch } from '../../api/strategic-merge-diff.ts';
import { deepEqual } from '../../base/json.ts';
import { invariant } from '../../base/invariant.ts';
import type { Client } from '../client/client.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { isOwnCondition } from './conditions.ts';
import { statusDelay } from './durations.ts';
import { endedStatus } from './ended-status.ts';
import { isTerminalPhase } from '../../api/pod-phase.ts';
import { uidOf } from './pod-names.ts';

interface Entry {
  pod: Pod;
  status: PodStatus;
  /** Whether the Pod is ended and everything of it cleared away. */
  finished: boolean;
  scheduled: boolean;
}

interface StatusManagerOptions {
  readonly schema: PatchSchema;
  /** Whether containers of the Pod may still run: then its phase is not yet a final one. */
  readonly couldRun: (podUid: string) => boolean;
}

export class StatusManager {
  readonly #kernel: Kernel;
  readonly #client: Client;
  readonly #options: StatusManagerOptions;
  readonly #entries = new Map<string, Entry>();

  constructor(kernel: Kernel, client: Client, options: StatusManagerOptions) {
    this.#kernel = kernel;
    this.#client = client;
    this.#options = options;
  }

  /** The newest status, written or not. */
  get(podUid: string): PodStatus | undefined {
    return this.#entries.get(podUid)?.status;
  }

  /** Takes over a status that the server has already. */
  accept(pod: Pod): void {
    this.#entries.set(uidOf(pod), { pod, status: pod.status ?? {}, finished: false, scheduled: false });
  }

  set(pod: Pod, status: PodStatus): void {
    this.#store(pod, status, false);
  }

  /** The Pod has ended: no container of it may be told as waiting or running any more (TerminatePod). */
  finish(pod: Pod): void {
    this.#store(pod, endedStatus(pod, this.get(uidOf(pod)) ?? pod.status ?? {}), true);
  }

  forget(podUid: string): void {
    this.#entries.delete(podUid);
  }

  #store(pod: Pod, given: PodStatus, finished: boolean): void {
    const known = this.#entries.get(uidOf(pod));
    const old = known?.status ?? pod.status ?? {};
    const status = this.#dated(given, old);
    if (known && !finished && deepEqual(old, status)) {
      known.pod = pod;
      return;
    }
    const entry = known ?? { pod, status, finished, scheduled: false };
    entry.pod = pod;
    entry.status = status;
    entry.finished ||= finished;
    this.#entries.set(uidOf(pod), entry);
    if (entry.scheduled) return;
    entry.scheduled = true;
    this.#kernel.after(statusDelay, this.#client.actor, () => this.#write(entry));
  }

  /** Conditions keep the time of their last transition, and a Pod its start. */
  #dated(status: PodStatus, old: PodStatus): PodStatus {
    const now = this.#kernel.timestamp();
    const conditions = status.conditions?.map((condition) => {
      if (!isOwnCondition(condition)) return condition;
      const before = old.conditions?.find(({ type }) => type === condition.type);
      const since = before?.status === condition.status ? before.lastTransitionTime : undefined;
      // what has not changed stays the same object, and is quickly compared when the status is written
      return since && before && isSame(before, condition)
        ? before
        : copyWith(condition, { lastTransitionTime: since || now });
    });
    const startTime = old.startTime ?? status.startTime ?? now;
    return copyWith(status, conditions ? { conditions, startTime } : { startTime });
  }

  #write(entry: Entry): void {
    entry.scheduled = false;
    const { metadata } = entry.pod;
    const { namespace = '', name = '', uid } = metadata;
    const target = { resource: 'pods', name, namespace };
    const found = this.#client.get<Pod>(target);
    if (!found.ok || found.object.metadata.uid !== uid) return;
    const before = found.object.status ?? {};
    const after = merged(before, entry.status, this.#options.couldRun(uidOf(entry.pod)));
    const patch = createTwoWayMergePatch({ status: before }, { status: after }, this.#options.schema);
    invariant('value' in patch, 'a status that cannot be patched');
    if ('status' in patch.value) {
      const body = { metadata: { uid }, ...patch.value };
      this.#client.patch<Pod>(copyWith(target, { subresource: 'status' }), 'strategic', body);
    }
    if (entry.finished && found.object.metadata.deletionTimestamp) {
      this.#client.delete(target, { gracePeriodSeconds: 0, ...(uid && { uid }) });
    }
  }
}

/** Whether a condition says the same as before; since when is left out. */
function isSame(before: PodCondition, now: PodCondition): boolean {
  return (
    before.status === now.status &&
    before.reason === now.reason &&
    before.message === now.message &&
    before.observedGeneration === now.observedGeneration &&
    before.lastProbeTime === now.lastProbeTime
  );
}

/** mergePodStatus: the conditions of others stay as the server has them; a final phase waits for the last container. */
function merged(before: PodStatus, status: PodStatus, couldRun: boolean): PodStatus {
  const conditions: PodCondition[] = [
    ...(before.conditions ?? []).filter((condition) => !isOwnCondition(condition)),
    ...(status.conditions ?? []).filter(isOwnCondition),
  ];
  const kept = conditions.length > 0 || before.conditions ? { conditions } : {};
  const held = couldRun && isTerminalPhase(status.phase) && !isTerminalPhase(before.phase);
  if (!held) return copyWith(status, kept);
  const { phase: _phase, reason: _reason, message: _message, ...rest } = status;
  const { phase, reason, message } = before;
  return { ...rest, ...kept, ...(phase && { phase }), ...(reason && { reason }), ...(message && { message }) };
}
