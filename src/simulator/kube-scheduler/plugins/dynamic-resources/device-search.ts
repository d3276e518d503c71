// The search for a set of devices that satisfies all requests of all claims at once: in order, the first that will do, with
// backtracking (k8s.io/dynamic-resource-allocation/structured/internal/incubating: allocateOne, allocateDevice).
import type { Device, DeviceToleration, Node } from '../../../../api/object.ts';
import { ConsumedCapacities, type DeviceId } from './allocated-devices.ts';
import {
  AllocationError,
  candidatesOf,
  maxDevices,
  type Candidate,
  type ChosenDevice,
  type ClaimAllocation,
  type PreparedAsk,
  type PreparedClaim,
  type SearchContext,
} from './allocation.ts';
import { consumedBy, hasCapacity } from './consumable-capacity.ts';
import { claimText } from './device-request.ts';
import type { ResourcePool } from './resource-pool.ts';
import { ConsumedCounters } from './shared-counters.ts';

/** The real search ends after ten seconds of a processor; this one after so many steps, and then says that it cannot tell. */
const maxSteps = 200_000;

/** `full`: the claim would have more devices than it may; other devices for what came before will not help. */
type Outcome = 'found' | 'none' | 'full';

/** Which device of which request comes next. */
interface Place {
  readonly claim: number;
  readonly request: number;
  /** The chosen alternative, once there is one. */
  readonly ask: PreparedAsk | undefined;
  readonly device: number;
}

export class DeviceSearch {
  readonly #context: SearchContext;
  readonly #node: Node;
  readonly #candidates: readonly Candidate[];
  readonly #claims: readonly PreparedClaim[];
  readonly #chosen: readonly ChosenDevice[][];
  /** By device, the claims that it is chosen for. */
  readonly #taken = new Map<DeviceId, Set<number>>();
  readonly #consumed = new ConsumedCapacities();
  readonly #counters = new ConsumedCounters();
  readonly #selected = new Map<PreparedAsk, Map<DeviceId, boolean>>();
  #steps = 0;

  constructor(context: SearchContext, node: Node, pools: readonly ResourcePool[], claims: readonly PreparedClaim[]) {
    this.#context = context;
    this.#node = node;
    this.#candidates = pools.filter(({ state }) => state === 'usable').flatMap((pool) => [...candidatesOf(pool)]);
    this.#claims = claims;
    this.#chosen = claims.map(() => []);
  }

  /** The devices of each claim, or undefined if there are not enough. */
  run(): readonly ClaimAllocation[] | undefined {
    if (this.#allocate(firstOf(0, 0), 0) !== 'found') return undefined;
    return this.#claims.map((claim, i) => ({ claim, devices: this.#chosen[i] ?? [] }));
  }

  /** allocateOne: finds the device at the place and all that come after it. Tries candidates from `start` on. */
  #allocate(place: Place, start: number): Outcome {
    if (++this.#steps > maxSteps) throw new AllocationError('searching for devices takes too long', 'unmodelled');
    const claim = this.#claims[place.claim];
    if (!claim) return 'found';
    const asks = claim.requests[place.request];
    if (!asks) {
      const outcome = this.#allocate(firstOf(place.claim + 1, 0), 0);
      return outcome === 'full' ? 'none' : outcome;
    }
    if (!place.ask) return this.#allocateAny(place, asks);
    const { ask } = place;
    if (ask.all?.length === 0) return 'none';
    if (place.device >= ask.devices) return this.#allocate(firstOf(place.claim, place.request + 1), 0);
    const already = this.#chosen[place.claim]?.length ?? 0;
    if (already + ask.devices - place.device > maxDevices) return 'full';
    return ask.all ? this.#allocateAll(place, ask, ask.all) : this.#allocateNext(place, ask, start);
  }

  /** One of the alternatives of a request, the first that will do. */
  #allocateAny(place: Place, asks: readonly PreparedAsk[]): Outcome {
    let isFull = true;
    for (const ask of asks) {
      const outcome = this.#allocate({ ...place, ask }, 0);
      if (outcome === 'found') return outcome;
      if (outcome === 'none') isFull = false;
    }
    return isFull ? 'full' : 'none';
  }

  /** Every device that there is: no choice, so no other attempt. */
  #allocateAll(place: Place, ask: PreparedAsk, all: readonly Candidate[]): Outcome {
    const candidate = all[place.device];
    const undo = candidate && this.#take(place, ask, candidate, true);
    if (!undo) return 'none';
    const outcome = this.#allocate({ ...place, device: place.device + 1 }, 0);
    if (outcome !== 'found') undo();
    return outcome;
  }

  #allocateNext(place: Place, ask: PreparedAsk, start: number): Outcome {
    for (let i = start; i < this.#candidates.length; i++) {
      const candidate = this.#candidates[i] as Candidate;
      if (this.#isInUse(ask, candidate.id, place.claim) || !this.#isSelected(place, ask, candidate)) continue;
      const undo = this.#take(place, ask, candidate, false);
      if (!undo) continue;
      const outcome = this.#allocate({ ...place, device: place.device + 1 }, i + 1);
      if (outcome === 'found') return outcome;
      undo();
      if (outcome === 'full') return outcome;
    }
    return 'none';
  }

  #isInUse({ adminAccess }: PreparedAsk, id: DeviceId, claim: number): boolean {
    const taken = this.#taken.get(id);
    if (adminAccess) return taken?.has(claim) ?? false;
    return this.#context.allocated.dedicated.has(id) || (taken?.size ?? 0) > 0;
  }

  #isSelected(place: Place, ask: PreparedAsk, candidate: Candidate): boolean {
    let known = this.#selected.get(ask);
    if (!known) this.#selected.set(ask, (known = new Map<DeviceId, boolean>()));
    let isSelected = known.get(candidate.id);
    if (isSelected === undefined) {
      const { claim } = this.#claims[place.claim] as PreparedClaim;
      known.set(candidate.id, (isSelected = this.#context.selects(claim, ask, candidate, this.#node)));
    }
    return isSelected;
  }

  /** allocateDevice: marks the device as chosen, if it can be; returns how to undo that. `must`: there is no other choice. */
  #take(place: Place, ask: PreparedAsk, candidate: Candidate, must: boolean): (() => void) | undefined {
    const { id, device, pool } = candidate;
    const { claim } = place;
    const isShared = device.allowMultipleAllocations === true;
    if (!(ask.adminAccess && isShared) && this.#isInUse(ask, id, claim)) return undefined;
    const undos: (() => void)[] = [];
    const undo = () => {
      for (const one of undos.splice(0).reverse()) one();
    };
    const isOk =
      this.#takeCounters(pool, id, device, isShared, undos) &&
      isTolerated(device, ask.tolerations) &&
      this.#addToConstraints(place, ask, candidate, undos, must) &&
      this.#hasCapacity(ask, id, device);
    if (!isOk) {
      undo();
      return undefined;
    }
    if (!isShared) this.#mark(id, claim, undos);
    const consumed = isShared ? consumedBy(ask.capacity, device) : undefined;
    if (consumed) {
      const wasShared = this.#consumed.of(id) !== undefined;
      this.#consumed.add(id, consumed);
      undos.push(() => {
        this.#consumed.remove(id, consumed);
        if (wasShared) this.#consumed.keep(id);
      });
    }
    const chosen = this.#chosen[claim] as ChosenDevice[];
    chosen.push({ ...candidate, ask, consumed: consumed && consumed.size > 0 ? consumed : undefined });
    undos.push(() => chosen.pop());
    return undo;
  }

  /** A device that is shared already has its part of the counters. */
  #takeCounters(pool: ResourcePool, id: DeviceId, device: Device, isShared: boolean, undos: (() => void)[]): boolean {
    if ((device.consumesCounters ?? []).length === 0) return true;
    const { allocated, counters } = this.#context;
    if (isShared && (allocated.consumed.of(id) || this.#consumed.of(id))) return true;
    if (!this.#counters.take(pool, device, counters.of(pool))) return false;
    undos.push(() => this.#counters.giveBack(pool, device));
    return true;
  }

  #addToConstraints(
    { claim }: Place,
    ask: PreparedAsk,
    { id, device, pool }: Candidate,
    undos: (() => void)[],
    must: boolean,
  ): boolean {
    const { constraints, claim: object } = this.#claims[claim] as PreparedClaim;
    for (const constraint of constraints) {
      if (constraint.add(ask, pool.driver, device)) {
        undos.push(() => constraint.remove(ask));
        continue;
      }
      if (!must) return false;
      const problem = `cannot add device ${id} because a claim constraint would not be satisfied`;
      throw new AllocationError(`claim ${claimText(object)}, request ${ask.name}: ${problem}`);
    }
    return true;
  }

  #hasCapacity(ask: PreparedAsk, id: DeviceId, device: Device): boolean {
    return hasCapacity(ask.capacity, device, [this.#context.allocated.consumed.of(id), this.#consumed.of(id)]);
  }

  #mark(id: DeviceId, claim: number, undos: (() => void)[]): void {
    const claims = this.#taken.get(id) ?? new Set<number>();
    this.#taken.set(id, claims.add(claim));
    undos.push(() => claims.delete(claim));
  }
}

const firstOf = (claim: number, request: number): Place => ({ claim, request, ask: undefined, device: 0 });

/** taintPreventsAllocation, ToleratesTaint: taints with other effects only inform. */
export function isTolerated({ taints = [] }: Device, tolerations: readonly DeviceToleration[] = []): boolean {
  return taints.every(({ key, value = '', effect }) => {
    if (effect !== 'NoSchedule' && effect !== 'NoExecute') return true;
    return tolerations.some((toleration) => {
      if (toleration.effect && toleration.effect !== effect) return false;
      if (toleration.key && toleration.key !== key) return false;
      if (toleration.operator === 'Exists') return true;
      return (toleration.operator ?? 'Equal') === 'Equal' && (toleration.value ?? '') === value;
    });
  });
}
