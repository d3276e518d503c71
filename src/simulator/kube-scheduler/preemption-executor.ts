// Carries out what preemption decided, behind the scheduling cycle: victims are told why, deleted, and an Event tells of it
// (k8s.io/kubernetes/pkg/scheduler/framework/preemption/executor.go; SchedulerAsyncPreemption, on since 1.33).
import { disruptionTarget } from '../../api/disruption-target.ts';
import { keyOf, type Pod } from '../../api/object.ts';
import type { Client } from '../client/client.ts';
import type { SeriesEventRecorder } from '../client/event-recorder.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { preemptionDelay, requestTime } from './durations.ts';

export interface PreemptionPlan {
  readonly preemptor: Pod;
  readonly nodeName: string;
  readonly victims: readonly Pod[];
  /** Waiting Pods of lower priority for which the node was kept: it is kept for them no longer. */
  readonly displaced: readonly Pod[];
}

export interface PreemptionExecutorOptions {
  readonly kernel: Kernel;
  readonly client: Client;
  /** The recorder of the Pod's profile. */
  readonly eventsOf: (pod: Pod) => SeriesEventRecorder | undefined;
  /** The Pod could not be helped: it is to be tried again. */
  readonly onFailure: (preemptor: Pod) => void;
}

export class PreemptionExecutor {
  readonly #options: PreemptionExecutorOptions;
  /** Pods whose victims are still being told. */
  readonly #preempting = new Set<string>();

  constructor(options: PreemptionExecutorOptions) {
    this.#options = options;
  }

  /** IsPodRunningPreemption: such a Pod is not tried again yet. */
  isPreempting(pod: Pod): boolean {
    return this.#preempting.has(keyOf(pod));
  }

  /** Evicts the victims, all but the last one at once. Those that are leaving already are left alone. */
  start({ preemptor, nodeName, victims, displaced }: PreemptionPlan): void {
    const { kernel, client, onFailure } = this.#options;
    const staying = victims.filter(({ metadata }) => !metadata.deletionTimestamp);
    if (staying.length === 0) return;
    const key = keyOf(preemptor);
    this.#preempting.add(key);
    const evictAll = (some: readonly Pod[]) => some.filter((victim) => !this.#evict(victim, preemptor, nodeName));
    const end = (failed: readonly Pod[]) => {
      this.#preempting.delete(key);
      if (failed.length > 0) onFailure(preemptor);
    };
    kernel.after(preemptionDelay, client.actor, () => {
      for (const pod of displaced) this.#clearNomination(pod);
      const failed = evictAll(staying.slice(0, -1));
      if (failed.length > 0) return end(failed);
      kernel.after(requestTime, client.actor, () => end(evictAll(staying.slice(-1))));
    });
  }

  /** PreemptPod; false if the server refused. A victim that is gone is as good as evicted. */
  #evict(victim: Pod, preemptor: Pod, nodeName: string): boolean {
    const { client, eventsOf } = this.#options;
    const { namespace = '', name = '' } = victim.metadata;
    const target = { resource: 'pods', namespace, name };
    const message = `${preemptor.spec?.schedulerName ?? ''}: preempting to accommodate a higher priority pod`;
    const cause = { reason: 'PreemptionByScheduler', message };
    const condition = disruptionTarget(victim, cause, this.#options.kernel.timestamp());
    if (condition) {
      const patch = { status: { conditions: [condition] } };
      const told = client.patch({ ...target, subresource: 'status' }, 'strategic', patch);
      if (!told.ok) return told.code === 404;
    }
    const deleted = client.delete(target);
    if (!deleted.ok) return deleted.code === 404;
    const note = `Preempted by pod ${preemptor.metadata.uid ?? ''} on node ${nodeName}`;
    eventsOf(preemptor)?.event(victim, 'Normal', 'Preempted', note, { action: 'Preempting' });
    return true;
  }

  #clearNomination({ metadata, status }: Pod): void {
    if (!status?.nominatedNodeName) return;
    const { namespace = '', name = '' } = metadata;
    const patch = { status: { nominatedNodeName: null } };
    this.#options.client.patch({ resource: 'pods', namespace, name, subresource: 'status' }, 'strategic', patch);
  }
}
