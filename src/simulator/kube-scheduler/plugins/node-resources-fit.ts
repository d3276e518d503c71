// NodeResourcesFit: what the Pod requests must be free on the node; scoring by the strategy LeastAllocated prefers emptier nodes.
import type { DeviceClass, Node, Pod } from '../../../api/object.ts';
import { milliValue, value } from '../../../api/quantity.ts';
import { stateKey } from '../framework/cycle-state.ts';
import { deviceClassesFor } from '../framework/device-classes.ts';
import { NodeInfo } from '../framework/node-info.ts';
import { maxNodeScore, type Plugin } from '../framework/plugin.ts';
import { isSamePod, podInfoOf } from '../framework/pod-info.ts';
import { assumedRequests, podRequests } from '../framework/pod-requests.ts';
import type { Resource } from '../framework/resource.ts';
import type { Status } from '../framework/status.ts';

/** What scoring takes the Pod to request. */
const scoredRequests = stateKey<{ milliCpu: number; memory: number }>('PreScoreNodeResourcesFit');

/** Requested resources that the devices of a class stand behind, if a node has none of its own: DynamicResources' business. */
const deviceClasses = stateKey<ReadonlyMap<string, DeviceClass>>('NodeResourcesFit/deviceClasses');

export const nodeResourcesFit: Plugin = {
  name: 'NodeResourcesFit',

  /** The requests are worked out once for each Pod; what is left is which of them devices may serve. */
  preFilter({ pod, snapshot, state }) {
    if (pod.requests.scalars.size > 0) state.write(deviceClasses, deviceClassesFor(pod.requests, snapshot.listers));
    return undefined;
  },

  filter({ pod, state }, node) {
    return fits(pod.requests, node, state.read(deviceClasses));
  },

  /** Pod-level requests don't count here: the scoring strategy of 1.36 looks at containers only. */
  preScore({ pod, state }) {
    const requests = podRequests(pod.pod, { missing: assumedRequests, skipPodLevel: true });
    const cpu = requests.get('cpu');
    const memory = requests.get('memory');
    state.write(scoredRequests, { milliCpu: cpu ? milliValue(cpu) : 0, memory: memory ? value(memory) : 0 });
    return undefined;
  },

  score({ state }, { allocatable, nonZeroRequested }) {
    const { milliCpu, memory } = state.read(scoredRequests) ?? { milliCpu: 0, memory: 0 };
    const scores = [
      leastAllocated(nonZeroRequested.milliCpu + milliCpu, allocatable.milliCpu),
      leastAllocated(nonZeroRequested.memory + memory, allocatable.memory),
    ].filter((score) => score !== undefined);
    return scores.length === 0 ? 0 : Math.trunc(scores.reduce((sum, score) => sum + score) / scores.length);
  },

  queueingHints: [
    {
      resource: 'Pod',
      actions: ['Delete', 'UpdatePodScaleDown'],
      isWorthTrying(pod, { before, after }) {
        if (after) return isSamePod(after, pod) || freesRequested(pod, before as Pod, after);
        const deleted = before as Pod;
        return Boolean(deleted.spec?.nodeName || deleted.status?.nominatedNodeName);
      },
    },
    {
      resource: 'Node',
      actions: ['Add', 'UpdateNodeAllocatable'],
      isWorthTrying(pod, { before, after }) {
        const { requests } = podInfoOf(pod);
        const now = NodeInfo.of(after as Node);
        if (fits(requests, now)) return false;
        return !before || hasMore(requests, NodeInfo.of(before).allocatable, now.allocatable);
      },
    },
  ],
};

/** leastRequestedScore: the free part of the capacity in percent; undefined where the node has none of the resource. */
function leastAllocated(requested: number, capacity: number): number | undefined {
  if (capacity === 0) return undefined;
  return requested > capacity ? 0 : Math.trunc(((capacity - requested) * maxNodeScore) / capacity);
}

/** fitsRequest: one reason for each resource that is short; unresolvable if the empty node would be too small. */
function fits(
  wanted: Resource,
  { allocatable, requested, pods }: NodeInfo,
  byDevices?: ReadonlyMap<string, DeviceClass>,
): Status | undefined {
  const reasons: string[] = [];
  let isTooSmall = false;
  const check = (name: string, amount: number, capacity: number, used: number) => {
    if (amount === 0 || amount <= capacity - used) return;
    reasons.push(`Insufficient ${name}`);
    if (amount > capacity) isTooSmall = true;
  };
  if (pods.length + 1 > allocatable.pods) reasons.push('Too many pods');
  check('cpu', wanted.milliCpu, allocatable.milliCpu, requested.milliCpu);
  check('memory', wanted.memory, allocatable.memory, requested.memory);
  check('ephemeral-storage', wanted.ephemeralStorage, allocatable.ephemeralStorage, requested.ephemeralStorage);
  for (const [name, amount] of wanted.scalars) {
    if (byDevices?.has(name) && !allocatable.scalars.get(name)) continue;
    check(name, amount, allocatable.scalars.get(name) ?? 0, requested.scalars.get(name) ?? 0);
  }
  if (reasons.length === 0) return undefined;
  return { code: isTooSmall ? 'UnschedulableAndUnresolvable' : 'Unschedulable', reasons };
}

/** haveAnyRequestedResourcesIncreased. */
function hasMore(wanted: Resource, before: Resource, after: Resource): boolean {
  return after.pods > before.pods || isMoreOf(wanted, after, before);
}

/** Whether there is more of any requested resource in `more` than in `less`. */
function isMoreOf(wanted: Resource, more: Resource, less: Resource): boolean {
  return (
    (wanted.milliCpu > 0 && more.milliCpu > less.milliCpu) ||
    (wanted.memory > 0 && more.memory > less.memory) ||
    (wanted.ephemeralStorage > 0 && more.ephemeralStorage > less.ephemeralStorage) ||
    [...wanted.scalars].some(([name, n]) => n > 0 && (more.scalars.get(name) ?? 0) > (less.scalars.get(name) ?? 0))
  );
}

/** isSchedulableAfterPodScaleDown for another Pod: it now requests less of what the Pod wants. */
function freesRequested(pod: Pod, before: Pod, after: Pod): boolean {
  if (!after.spec?.nodeName) return false;
  return isMoreOf(podInfoOf(pod).requests, podInfoOf(before).requests, podInfoOf(after).requests);
}
