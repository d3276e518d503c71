// The resources of a Pod as its status tells of them: the sum of its containers', init containers as they are needed
// (k8s.io/component-helpers/resource).
import type { Container, Pod, PodSpec, ResourceRequirements } from '../../api/object.ts';
import { addQuantities, compareQuantities, formatQuantity, parseQuantity, type Quantity } from '../../api/quantity.ts';
import { Attached } from '../../base/attached.ts';
import { isRestartableInit } from './pod-names.ts';

export type ResourceList = Readonly<Record<string, string | number>>;
type Amounts = Map<string, Quantity>;

const zero: Amounts = new Map();

interface Totals {
  readonly requests: ResourceList;
  readonly limits: ResourceList;
}

/** By the Pod's spec: each status tells of them, and each Pod that comes to the node is weighed against those of all others. */
const known = new Attached<PodSpec, Totals>();

/** `requests` and `limits` of the whole Pod; empty if no container has any. */
export function podResources({ spec }: Pod): Totals {
  if (!spec) return { requests: {}, limits: {} };
  const before = known.get(spec);
  if (before) return before;
  const totals = { requests: totalOf(spec, 'requests'), limits: totalOf(spec, 'limits') };
  known.set(spec, totals);
  return totals;
}

function totalOf(spec: PodSpec, which: keyof Totals): ResourceList {
  const { containers, initContainers = [], overhead, resources } = spec;
  const running = containers.reduce((sum, container) => add(sum, amountsOf(container, which)), zero);
  let sidecars = zero;
  let highest = zero;
  for (const container of initContainers) {
    const own = amountsOf(container, which);
    if (isRestartableInit(container)) sidecars = add(sidecars, own);
    highest = maximum(highest, isRestartableInit(container) ? sidecars : add(sidecars, own));
  }
  let total = maximum(add(running, sidecars), highest);
  if (resources?.[which]) total = new Map([...total, ...amounts(resources[which])]);
  if (overhead && (which === 'requests' || total.size > 0)) total = add(total, amounts(overhead));
  return Object.fromEntries([...total].map(([name, quantity]) => [name, formatQuantity(quantity)]));
}

/**
 * What the status says about the whole Pod. Once it has ended and the server does not know yet (`hasJustEnded`), what its cgroup
 * had is gone: of the sums over its containers only the memory requests are left.
 */
export function podResourceStatus(
  pod: Pod,
  hasJustEnded = false,
): { resources: ResourceRequirements; allocatedResources?: ResourceList } {
  const { requests, limits } = podResources(pod);
  const own = pod.spec?.resources ?? {};
  const resources = hasJustEnded
    ? shown(own.limits ?? {}, { ...onlyMemory(requests), ...own.requests })
    : shown(limits, requests);
  return isEmpty(requests) ? { resources } : { resources, allocatedResources: requests };
}

const isEmpty = (list: ResourceList) => Object.keys(list).length === 0;

function shown(limits: ResourceList, requests: ResourceList): ResourceRequirements {
  if (isEmpty(limits)) return isEmpty(requests) ? {} : { requests };
  return isEmpty(requests) ? { limits } : { limits, requests };
}

const onlyMemory = ({ memory }: ResourceList): ResourceList => (memory === undefined ? {} : { memory });

/** What the status says about one container that has been created. */
export function containerResourceStatus({ resources = {} }: Container): {
  resources: ResourceRequirements;
  allocatedResources?: ResourceList;
} {
  const { limits, requests } = resources;
  if (!requests) return { resources: limits ? { limits } : {} };
  return { resources: limits ? { limits, requests } : { requests }, allocatedResources: requests };
}

const amountsOf = ({ resources }: Container, which: 'requests' | 'limits') => amounts(resources?.[which]);

function amounts(list: ResourceList | undefined): Amounts {
  const parsed: Amounts = new Map();
  for (const [name, text] of Object.entries(list ?? {})) {
    const quantity = parseQuantity(text);
    if (quantity) parsed.set(name, quantity);
  }
  return parsed;
}

function combine(a: Amounts, b: Amounts, how: (x: Quantity, y: Quantity) => Quantity): Amounts {
  if (a.size === 0) return b;
  const result = new Map(a);
  for (const [name, quantity] of b) {
    const known = result.get(name);
    result.set(name, known ? how(known, quantity) : quantity);
  }
  return result;
}

const add = (a: Amounts, b: Amounts) => combine(a, b, addQuantities);
const maximum = (a: Amounts, b: Amounts) => combine(a, b, (x, y) => (compareQuantities(x, y) >= 0 ? x : y));
