// A DaemonSet's status (updateDaemonSetStatus).
import type { DaemonSetStatus } from '../../../api/object.ts';
import { count, withoutUndefined } from '../go-status.ts';
import { isPodReady } from '../pod-state.ts';
import { byAge, type Daemons } from './daemons.ts';
import { isUpdated } from './placement.ts';

/** What was counted over the nodes. */
export interface Numbers {
  readonly desired: number;
  current: number;
  misscheduled: number;
  ready: number;
  updated: number;
  available: number;
}

export function numbersOf(daemons: Daemons): Numbers {
  const numbers: Numbers = {
    desired: daemons.desired,
    current: 0,
    misscheduled: 0,
    ready: 0,
    updated: 0,
    available: 0,
  };
  for (const { metadata } of daemons.nodes) {
    const name = metadata.name ?? '';
    const [pod] = [...daemons.on(name)].sort(byAge);
    if (!pod) continue;
    if (!daemons.placement(name).runs) {
      numbers.misscheduled++;
      continue;
    }
    numbers.current++;
    if (isPodReady(pod)) numbers.ready++;
    if (daemons.isAvailable(pod)) numbers.available++;
    if (isUpdated(daemons.daemonSet, pod, daemons.hash)) numbers.updated++;
  }
  return numbers;
}

/** The status to be written, undefined if nothing in it is new. `observes`: whether the sync has seen the present generation through. */
export function statusOf(daemons: Daemons, numbers: Numbers, observes: boolean): DaemonSetStatus | undefined {
  const { metadata, status } = daemons.daemonSet;
  const counts = {
    currentNumberScheduled: numbers.current,
    numberMisscheduled: numbers.misscheduled,
    desiredNumberScheduled: numbers.desired,
    numberReady: numbers.ready,
    updatedNumberScheduled: count(numbers.updated),
    numberAvailable: count(numbers.available),
    numberUnavailable: count(numbers.desired - numbers.available),
  };
  const isSame = (Object.keys(counts) as (keyof typeof counts)[]).every(
    (key) => (counts[key] ?? 0) === (status?.[key] ?? 0),
  );
  const observed = status?.observedGeneration ?? 0;
  const generation = metadata.generation ?? 0;
  if (isSame && observed >= generation) return undefined;
  return withoutUndefined({ ...status, ...counts, ...(observes && { observedGeneration: generation }) });
}
