// What the containers of a Pod ask for together: they run at once, init containers before them one by one, and an init container
// that is restarted always runs on (k8s.io/component-helpers/resource AggregateContainerRequests and -Limits, Kubernetes 1.36).
import type { Container, PodSpec } from './object.ts';
import { addQuantities, compareQuantities, parseQuantity, type Quantity } from './quantity.ts';

type Amounts = Map<string, Quantity>;

function amountsOf(container: Container, of: 'requests' | 'limits'): Amounts {
  const amounts: Amounts = new Map();
  for (const [name, value] of Object.entries(container.resources?.[of] ?? {})) {
    const quantity = parseQuantity(value);
    if (quantity) amounts.set(name, quantity);
  }
  return amounts;
}

function add(sum: Amounts, more: Amounts): void {
  for (const [name, quantity] of more) {
    const before = sum.get(name);
    sum.set(name, before ? addQuantities(before, quantity) : quantity);
  }
}

function raise(most: Amounts, candidate: Amounts): void {
  for (const [name, quantity] of candidate) {
    const before = most.get(name);
    if (!before || compareQuantities(quantity, before) > 0) most.set(name, quantity);
  }
}

/** The sum over containers that run together, or the most an init container needs while it runs, whichever is more. */
export function aggregateContainerResources(spec: PodSpec, of: 'requests' | 'limits'): ReadonlyMap<string, Quantity> {
  const total: Amounts = new Map();
  for (const container of spec.containers) add(total, amountsOf(container, of));
  const restartable: Amounts = new Map();
  const most: Amounts = new Map();
  for (const container of spec.initContainers ?? []) {
    const amounts = amountsOf(container, of);
    if (container.restartPolicy === 'Always') {
      add(total, amounts);
      add(restartable, amounts);
      raise(most, restartable);
    } else {
      add(amounts, restartable);
      raise(most, amounts);
    }
  }
  raise(total, most);
  return total;
}
