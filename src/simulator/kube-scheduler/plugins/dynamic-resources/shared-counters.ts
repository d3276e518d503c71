// Devices that are parts of one (partitions): what a pool's counters still allow
// (k8s.io/dynamic-resource-allocation/structured/internal/incubating: checkAvailableCounters).
import type { Device } from '../../../../api/object.ts';
import {
  addQuantities,
  compareQuantities,
  negateQuantity,
  parseQuantity,
  type Quantity,
} from '../../../../api/quantity.ts';
import type { ResourcePool } from './resource-pool.ts';

/** Amounts by `counter set/counter`. */
type Counters = Map<string, Quantity>;

/** What is left of the counters of pools. As in the real one, pools of one name share an entry, whoever their driver is. */
export class AvailableCounters {
  readonly #byPool = new Map<string, Counters>();
  readonly #isAllocated: (pool: ResourcePool, device: Device) => boolean;

  constructor(isAllocated: (pool: ResourcePool, device: Device) => boolean) {
    this.#isAllocated = isAllocated;
  }

  of(pool: ResourcePool): ReadonlyMap<string, Quantity> {
    let counters = this.#byPool.get(pool.name);
    if (!counters) this.#byPool.set(pool.name, (counters = this.#countersOf(pool)));
    return counters;
  }

  #countersOf(pool: ResourcePool): Counters {
    const counters: Counters = new Map();
    for (const set of pool.counterSets.values()) {
      for (const [name, { value }] of Object.entries(set.counters ?? {})) {
        counters.set(`${set.name}/${name}`, parseQuantity(value) ?? nothing);
      }
    }
    for (const { spec } of [...pool.slices, ...pool.elsewhere]) {
      for (const device of spec.devices ?? []) if (this.#isAllocated(pool, device)) change(counters, device, -1);
    }
    return counters;
  }
}

/** What the devices chosen so far take of the counters. */
export class ConsumedCounters {
  readonly #byPool = new Map<string, Counters>();

  /** Takes the device's part, unless the pool has not enough. */
  take(pool: ResourcePool, device: Device, available: ReadonlyMap<string, Quantity>): boolean {
    let taken = this.#byPool.get(pool.name);
    if (!taken) this.#byPool.set(pool.name, (taken = new Map<string, Quantity>()));
    change(taken, device, 1);
    for (const [name, amount] of available) {
      if (compareQuantities(amount, taken.get(name) ?? nothing) >= 0) continue;
      change(taken, device, -1);
      return false;
    }
    return true;
  }

  giveBack(pool: ResourcePool, device: Device): void {
    const taken = this.#byPool.get(pool.name);
    if (taken) change(taken, device, -1);
  }
}

const nothing: Quantity = { mantissa: 0n, scale: 0, format: 'DecimalSI', wide: false };

function change(counters: Counters, { consumesCounters = [] }: Device, sign: 1 | -1): void {
  for (const { counterSet, counters: parts = {} } of consumesCounters) {
    for (const [name, { value }] of Object.entries(parts)) {
      const key = `${counterSet}/${name}`;
      const amount = parseQuantity(value) ?? nothing;
      counters.set(key, addQuantities(counters.get(key) ?? nothing, sign > 0 ? amount : negateQuantity(amount)));
    }
  }
}
