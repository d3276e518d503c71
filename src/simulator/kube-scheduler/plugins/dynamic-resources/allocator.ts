// Finds devices for ResourceClaims on a node (k8s.io/dynamic-resource-allocation/structured/internal/incubating).
import type { DeviceClass, Node, ResourceResourceClaim, ResourceSlice } from '../../../../api/object.ts';
import type { Lister } from '../../framework/lister.ts';
import { deviceId, type AllocatedDevices } from './allocated-devices.ts';
import {
  AllocationError,
  candidatesOf,
  maxDevices,
  type Candidate,
  type ClaimAllocation,
  type PreparedAsk,
  type PreparedClaim,
  type SearchContext,
} from './allocation.ts';
import { constraintOf } from './claim-constraint.ts';
import { hasCapacity } from './consumable-capacity.ts';
import { asksOf, claimText, requestsOf, type Ask } from './device-request.ts';
import { DeviceSearch } from './device-search.ts';
import { matchDevice } from './device-selector.ts';
import { isForNode, SliceIndex, type ResourcePool } from './resource-pool.ts';
import { AvailableCounters } from './shared-counters.ts';

export class Allocator implements SearchContext {
  readonly allocated: AllocatedDevices;
  readonly counters: AvailableCounters;
  readonly #slices: SliceIndex;
  readonly #classes: Lister<DeviceClass>;

  constructor(allocated: AllocatedDevices, classes: Lister<DeviceClass>, slices: Iterable<ResourceSlice>) {
    this.allocated = allocated;
    this.#classes = classes;
    this.#slices = new SliceIndex(slices);
    this.counters = new AvailableCounters(({ driver, name }, device) => {
      const id = deviceId(driver, name, device.name);
      return allocated.dedicated.has(id) || allocated.shared.has(id);
    });
  }

  /** The first devices that will do for all claims, or undefined. Throws AllocationError. */
  allocate(node: Node, claims: readonly ResourceResourceClaim[]): readonly ClaimAllocation[] | undefined {
    const pools = this.#slices.poolsFor(node);
    const prepared = claims.map((claim) => this.#prepare(claim, pools, node));
    const found = new DeviceSearch(this, node, pools, prepared).run();
    if (!found && pools.some(({ state }) => state === 'invalid')) {
      throw new AllocationError('invalid resource pools were encountered', 'unfit');
    }
    return found;
  }

  /** The devices in reach of the node that a class selects, whoever has them. */
  ofClass(className: string, node: Node): readonly Candidate[] {
    const selectors = this.#classes.get(className)?.spec.selectors;
    const isSelected = ({ device, pool, slice }: Candidate) =>
      (!slice.spec.perDeviceNodeSelection || isForNode(device, node)) &&
      (selectors ?? []).every(({ cel }) => {
        const match = matchDevice(cel?.expression ?? '', pool.driver, device);
        return 'matches' in match && match.matches;
      });
    return this.#slices
      .poolsFor(node)
      .flatMap((pool) => [...candidatesOf(pool)])
      .filter(isSelected);
  }

  #prepare(claim: ResourceResourceClaim, pools: readonly ResourcePool[], node: Node): PreparedClaim {
    const requests = requestsOf(claim).map((request) =>
      asksOf(request).map((ask) => this.#prepareAsk(claim, ask, pools, node)),
    );
    const least = requests.reduce((sum, asks) => sum + Math.min(...asks.map(({ devices }) => devices)), 0);
    if (least > maxDevices) {
      throw new AllocationError(
        `claim ${claimText(claim)}: number of requested devices ${least} exceeds the claim limit of ${maxDevices}`,
      );
    }
    const constraints = (claim.spec.devices.constraints ?? []).map((given, i) => {
      const constraint = constraintOf(given);
      if (constraint) return constraint;
      const text = `constraint #${i}: empty constraint (unsupported constraint type?)`;
      throw new AllocationError(`claim ${claimText(claim)}, ${text}`);
    });
    return { claim, requests, constraints };
  }

  /** validateDeviceRequest. */
  #prepareAsk(claim: ResourceResourceClaim, ask: Ask, pools: readonly ResourcePool[], node: Node): PreparedAsk {
    const fail = (text: string) => new AllocationError(`claim ${claimText(claim)}, request ${ask.name}${text}`);
    const unreadable = ask.selectors.findIndex(({ cel }) => !cel);
    if (unreadable >= 0) throw fail(`, selector #${unreadable}: CEL expression empty (unsupported selector type?)`);
    const { deviceClassName, allocationMode, count } = ask;
    if (!deviceClassName) throw fail(': missing device class name (unsupported request type?)');
    const deviceClass = this.#classes.get(deviceClassName);
    if (!deviceClass) {
      const notFound = `deviceclass.resource.k8s.io ${JSON.stringify(deviceClassName)} not found`;
      throw fail(`: could not retrieve device class ${deviceClassName}: ${notFound}`);
    }
    if (allocationMode === 'ExactCount') return { ...ask, deviceClass, devices: count, all: undefined };
    if (allocationMode !== 'All') throw fail(`: unsupported count mode ${allocationMode}`);
    const all = pools.flatMap((pool) => {
      const id = `${pool.driver}/${pool.name}`;
      if (pool.state === 'incomplete')
        throw fail(`: asks for all devices, but resource pool ${id} is currently being updated`);
      if (pool.state === 'invalid') throw fail(`: asks for all devices, but resource pool ${id} is currently invalid`);
      return [...candidatesOf(pool)].filter(
        (candidate) =>
          this.selects(claim, { ...ask, deviceClass }, candidate, node) &&
          hasCapacity(ask.capacity, candidate.device, [this.allocated.consumed.of(candidate.id)]),
      );
    });
    return { ...ask, deviceClass, devices: all.length, all };
  }

  /** isSelectable: whether class and request both select the device, and the node can reach it. */
  selects(
    claim: ResourceResourceClaim,
    { deviceClass, selectors }: Pick<PreparedAsk, 'deviceClass' | 'selectors'>,
    { device, slice }: Candidate,
    node: Node,
  ): boolean {
    const { driver, perDeviceNodeSelection } = slice.spec;
    const isSelected = (of: string, list: Ask['selectors']) =>
      list.every(({ cel }, i) => {
        const match = matchDevice(cel?.expression ?? '', driver, device);
        if ('matches' in match) return match.matches;
        const where = `${of}: selector #${i}`;
        if ('error' in match) throw new AllocationError(`${where}: CEL runtime error: ${match.error}`);
        throw new AllocationError(`${where} cannot be read: ${match.unmodelled}`, 'unmodelled');
      });
    return (
      isSelected(`class ${deviceClass.metadata.name}`, deviceClass.spec.selectors ?? []) &&
      isSelected(`claim ${claimText(claim)}`, selectors) &&
      (!perDeviceNodeSelection || isForNode(device, node))
    );
  }
}
