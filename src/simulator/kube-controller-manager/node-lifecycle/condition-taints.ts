// What a Node says of itself keeps Pods away: conditions and `unschedulable` become taints with the effect NoSchedule
// (doNoScheduleTaintingPass of k8s.io/kubernetes/pkg/controller/nodelifecycle, v1.36).
import type { Node, Taint } from '../../../api/object.ts';
import { withoutTaints } from './taints.ts';

export const notReadyKey = 'node.kubernetes.io/not-ready';
export const unreachableKey = 'node.kubernetes.io/unreachable';
const unschedulableKey = 'node.kubernetes.io/unschedulable';

/** Condition, its status → the key of the taint. */
const taintKeys: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Ready: { False: notReadyKey, Unknown: unreachableKey },
  MemoryPressure: { True: 'node.kubernetes.io/memory-pressure' },
  DiskPressure: { True: 'node.kubernetes.io/disk-pressure' },
  NetworkUnavailable: { True: 'node.kubernetes.io/network-unavailable' },
  PIDPressure: { True: 'node.kubernetes.io/pid-pressure' },
};

const ownKeys = new Set([unschedulableKey, ...Object.values(taintKeys).flatMap((keys) => Object.values(keys))]);

/** What is missing, and what has no reason any more. */
export function conditionTaints({ spec = {}, status }: Node): { add: Taint[]; remove: Taint[] } {
  const wanted: Taint[] = [];
  for (const { type, status: value } of status?.conditions ?? []) {
    const key = taintKeys[type]?.[value];
    if (key) wanted.push({ key, effect: 'NoSchedule' });
  }
  if (spec.unschedulable) wanted.push({ key: unschedulableKey, effect: 'NoSchedule' });
  const present = (spec.taints ?? []).filter(({ key, effect }) => effect === 'NoSchedule' && ownKeys.has(key));
  return { add: withoutTaints(wanted, present), remove: withoutTaints(present, wanted) };
}
