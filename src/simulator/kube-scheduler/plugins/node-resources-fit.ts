// NodeResourcesFit: what the Pod requests must be free on the node; scoring prefers emptier nodes, or fuller ones, by the
// strategy of the configuration.
import type { DeviceClass, Node, Pod } from '../../../api/object.ts';
import { stateKey } from '../framework/cycle-state.ts';
import { deviceClassesFor, implicitResource } from '../framework/device-classes.ts';
import { NodeInfo } from '../framework/node-info.ts';
import type { Cycle, Plugin, QueueingHint } from '../framework/plugin.ts';
import { argumentsOf, type NodeResourcesFitArgs } from '../framework/plugin-args.ts';
import { isSamePod, podInfoOf, type PodInfo } from '../framework/pod-info.ts';
import { isBeyondCounting, isExtendedResource, wrapsAround, type Resource } from '../framework/resource.ts';
import type { Status } from '../framework/status.ts';
import { requestsInOrder, scorerOf } from './resource-allocation.ts';

/** What scoring takes the Pod to request, in the order of the strategy. */
const scoredRequests = stateKey<readonly number[]>('PreScoreNodeResourcesFit');

/** Requested resources that the devices of a class stand behind, if a node has none of its own: DynamicResources' business. */
const deviceClasses = stateKey<ReadonlyMap<string, DeviceClass>>('NodeResourcesFit/deviceClasses');

/** Whether a resource of a node is left to others: for those who ask afterwards. */
const leftToOthers = stateKey<(name: string, node: NodeInfo) => boolean>('NodeResourcesFit/leftToOthers');

/** Of a resource that does not suffice. Amounts as the scheduler counts them: cpu in thousandths, all else in whole units. */
export interface Shortage {
  readonly resource: string;
  readonly asks: number;
  readonly free: number;
  readonly capacity: number;
}

const queueingHints: readonly QueueingHint[] = [
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
    isWorthTrying(pod, { before, after }, listers) {
      const { requests } = podInfoOf(pod);
      const now = NodeInfo.of(after as Node);
      const isByDevices = servedByDevices(deviceClassesFor(requests, listers), now);
      if (fits(requests, now, isByDevices)) return false;
      if (!before || [...requests.scalars.keys()].some(isByDevices)) return true;
      return hasMore(requests, NodeInfo.of(before).allocatable, now.allocatable);
    },
  },
  {
    resource: 'DeviceClass',
    actions: ['Add', 'Update'],
    isWorthTrying: (pod, { before, after }) =>
      isClassWorthTrying(pod, before as DeviceClass | undefined, after as DeviceClass),
  },
];

/** isSchedulableAfterDeviceClassEvent: the class has come, or has taken the name, of a resource that the Pod requests. */
function isClassWorthTrying(pod: Pod, before: DeviceClass | undefined, { metadata, spec }: DeviceClass): boolean {
  const { extendedResourceName: name } = spec;
  const wants = (resource: string) => podInfoOf(pod).requests.scalars.has(resource);
  if (before && (before.spec.extendedResourceName ?? '') === (name ?? '')) return false;
  return (!before && wants(implicitResource(metadata.name ?? ''))) || (name !== undefined && wants(name));
}

/** Resources that the devices of a class serve, because the node has none of its own. */
const servedByDevices =
  (classes: ReadonlyMap<string, DeviceClass> | undefined, { allocatable }: NodeInfo) =>
  (name: string): boolean =>
    classes?.has(name) === true && !allocatable.scalars.get(name);

export const nodeResourcesFit = withArguments(argumentsOf('NodeResourcesFit'));

function withArguments(args: NodeResourcesFitArgs): Plugin {
  const { scoringStrategy } = args;
  const { resources } = scoringStrategy;
  const score = scorerOf(scoringStrategy);
  const isIgnored = ignores(args);
  return {
    name: 'NodeResourcesFit',
    configured: (given) => withArguments(given as NodeResourcesFitArgs),

    /** The requests are worked out once for each Pod; what is left is which of them devices may serve. */
    preFilter({ pod, snapshot, state }) {
      if (pod.requests.scalars.size === 0) return undefined;
      const classes = deviceClassesFor(pod.requests, snapshot.listers);
      state.write(deviceClasses, classes);
      state.write(leftToOthers, (name, node) => isIgnored(name) || servedByDevices(classes, node)(name));
      return undefined;
    },

    filter({ pod, state }, node) {
      const isByDevices = servedByDevices(state.read(deviceClasses), node);
      return fits(pod.requests, node, (name) => isIgnored(name) || isByDevices(name));
    },

    /** Pod-level requests don't count here: the scoring strategy of 1.36 looks at containers only. */
    preScore({ pod, state }) {
      state.write(scoredRequests, requestsInOrder(resources, pod.scoredAmounts));
      return undefined;
    },

    score({ state }, node) {
      return score(state.read(scoredRequests) ?? [], node);
    },

    queueingHints,

    /** What is merely too large to be counted exactly is too large for every node that can be counted. */
    unmodelled({ pod, snapshot }) {
      const isLost = (node: NodeInfo) =>
        node.isBeyondCounting && (isBeyondCounting(node.allocatable) || runsOver(node.pods));
      if (snapshot.nodes.some(isLost)) return [{ reason: beyondCounting }];
      return isBeyondCounting(pod.requests) && wrapsAround(pod.amounts)
        ? [{ path: 'spec.containers', reason: beyondCounting }]
        : [];
    },
  };
}

/** The scheduler's own sums run over at such sizes. */
const beyondCounting = 'amounts of a resource beyond 2^53 are not modelled';

/** Whether the requests of Pods may come to more than an int64 holds. */
function runsOver(pods: readonly PodInfo[]): boolean {
  const huge = pods.filter(({ requests }) => isBeyondCounting(requests));
  return huge.length > 1 || huge.some(({ amounts }) => wrapsAround(amounts));
}

/** Extended resources that the filter does not look at: by name, or by what stands before the slash. */
function ignores({ ignoredResources = [], ignoredResourceGroups = [] }: NodeResourcesFitArgs) {
  return (name: string) =>
    isExtendedResource(name) &&
    (ignoredResources.includes(name) || ignoredResourceGroups.includes(name.slice(0, name.indexOf('/'))));
}

type IsOthers = (name: string) => boolean;

/** fitsRequest: one reason for each resource that is short; unresolvable if the empty node would be too small. */
function fits(wanted: Resource, node: NodeInfo, isOthers?: IsOthers): Status | undefined {
  const lacking = shortages(wanted, node, isOthers);
  if (lacking.length === 0) return undefined;
  const isTooSmall = lacking.some(({ resource, asks, capacity }) => resource !== 'pods' && asks > capacity);
  return {
    code: isTooSmall ? 'UnschedulableAndUnresolvable' : 'Unschedulable',
    reasons: lacking.map(({ resource }) => (resource === 'pods' ? 'Too many pods' : `Insufficient ${resource}`)),
  };
}

/** What does not suffice for the Pod of a cycle. */
export function shortagesOf({ pod, state }: Cycle, node: NodeInfo): readonly Shortage[] {
  const isLeft = state.read(leftToOthers);
  return shortages(pod.requests, node, isLeft && ((name) => isLeft(name, node)));
}

const enough: readonly Shortage[] = [];

/** What does not suffice of what the node has, in the order of the scheduler; `pods` for a place. */
function shortages(
  wanted: Resource,
  { allocatable, requested, pods }: NodeInfo,
  isOthers?: IsOthers,
): readonly Shortage[] {
  let lacking: Shortage[] | undefined;
  const check = (resource: string, asks: number, capacity: number, used: number) => {
    if (asks > 0 && asks > capacity - used) (lacking ??= []).push({ resource, asks, free: capacity - used, capacity });
  };
  check('pods', 1, allocatable.pods, pods.length);
  check('cpu', wanted.milliCpu, allocatable.milliCpu, requested.milliCpu);
  check('memory', wanted.memory, allocatable.memory, requested.memory);
  check('ephemeral-storage', wanted.ephemeralStorage, allocatable.ephemeralStorage, requested.ephemeralStorage);
  for (const [name, amount] of wanted.scalars) {
    if (isOthers?.(name)) continue;
    check(name, amount, allocatable.scalars.get(name) ?? 0, requested.scalars.get(name) ?? 0);
  }
  return lacking ?? enough;
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
