// Extended resources backed by devices: the Pod asks for them as for any resource, and where a node has none of its own, the
// scheduler makes a ResourceClaim for them (k8s.io/kubernetes/pkg/scheduler/framework/plugins/dynamicresources/extendeddynamicresources.go).
import type {
  Container,
  ContainerExtendedResourceRequest,
  DeviceClass,
  DeviceRequest,
  Pod,
  ResourceResourceClaim,
} from '../../../../api/object.ts';
import { parseQuantity, value } from '../../../../api/quantity.ts';
import { compareBytes, sortedKeys } from '../../../../base/order.ts';
import { isDeviceResource } from '../../framework/device-classes.ts';
import type { NodeInfo } from '../../framework/node-info.ts';
import type { PodInfo } from '../../framework/pod-info.ts';
import type { Lister } from '../../framework/lister.ts';

const annotation = 'resource.kubernetes.io/extended-resource-claim';

/** The claim's name as long as it is only planned: one that no claim of the server can have. */
const plannedName = '<extended-resources>';

export const isPlanned = ({ metadata }: ResourceResourceClaim) => metadata.name === plannedName;

/** The claim for a Pod's extended resources: one of an earlier attempt, or a planned one that asks for nothing yet. */
export function extendedResourceClaim(pod: Pod, claims: Lister<ResourceResourceClaim>): ResourceResourceClaim {
  for (const claim of claims.values()) {
    if (claim.metadata.annotations?.[annotation] === 'true' && isOwner(pod, claim)) return claim;
  }
  const { namespace = '', name = '', uid = '' } = pod.metadata;
  return {
    apiVersion: 'resource.k8s.io/v1',
    kind: 'ResourceClaim',
    metadata: {
      namespace,
      name: plannedName,
      generateName: `${name}-extended-resources-`,
      uid: `${plannedName}-${uid}`,
      annotations: { [annotation]: 'true' },
      ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name, uid, controller: true }],
    },
    spec: { devices: { requests: [] } },
  };
}

const isOwner = ({ metadata: { name, uid } }: Pod, { metadata }: ResourceResourceClaim) =>
  metadata.ownerReferences?.some((owner) => owner.controller && owner.name === name && owner.uid === uid) ?? false;

/** What a Pod needs of a node's devices for its extended resources. */
export interface NodeNeeds {
  readonly requests: readonly DeviceRequest[];
  /** Which container gets which resource by which request. */
  readonly mappings: readonly ContainerExtendedResourceRequest[];
}

/**
 * filterExtendedResources: what the node has to give of its devices for resources with a DeviceClass. Undefined if it has its
 * own of them all, a text if it has not what no class stands behind.
 */
export function nodeNeeds(
  { pod, requests }: PodInfo,
  { allocatable }: NodeInfo,
  classes: ReadonlyMap<string, DeviceClass>,
): NodeNeeds | string | undefined {
  const needed: [resource: string, className: string][] = [];
  for (const [resource, amount] of requests.scalars) {
    if (amount === 0 || !isDeviceResource(resource)) continue;
    const deviceClass = classes.get(resource);
    if (deviceClass && !allocatable.scalars.get(resource)) needed.push([resource, deviceClass.metadata.name ?? '']);
    else if (!allocatable.scalars.has(resource)) return 'cannot fit resource';
  }
  return needed.length === 0 ? undefined : requestsAndMappings(pod, needed);
}

/** createRequestsAndMappings. */
function requestsAndMappings({ spec }: Pod, needed: readonly [resource: string, className: string][]): NodeNeeds {
  const initContainers = spec?.initContainers ?? [];
  const containers = [...initContainers, ...(spec?.containers ?? [])];
  const isShortLived = containers.map((one, i) => i < initContainers.length && one.restartPolicy !== 'Always');
  const requests: DeviceRequest[] = [];
  const mappings: ContainerExtendedResourceRequest[] = [];
  for (const [resource, className] of needed.toSorted(([a], [b]) => compareBytes(a, b))) {
    const lasting = containers.map((container, i) =>
      isShortLived[i] ? undefined : requestOf(container, i, resource, className, []),
    );
    const brief = containers.map((container, i) =>
      isShortLived[i] ? requestOf(container, i, resource, className, lasting.slice(i)) : undefined,
    );
    const own = brief.flatMap((one) => one?.request ?? []);
    const largest = own.reduce<DeviceRequest | undefined>(
      (max, one) => (countOf(one) > countOf(max) ? one : max),
      undefined,
    );
    if (largest) requests.push(largest);
    requests.push(...lasting.flatMap((one) => one?.request ?? []));
    mappings.push(...lasting.flatMap((one) => one?.mappings ?? []));
    // Init containers run one after the other, so the largest request serves them all.
    const names = new Set(own.map(({ name }) => name));
    for (const mapping of brief.flatMap((one) => one?.mappings ?? [])) {
      mappings.push(largest && names.has(mapping.requestName) ? { ...mapping, requestName: largest.name } : mapping);
    }
  }
  return { requests: requests.sort((a, b) => compareBytes(a.name, b.name)), mappings };
}

const countOf = (request: DeviceRequest | undefined) => request?.exactly?.count ?? 0;

interface ContainerNeeds {
  readonly request: DeviceRequest | undefined;
  readonly mappings: readonly ContainerExtendedResourceRequest[];
}

/** createResourceRequestAndMappings: what the container needs beyond the requests of later containers, which it may use first. */
function requestOf(
  container: Container,
  index: number,
  resource: string,
  deviceClassName: string,
  reusable: readonly (ContainerNeeds | undefined)[],
): ContainerNeeds | undefined {
  const wanted = container.resources?.requests ?? {};
  const quantity = parseQuantity(wanted[resource] ?? 0);
  const amount = quantity ? value(quantity) : 0;
  if (amount === 0) return undefined;
  const mappingTo = (requestName: string) => ({ containerName: container.name, resourceName: resource, requestName });
  const mappings: ContainerExtendedResourceRequest[] = [];
  let sum = 0;
  for (const request of reusable.flatMap((one) => one?.request ?? [])) {
    sum += countOf(request);
    mappings.push(mappingTo(request.name));
    if (sum >= amount) return { request: undefined, mappings };
  }
  const name = `container-${index}-request-${sortedKeys(wanted).indexOf(resource)}`;
  mappings.push(mappingTo(name));
  const exactly = { deviceClassName, allocationMode: 'ExactCount', count: amount - sum };
  return { request: { name, exactly }, mappings };
}
