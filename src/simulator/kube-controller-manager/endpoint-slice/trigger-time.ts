// When the change happened that a slice passes on; kube-proxy measures by it how long the change took to arrive
// (k8s.io/endpointslice v0.36: trigger_time_tracker.go).
import type { Pod, Service } from '../../../api/object.ts';
import { remembering } from '../../../base/remembering.ts';
import { parseTime } from '../../kernel/time.ts';
import { readyCondition } from '../pod-state.ts';

/** Times a sync saw, as they stand in the objects. */
interface Seen {
  readonly service: string | undefined;
  readonly pods: ReadonlyMap<string, string>;
}

export class TriggerTimes {
  readonly #seen = new Map<string, Seen>();

  /** The earliest change since the last sync of the Service, as RFC 3339; undefined if no time tells. */
  next(key: string, service: Service, pods: readonly Pod[]): string | undefined {
    const before = this.#seen.get(key);
    const created = service.metadata.creationTimestamp ?? undefined;
    const times = new Map<string, string>();
    let earliest: string | undefined;
    const consider = (time: string, previous: string | undefined) => {
      if (time === previous || time === earliest) return;
      if (previous !== undefined && at(time) <= at(previous)) return;
      if (earliest === undefined || at(time) < at(earliest)) earliest = time;
    };
    for (const pod of pods) {
      const time = readyCondition(pod)?.lastTransitionTime;
      if (!time) continue;
      const name = pod.metadata.name ?? '';
      times.set(name, time);
      consider(time, before?.pods.get(name));
    }
    if (created !== undefined) consider(created, before?.service);
    this.#seen.set(key, { service: created, pods: times });
    return before ? earliest : created;
  }

  forget(key: string): void {
    this.#seen.delete(key);
  }
}

/** Pods that come up together have few times between them. */
const at = remembering(1_000, (time) => parseTime(time) ?? 0);
