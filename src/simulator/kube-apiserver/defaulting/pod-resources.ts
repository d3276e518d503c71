// Resources of a Pod as a whole: requests that are not given come from the limits or from the containers together
// (pkg/apis/core/v1/defaults.go defaultPodRequests and defaultHugePagePodLimits, Kubernetes 1.36).
import type { PodSpec, ResourceRequirements } from '../../../api/object.ts';
import { formatQuantity } from '../../../api/quantity.ts';
import { aggregateContainerResources } from '../../../api/pod-aggregates.ts';
import type { ResourceList } from './resources.ts';

const hasEntries = (list: ResourceList | undefined) => Object.keys(list ?? {}).length > 0;
const isHugePages = (name: string) => name.startsWith('hugepages-');
const isComputed = (name: string) => name === 'cpu' || name === 'memory';

/** The limits with what the containers together limit of huge pages. */
function withHugePageLimits({ limits = {}, requests = {} }: ResourceRequirements, spec: PodSpec): ResourceList {
  const added: Record<string, string | number> = {};
  for (const [name, quantity] of aggregateContainerResources(spec, 'limits')) {
    if (!isHugePages(name) || limits[name] !== undefined || requests[name] !== undefined) continue;
    added[name] = formatQuantity(quantity);
  }
  return Object.keys(added).length ? { ...limits, ...added } : limits;
}

/** Of what the containers request together counts what is supported at the level of the Pod. */
export function defaultPodResources(spec: PodSpec): PodSpec {
  const { resources } = spec;
  if (!resources || (!hasEntries(resources.limits) && !hasEntries(resources.requests))) return spec;
  const limits = withHugePageLimits(resources, spec);
  const hasLimits = hasEntries(limits);
  const requests: Record<string, string | number> = { ...resources.requests };
  for (const [name, quantity] of aggregateContainerResources(spec, 'requests')) {
    // huge pages are not promised twice: their request is their limit
    if (!isComputed(name) || requests[name] !== undefined || !hasLimits) continue;
    requests[name] = formatQuantity(quantity);
  }
  for (const name in limits) if (isComputed(name) || isHugePages(name)) requests[name] ??= limits[name] ?? 0;
  return {
    ...spec,
    resources: {
      ...resources,
      ...(hasLimits && { limits }),
      ...(hasEntries(requests) && { requests }),
    },
  };
}
