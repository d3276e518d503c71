// What a Pod requests and may use in all (k8s.io/kubectl/pkg/util/resource, PodRequestsAndLimits).
import type { Container, Pod } from '../../../api/object.ts';
import { addQuantities, compareQuantities, parseQuantity, type Quantity } from '../../../api/quantity.ts';

/** Resource name → amount. */
export type Amounts = ReadonlyMap<string, Quantity>;

/** Sums amounts by name. */
export function sum(all: readonly Amounts[]): Amounts {
  const total = new Map<string, Quantity>();
  for (const amounts of all) {
    for (const [name, amount] of amounts) {
      const before = total.get(name);
      total.set(name, before ? addQuantities(before, amount) : amount);
    }
  }
  return total;
}

/** A Pod's requests or limits: of its containers, or of an init container that needs more; plus its overhead. */
export function podAmounts(pod: Pod, list: 'requests' | 'limits'): Amounts {
  const { initContainers = [], containers = [], overhead, resources } = pod.spec ?? {};
  const amountsOf = ({ resources: own }: Pick<Container, 'resources'>) => parsed(own?.[list]);
  let sidecars: Amounts = new Map();
  let peak: Amounts = new Map();
  for (const container of initContainers) {
    const amounts = sum([sidecars, amountsOf(container)]);
    if (container.restartPolicy === 'Always') sidecars = amounts;
    peak = greatest(peak, amounts);
  }
  const needed = greatest(sum([sidecars, ...containers.map(amountsOf)]), peak);
  const whole = new Map([...needed, ...parsed(resources?.[list])]);
  const extra = parsed(overhead);
  if (list === 'requests') return sum([whole, extra]);
  // Overhead widens limits that are there, and sets none.
  return sum([whole, new Map([...extra].filter(([name]) => whole.has(name)))]);
}

function parsed(list: Readonly<Record<string, string | number>> | undefined): Amounts {
  const entries = Object.entries(list ?? {}).flatMap(([name, text]) => {
    const quantity = parseQuantity(text);
    return quantity ? [[name, quantity] as const] : [];
  });
  return new Map(entries);
}

function greatest(a: Amounts, b: Amounts): Amounts {
  const result = new Map(a);
  for (const [name, amount] of b) {
    const other = result.get(name);
    if (!other || compareQuantities(amount, other) > 0) result.set(name, amount);
  }
  return result;
}
