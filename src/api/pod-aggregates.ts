// What the containers of a Pod ask for together: they run at once, init containers before them one by one, and an init container
// that is restarted always runs on (k8s.io/component-helpers/resource AggregateContainerRequests and -Limits, Kubernetes 1.36).
import type { Container, PodSpec } from './object.ts';
import { addQuantities, compareQuantities, parseQuantity, type Quantity } from './quantity.ts';

/** Quantities by resource name, as written in a Pod or a Node. */
export type ResourceList = Readonly<Record<string, string | number>> | undefined;

/** Quantities by resource name. */
export type Amounts = Map<string, Quantity>;
type Entries = Iterable<readonly [name: string, amount: Quantity]>;

/** The entries of a resource list. What is no quantity cannot be stored by the server, and is left out. */
export function* quantitiesOf(list: ResourceList): Generator<readonly [string, Quantity]> {
  for (const name in list) {
    const quantity = parseQuantity(list[name] ?? 0);
    if (quantity) yield [name, quantity];
  }
}

export function addAmounts(sum: Amounts, more: Entries): void {
  for (const [name, quantity] of more) {
    const before = sum.get(name);
    sum.set(name, before ? addQuantities(before, quantity) : quantity);
  }
}

/** Keeps the larger amount of each resource. */
export function raiseAmounts(most: Amounts, candidate: Entries): void {
  for (const [name, quantity] of candidate) {
    const before = most.get(name);
    if (!before || compareQuantities(quantity, before) > 0) most.set(name, quantity);
  }
}

/**
 * The sum over containers that run together, or the most an init container needs while it runs, whichever is more. `amountsOf` makes a
 * new map of what a container asks for; `runsOn`: it runs beside the others, and is no init container that ends before them.
 */
export function aggregateContainers(
  spec: Partial<Pick<PodSpec, 'containers' | 'initContainers'>>,
  amountsOf: (container: Container, runsOn: boolean) => Amounts,
): Amounts {
  const total: Amounts = new Map();
  for (const container of spec.containers ?? []) addAmounts(total, amountsOf(container, true));
  const restartable: Amounts = new Map();
  const most: Amounts = new Map();
  for (const container of spec.initContainers ?? []) {
    const runsOn = container.restartPolicy === 'Always';
    const amounts = amountsOf(container, runsOn);
    if (runsOn) {
      addAmounts(total, amounts);
      addAmounts(restartable, amounts);
      raiseAmounts(most, restartable);
    } else {
      addAmounts(amounts, restartable);
      raiseAmounts(most, amounts);
    }
  }
  raiseAmounts(total, most);
  return total;
}

/** What the containers say they ask for. */
export const aggregateContainerResources = (spec: PodSpec, of: 'requests' | 'limits'): ReadonlyMap<string, Quantity> =>
  aggregateContainers(spec, ({ resources }) => new Map(quantitiesOf(resources?.[of])));
