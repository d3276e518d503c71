// Amounts in resource lists: no finer than thousandths, and requests that are not given are the limits
// (pkg/apis/core/v1/defaults.go SetDefaults_ResourceList and SetDefaults_Pod, Kubernetes 1.36).
import type { ResourceRequirements } from '../../../api/object.ts';
import { formatQuantity, parseQuantity, roundUpQuantity } from '../../../api/quantity.ts';
import { withField } from './with-defaults.ts';

export type ResourceList = Readonly<Record<string, string | number>>;

const thousandths = -3;
/** What could be finer than thousandths: nano and micro amounts, decimals and negative exponents. */
const maybeFiner = /[nu.]|e-/i;

/** Every amount rounded up to thousandths. */
export function defaultResourceList(list: ResourceList): ResourceList {
  let result: Record<string, string | number> | undefined;
  for (const name in list) {
    const given = list[name] ?? 0;
    if (typeof given === 'number' ? Number.isInteger(given) : !maybeFiner.test(given)) continue;
    const quantity = parseQuantity(given);
    if (!quantity || quantity.scale >= thousandths) continue;
    result ??= { ...list };
    result[name] = formatQuantity(roundUpQuantity(quantity, thousandths));
  }
  return result ?? list;
}

type Amounts = Pick<ResourceRequirements, 'limits' | 'requests'>;

/** Rounds limits and requests. */
export function defaultResources<T extends Amounts>(resources: T): T {
  return withField(withField(resources, 'limits', defaultResourceList), 'requests', defaultResourceList);
}

/** A resource with a limit and no request requests its limit. */
export function requestsFromLimits(resources: ResourceRequirements): ResourceRequirements {
  const { limits, requests } = resources;
  if (!limits) return resources;
  const missing = Object.keys(limits).filter((name) => requests?.[name] === undefined);
  if (missing.length === 0) return resources;
  const added = Object.fromEntries(missing.map((name) => [name, limits[name] ?? 0]));
  return { ...resources, requests: { ...requests, ...added } };
}
