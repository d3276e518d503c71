// Amounts of resources as the scheduler counts them: whole numbers, cpu in thousandths (framework.Resource).
import { compareQuantities, milliValue, parseQuantity, value, type Quantity } from '../../../api/quantity.ts';

/** The most of a resource list that the scheduler keeps. Other names (`storage`) are left out. */
export interface Resource {
  readonly milliCpu: number;
  readonly memory: number;
  readonly ephemeralStorage: number;
  /** Of a node: how many Pods it takes. */
  readonly pods: number;
  /** Extended resources, huge pages and what else is counted in whole units, by name. */
  readonly scalars: ReadonlyMap<string, number>;
}

const noScalars: ReadonlyMap<string, number> = new Map();

export const noResource: Resource = { milliCpu: 0, memory: 0, ephemeralStorage: 0, pods: 0, scalars: noScalars };

const isPrefixedNative = (name: string) => name.includes('kubernetes.io/');

/** IsExtendedResourceName (k8s.io/kubernetes/pkg/apis/core/v1/helper): a name with a domain that is not Kubernetes' own. */
export function isExtendedResource(name: string): boolean {
  return name.includes('/') && !isPrefixedNative(name) && !name.startsWith('requests.');
}

/** IsScalarResourceName (k8s.io/kubernetes/pkg/scheduler/util). */
export function isScalarResource(name: string): boolean {
  return (
    isExtendedResource(name) ||
    name.startsWith('hugepages-') ||
    isPrefixedNative(name) ||
    name.startsWith('attachable-volumes-')
  );
}

/** Resource.Add of a list to nothing. */
export function resourceOf(quantities: Iterable<readonly [string, Quantity]>): Resource {
  let { milliCpu, memory, ephemeralStorage, pods } = noResource;
  let scalars: Map<string, number> | undefined;
  for (const [name, quantity] of quantities) {
    if (name === 'cpu') milliCpu = milliValue(quantity);
    else if (name === 'memory') memory = value(quantity);
    else if (name === 'ephemeral-storage') ephemeralStorage = value(quantity);
    else if (name === 'pods') pods = value(quantity);
    else if (isScalarResource(name)) (scalars ??= new Map()).set(name, value(quantity));
  }
  return { milliCpu, memory, ephemeralStorage, pods, scalars: scalars ?? noScalars };
}

/** Whether an amount is larger than can be counted exactly (2^53: 9 petabytes, 9 million million cpus); it is cut there. */
export function isBeyondCounting({ milliCpu, memory, ephemeralStorage, scalars }: Resource): boolean {
  const limit = Number.MAX_SAFE_INTEGER;
  if (milliCpu >= limit || memory >= limit || ephemeralStorage >= limit) return true;
  for (const amount of scalars.values()) if (amount >= limit) return true;
  return false;
}

/** Whether an amount is more than the int64 that the scheduler keeps it in can hold. */
export function wrapsAround(requests: ReadonlyMap<string, Quantity>): boolean {
  return [...requests].some(
    ([name, quantity]) => compareQuantities(quantity, name === 'cpu' ? mostThousandths : mostUnits) > 0,
  );
}

const mostUnits = parseQuantity('9223372036854775807') as Quantity;
const mostThousandths = parseQuantity('9223372036854775807m') as Quantity;

/** The sum (sign 1) or the difference (sign -1). */
export function addResource(a: Resource, b: Resource, sign: 1 | -1): Resource {
  return {
    milliCpu: a.milliCpu + sign * b.milliCpu,
    memory: a.memory + sign * b.memory,
    ephemeralStorage: a.ephemeralStorage + sign * b.ephemeralStorage,
    pods: a.pods,
    scalars: b.scalars.size === 0 ? a.scalars : addScalars(a.scalars, b.scalars, sign),
  };
}

function addScalars(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>, sign: 1 | -1) {
  const sum = new Map(a);
  for (const [name, amount] of b) sum.set(name, (sum.get(name) ?? 0) + sign * amount);
  return sum;
}
