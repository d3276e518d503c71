// Which devices of the cluster are taken, as the ResourceClaims say
// (k8s.io/kubernetes/pkg/scheduler/framework/plugins/dynamicresources/allocateddevices.go).
import type { ResourceResourceClaim } from '../../../../api/object.ts';
import { addQuantities, negateQuantity, parseQuantity, type Quantity } from '../../../../api/quantity.ts';

/** `driver/pool/device`. */
export type DeviceId = string;

export const deviceId = (driver: string, pool: string, device: string): DeviceId => `${driver}/${pool}/${device}`;

/** Amounts by the name of a capacity. */
export type Amounts = ReadonlyMap<string, Quantity>;

/** What is taken of devices that several claims share. */
export class ConsumedCapacities {
  readonly #byDevice = new Map<DeviceId, Amounts>();

  of(device: DeviceId): Amounts | undefined {
    return this.#byDevice.get(device);
  }

  add(device: DeviceId, amounts: Amounts): void {
    const sum = new Map(this.of(device));
    for (const [name, amount] of amounts) {
      const before = sum.get(name);
      sum.set(name, before ? addQuantities(before, amount) : amount);
    }
    this.#byDevice.set(device, sum);
  }

  /** The device is no longer known once nothing is taken of it. */
  remove(device: DeviceId, amounts: Amounts): void {
    const left = new Map(this.of(device));
    for (const [name, amount] of amounts) {
      const before = left.get(name);
      if (before) left.set(name, addQuantities(before, negateQuantity(amount)));
    }
    if ([...left.values()].some(({ mantissa }) => mantissa !== 0n)) this.#byDevice.set(device, left);
    else this.#byDevice.delete(device);
  }

  /** Notes that the device is shared, though nothing is taken of it. */
  keep(device: DeviceId): void {
    if (!this.of(device)) this.#byDevice.set(device, new Map());
  }
}

/** What claims have taken (structured.AllocatedState). */
export interface AllocatedDevices {
  /** Taken as a whole. */
  readonly dedicated: ReadonlySet<DeviceId>;
  /** Taken in part. */
  readonly shared: ReadonlySet<DeviceId>;
  readonly consumed: ConsumedCapacities;
}

/** GatherAllocatedState. Devices that a claim only watches (admin access) are not taken. */
export function allocatedDevices(claims: Iterable<ResourceResourceClaim>): AllocatedDevices {
  const dedicated = new Set<DeviceId>();
  const shared = new Set<DeviceId>();
  const consumed = new ConsumedCapacities();
  for (const { status } of claims) {
    for (const result of status?.allocation?.devices?.results ?? []) {
      if (result.adminAccess) continue;
      const id = deviceId(result.driver, result.pool, result.device);
      if (result.shareID === undefined) {
        dedicated.add(id);
        continue;
      }
      shared.add(id);
      if (result.consumedCapacity) consumed.add(id, amountsOf(result.consumedCapacity));
    }
  }
  return { dedicated, shared, consumed };
}

/** The amounts of a map of the API. */
export function amountsOf(list: Readonly<Record<string, string | number>>): Amounts {
  const amounts = new Map<string, Quantity>();
  for (const [name, text] of Object.entries(list)) {
    const amount = parseQuantity(text);
    if (amount) amounts.set(name, amount);
  }
  return amounts;
}
