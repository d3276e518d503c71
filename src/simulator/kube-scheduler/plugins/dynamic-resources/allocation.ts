// What an allocation of devices is made of: candidates, prepared requests, and the devices chosen for them.
import type { Device, DeviceClass, Node, ResourceResourceClaim, ResourceSlice } from '../../../../api/object.ts';
import { deviceId, type AllocatedDevices, type Amounts, type DeviceId } from './allocated-devices.ts';
import type { ClaimConstraint } from './claim-constraint.ts';
import type { Ask } from './device-request.ts';
import type { ResourcePool } from './resource-pool.ts';
import type { AvailableCounters } from './shared-counters.ts';

/** AllocationResultsMaxSize: the most devices of one claim. */
export const maxDevices = 32;

/** A device in reach of the node. */
export interface Candidate {
  readonly id: DeviceId;
  readonly device: Device;
  readonly slice: ResourceSlice;
  readonly pool: ResourcePool;
}

/** A device found for a request. */
export interface ChosenDevice extends Candidate {
  readonly ask: Ask;
  /** Of a device that several claims share: what this one takes. */
  readonly consumed: Amounts | undefined;
}

/** A request or subrequest with what was found out about it before the search. */
export interface PreparedAsk extends Ask {
  readonly deviceClass: DeviceClass;
  /** How many devices; of `All`, as many as there are. */
  readonly devices: number;
  /** Of `All`: which. */
  readonly all: readonly Candidate[] | undefined;
}

/** A claim to find devices for. */
export interface PreparedClaim {
  readonly claim: ResourceResourceClaim;
  /** Per request, its alternatives. */
  readonly requests: readonly (readonly PreparedAsk[])[];
  readonly constraints: readonly ClaimConstraint[];
}

/** The devices of a claim, in the order of its requests. */
export interface ClaimAllocation {
  readonly claim: PreparedClaim;
  readonly devices: readonly ChosenDevice[];
}

/** Why there is no answer about the node. */
export class AllocationError extends Error {
  /** `Error`: nothing can be said. `unfit`: the node does not fit. `unmodelled`: the simulator cannot say. */
  readonly kind: 'error' | 'unfit' | 'unmodelled';

  constructor(message: string, kind: AllocationError['kind'] = 'error') {
    super(message);
    this.kind = kind;
  }
}

/** What a search needs to know of the cluster. */
export interface SearchContext {
  readonly allocated: AllocatedDevices;
  readonly counters: AvailableCounters;
  /** isSelectable: whether class and request both select the device, and the node can reach it. */
  selects(claim: ResourceResourceClaim, ask: PreparedAsk, candidate: Candidate, node: Node): boolean;
}

/** The devices of a pool, in the order in which they are tried. */
export function* candidatesOf(pool: ResourcePool): Generator<Candidate> {
  for (const slice of pool.slices) {
    for (const device of slice.spec.devices ?? []) {
      yield { id: deviceId(pool.driver, pool.name, device.name), device, slice, pool };
    }
  }
}
