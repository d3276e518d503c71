// How much of a device's capacity a request takes, and whether it is there
// (k8s.io/dynamic-resource-allocation/structured/internal/incubating/consumable_capacity.go).
import type {
  CapacityRequestPolicy,
  CapacityRequestPolicyRange,
  CapacityRequirements,
  Device,
  DeviceCapacity,
} from '../../../../api/object.ts';
import { addQuantities, compareQuantities, parseQuantity, value, type Quantity } from '../../../../api/quantity.ts';
import type { Amounts } from './allocated-devices.ts';

type Given = string | number | undefined;

const quantity = (given: Given) => (given === undefined ? undefined : parseQuantity(given));
const nothing: Quantity = { mantissa: 0n, scale: 0, format: 'DecimalSI', wide: false };

/** GetConsumedCapacityFromRequest: what the request takes of each capacity of the device. */
export function consumedBy(wanted: CapacityRequirements | undefined, { capacity = {} }: Device): Amounts {
  return new Map(
    Object.entries(capacity).map(([name, given]) => [name, consumed(quantity(wanted?.requests?.[name]), given)]),
  );
}

/** CmpRequestOverCapacity: whether the device has what the request takes, besides what others have of it. */
export function hasCapacity(
  wanted: CapacityRequirements | undefined,
  device: Device,
  taken: readonly (Amounts | undefined)[],
): boolean {
  const { capacity = {} } = device;
  const isUndefined = (name: string) => !Object.hasOwn(capacity, name);
  if (Object.keys(wanted?.requests ?? {}).some(isUndefined)) return false;
  return Object.entries(capacity).every(([name, given]) => {
    const amount = consumed(quantity(wanted?.requests?.[name]), given);
    if (violates(amount, given.requestPolicy)) return false;
    const sum = taken.reduce((total, amounts) => addQuantities(total, amounts?.get(name) ?? nothing), amount);
    return compareQuantities(sum, quantity(given.value) ?? nothing) <= 0;
  });
}

/** calculateConsumedCapacity: what is asked for, rounded up to what the device's policy allows. */
function consumed(wanted: Quantity | undefined, { value: whole, requestPolicy }: DeviceCapacity): Quantity {
  if (!wanted) return quantity(requestPolicy?.default) ?? quantity(whole) ?? nothing;
  const { validRange, validValues } = requestPolicy ?? {};
  if (validRange?.min !== undefined) return roundedToRange(wanted, validRange);
  const next = validValues?.map(quantity).find((valid) => valid && compareQuantities(wanted, valid) <= 0);
  return next ?? wanted;
}

function roundedToRange(wanted: Quantity, { min, step }: CapacityRequestPolicyRange): Quantity {
  const least = quantity(min) ?? nothing;
  if (compareQuantities(wanted, least) < 0) return least;
  const size = stepOf(step);
  if (size === undefined) return wanted;
  const base = value(least);
  const steps = Math.ceil((value(wanted) - base) / size);
  return { mantissa: BigInt(base + size * steps), scale: 0, format: 'BinarySI', wide: false };
}

function stepOf(step: Given): number | undefined {
  const size = quantity(step);
  return size && value(size);
}

/** violatesPolicy. The default is always allowed. */
function violates(amount: Quantity, policy: CapacityRequestPolicy | undefined): boolean {
  const standard = quantity(policy?.default);
  if (!policy || (standard && compareQuantities(amount, standard) === 0)) return false;
  const { validRange, validValues = [] } = policy;
  if (validRange) return violatesRange(amount, validRange);
  return (
    validValues.length > 0 && !validValues.some((valid) => compareQuantities(amount, quantity(valid) ?? nothing) === 0)
  );
}

function violatesRange(amount: Quantity, { min, max, step }: CapacityRequestPolicyRange): boolean {
  const most = quantity(max);
  if (most && compareQuantities(amount, most) > 0) return true;
  const size = stepOf(step);
  return size !== undefined && (value(amount) - value(quantity(min) ?? nothing)) % size !== 0;
}
