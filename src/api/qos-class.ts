// The quality-of-service class of a Pod (pkg/apis/core/helper/qos/qos.go, Kubernetes 1.36).
import type { PodSpec } from './object.ts';
import { addQuantities, compareQuantities, parseQuantity, type Quantity } from './quantity.ts';

type Resources = { readonly requests?: ResourceList; readonly limits?: ResourceList };
type ResourceList = Readonly<Record<string, string | number>>;

const zero = parseQuantity('0') as Quantity;

/** What is more than nothing counts; all else is `zero` itself. */
function amountOf(list: ResourceList | undefined, name: string): Quantity {
  const given = list?.[name];
  const amount = (given === undefined ? undefined : parseQuantity(given)) ?? zero;
  return compareQuantities(amount, zero) > 0 ? amount : zero;
}

const sumOf = (a: Quantity, b: Quantity) => (b === zero ? a : a === zero ? b : addQuantities(a, b));

/** The sum over all of requests and limits; whether everyone has a limit. */
function totalOf(everyone: readonly (Resources | undefined)[], name: string) {
  let requests = zero;
  let limits = zero;
  let areLimited = true;
  for (const resources of everyone) {
    const limit = amountOf(resources?.limits, name);
    requests = sumOf(requests, amountOf(resources?.requests, name));
    limits = sumOf(limits, limit);
    areLimited &&= limit !== zero;
  }
  return { requests, limits, areLimited };
}

/** `BestEffort`, `Burstable` or `Guaranteed`. Resources of the whole Pod count instead of the containers' where given. */
export function qosClass(spec: PodSpec | undefined): string {
  const everyone: readonly (Resources | undefined)[] = spec?.resources
    ? [spec.resources]
    : [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].map(({ resources }) => resources);
  const totals = [totalOf(everyone, 'cpu'), totalOf(everyone, 'memory')];
  if (totals.every(({ requests, limits }) => requests === zero && limits === zero)) return 'BestEffort';
  const isGuaranteed = totals.every(
    ({ requests, limits, areLimited }) => areLimited && compareQuantities(requests, limits) === 0,
  );
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}
