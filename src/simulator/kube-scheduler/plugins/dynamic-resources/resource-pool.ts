// The pools of devices that a node can reach, put together from ResourceSlices
// (k8s.io/dynamic-resource-allocation/structured/internal/incubating/pools_incubating.go).
import { matchesNodeSelector } from '../../../../api/node-selector.ts';
import type { CounterSet, Device, Node, ResourceSlice } from '../../../../api/object.ts';
import { compareBytes } from '../../../../base/order.ts';

/** All devices of a driver under one name. `usable`: its devices may be allocated. */
export interface ResourcePool {
  readonly driver: string;
  readonly name: string;
  readonly state: 'usable' | 'incomplete' | 'invalid';
  /** The slices whose devices the node can reach, by name. */
  readonly slices: readonly ResourceSlice[];
  /** The pool's other slices: their devices consume counters too. Known where the pool has counters. */
  readonly elsewhere: readonly ResourceSlice[];
  readonly counterSets: ReadonlyMap<string, CounterSet>;
}

/** The slices of a cluster, by where they may be of use. */
export class SliceIndex {
  readonly #all: readonly ResourceSlice[];
  readonly #onNode = new Map<string, ResourceSlice[]>();
  readonly #shared: ResourceSlice[] = [];

  constructor(slices: Iterable<ResourceSlice>) {
    this.#all = [...slices];
    for (const slice of this.#all) {
      const { nodeName, sharedCounters = [] } = slice.spec;
      if (!nodeName || sharedCounters.length > 0) {
        this.#shared.push(slice);
        continue;
      }
      const others = this.#onNode.get(nodeName);
      if (others) others.push(slice);
      else this.#onNode.set(nodeName, [slice]);
    }
  }

  /** GatherPools: in the order in which devices are taken from them, those with binding conditions last. */
  poolsFor(node: Node): readonly ResourcePool[] {
    const pools = new Map<string, ResourceSlice[]>();
    for (const slice of this.#onNode.get(node.metadata.name ?? '') ?? [])
      if (isReachable(slice, node)) add(pools, slice);
    for (const slice of this.#shared) if (isReachable(slice, node)) add(pools, slice);
    const found = [...pools.values()].flatMap((slices) => this.#poolOf(slices) ?? []).sort(byDriverAndName);
    return [...found.filter((pool) => !hasBindingConditions(pool)), ...found.filter(hasBindingConditions)];
  }

  /** Undefined: its driver is replacing it, and what replaces it is not for this node. */
  #poolOf(slices: readonly ResourceSlice[]): ResourcePool | undefined {
    const [{ spec } = {}] = slices;
    if (!spec) return undefined;
    const { driver, pool } = spec;
    const id = { driver, name: pool.name };
    if (slices.length === pool.resourceSliceCount) return poolFrom(id, slices, slices);
    const all = this.#all.filter((slice) => slice.spec.driver === driver && slice.spec.pool.name === pool.name);
    if (all.some((slice) => slice.spec.pool.generation > pool.generation)) return undefined;
    const current = all.filter((slice) => slice.spec.pool.generation === pool.generation);
    return current.length === pool.resourceSliceCount
      ? poolFrom(id, slices, current)
      : { ...empty(id), state: 'incomplete' };
  }
}

type PoolId = Pick<ResourcePool, 'driver' | 'name'>;

const noCounters: ReadonlyMap<string, CounterSet> = new Map();
const empty = (id: PoolId): ResourcePool => ({
  ...id,
  state: 'usable',
  slices: [],
  elsewhere: [],
  counterSets: noCounters,
});

const byDriverAndName = (a: PoolId, b: PoolId) => compareBytes(a.driver, b.driver) || compareBytes(a.name, b.name);

const devicesOf = ({ spec }: ResourceSlice): readonly Device[] => spec.devices ?? [];

const hasBindingConditions = ({ slices }: ResourcePool) =>
  slices.some((slice) => devicesOf(slice).some(({ bindingConditions }) => bindingConditions !== undefined));

/** NodeMatches: the node by its name, all nodes, or those of a selector. */
export function isForNode(
  { nodeName, allNodes, nodeSelector }: Pick<Device, 'nodeName' | 'allNodes' | 'nodeSelector'>,
  node: Node,
): boolean {
  if (nodeName) return nodeName === node.metadata.name;
  return allNodes || (nodeSelector !== undefined && matchesNodeSelector(nodeSelector, node));
}

/** Whether the node needs the slice: for devices that it can reach, or for the counters of its pool. */
function isReachable(slice: ResourceSlice, node: Node): boolean {
  const { nodeName, allNodes, nodeSelector, sharedCounters = [], perDeviceNodeSelection } = slice.spec;
  if (sharedCounters.length > 0) return true;
  if (nodeName || allNodes || nodeSelector) return isForNode(slice.spec, node);
  return perDeviceNodeSelection === true && devicesOf(slice).some((device) => isForNode(device, node));
}

/** Only the newest generation of a pool counts. */
function add(pools: Map<string, ResourceSlice[]>, slice: ResourceSlice): void {
  const { driver, pool } = slice.spec;
  const key = `${driver}/${pool.name}`;
  const others = pools.get(key);
  const generation = others?.[0]?.spec.pool.generation ?? -Infinity;
  if (!others || pool.generation > generation) pools.set(key, [slice]);
  else if (pool.generation === generation) others.push(slice);
}

/** buildPool: `all` are the slices of the pool, also those that the node cannot reach. */
function poolFrom(id: PoolId, slices: readonly ResourceSlice[], all: readonly ResourceSlice[]): ResourcePool {
  const invalid: ResourcePool = { ...empty(id), state: 'invalid' };
  const sorted = [...slices].sort((a, b) => compareBytes(a.metadata.name ?? '', b.metadata.name ?? ''));
  const isOfCounters = ({ spec }: ResourceSlice) => (spec.sharedCounters ?? []).length > 0;
  const withDevices = sorted.filter((slice) => !isOfCounters(slice));
  const names = withDevices.flatMap((slice) => devicesOf(slice).map(({ name }) => name));
  if (new Set(names).size < names.length) return invalid;
  const sets = sorted.flatMap(({ spec }) => spec.sharedCounters ?? []);
  const counterSets = new Map(sets.map((set) => [set.name, set]));
  if (counterSets.size < sets.length) return invalid;
  const elsewhere = all.filter((slice) => !slices.includes(slice));
  if (![...sorted, ...elsewhere].every((slice) => consumesKnownCounters(slice, counterSets))) return invalid;
  return { ...id, state: 'usable', slices: withDevices, elsewhere, counterSets };
}

function consumesKnownCounters(slice: ResourceSlice, counterSets: ReadonlyMap<string, CounterSet>): boolean {
  return devicesOf(slice).every(({ consumesCounters = [] }) =>
    consumesCounters.every(({ counterSet, counters = {} }) => {
      const known = counterSets.get(counterSet)?.counters;
      return known !== undefined && Object.keys(counters).every((name) => Object.hasOwn(known, name));
    }),
  );
}
