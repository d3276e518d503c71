// The quality-of-service class of a Pod (pkg/apis/core/helper/qos/qos.go, Kubernetes 1.36).
import type { PodSpec } from './object.ts';
import { addQuantities, compareQuantities, parseQuantity, type Quantity } from './quantity.ts';

type Resources = { readonly requests?: ResourceList; readonly limits?: ResourceList };
type ResourceList = Readonly<Record<string, string | number>>;

const counted = ['cpu', 'memory'];
const zero = parseQuantity('0') as Quantity;

/** Adds the amounts of cpu and memory that are more than nothing; returns which those were. */
function addTo(total: Map<string, Quantity>, list: ResourceList = {}): Set<string> {
  const found = new Set<string>();
  for (const name of counted) {
    const quantity = parseQuantity(list[name] ?? '0') ?? zero;
    if (compareQuantities(quantity, zero) <= 0) continue;
    const before = total.get(name);
    total.set(name, before ? addQuantities(before, quantity) : quantity);
    found.add(name);
  }
  return found;
}

/** `BestEffort`, `Burstable` or `Guaranteed`. Resources of the whole Pod count instead of the containers' where given. */
export function qosClass(spec: PodSpec | undefined): string {
  const requests = new Map<string, Quantity>();
  const limits = new Map<string, Quantity>();
  const everyone: readonly (Resources | undefined)[] = spec?.resources
    ? [spec.resources]
    : [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].map(({ resources }) => resources);
  let guaranteed = true;
  for (const resources of everyone) {
    addTo(requests, resources?.requests);
    if (addTo(limits, resources?.limits).size < counted.length) guaranteed = false;
  }
  if (requests.size === 0 && limits.size === 0) return 'BestEffort';
  const matched = [...requests].every(([name, request]) => {
    const limit = limits.get(name);
    return limit !== undefined && compareQuantities(limit, request) === 0;
  });
  return guaranteed && matched && requests.size === limits.size ? 'Guaranteed' : 'Burstable';
}
