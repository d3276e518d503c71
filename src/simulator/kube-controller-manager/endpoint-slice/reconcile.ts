// What must be created, updated and deleted so that a Service's slices say what they should, touching as few as possible
// (k8s.io/endpointslice v0.36: reconciler.go). Pure.
import { copyWith } from '../../../base/copy.ts';
import type { DiscoveryEndpointPort, Endpoint, EndpointSlice, Service } from '../../../api/object.ts';
import { deepEqual } from '../../../base/json.ts';
import { controllerReference } from '../owner-reference.ts';
import { portKey, type AddressType, type EndpointGroup } from './endpoints.ts';

/** A slice as it is sent: empty lists are null, which is how the server keeps them. */
export type SliceBody = Omit<EndpointSlice, 'endpoints' | 'ports'> & {
  readonly endpoints: readonly Endpoint[] | null;
  readonly ports: readonly DiscoveryEndpointPort[] | null;
};

export interface SliceChanges {
  readonly create: readonly SliceBody[];
  readonly update: readonly SliceBody[];
  readonly delete: readonly EndpointSlice[];
}

const maxEndpoints = 100;
export const serviceNameLabel = 'kubernetes.io/service-name';
export const managedByLabel = 'endpointslice.kubernetes.io/managed-by';
export const managedBy = 'endpointslice-controller.k8s.io';
const headlessLabel = 'service.kubernetes.io/headless';
const triggerTimeAnnotation = 'endpoints.kubernetes.io/last-change-trigger-time';

/** A slice in the making: an existing one that may change, or a new one. */
interface Draft {
  readonly existing: EndpointSlice | undefined;
  readonly ports: readonly DiscoveryEndpointPort[];
  endpoints: readonly Endpoint[];
  changed: boolean;
}

/** The changes for the slices of one address type. `triggerTime`: when the change happened that is passed on here. */
export function reconcileSlices(
  service: Service,
  addressType: AddressType,
  groups: readonly EndpointGroup[],
  existing: readonly EndpointSlice[],
  triggerTime: string | undefined,
): SliceChanges {
  const labels = sliceLabels(service);
  const drafts: Draft[] = [];
  const surplus: EndpointSlice[] = [];
  const desired = new Map(groups.map((group) => [portKey(group.ports), group]));
  const byPorts = groupByPorts(existing);
  for (const [key, slices] of byPorts) if (!desired.has(key)) surplus.push(...slices);
  for (const [key, group] of desired) fill(group, byPorts.get(key) ?? [], labels, drafts, surplus);
  // There is always a slice, so that who watches knows that there is nothing.
  if (surplus.length === existing.length && drafts.length === 0) {
    const placeholder = surplus.find((slice) => isPlaceholder(slice, labels));
    if (placeholder) surplus.splice(surplus.indexOf(placeholder), 1);
    else drafts.push({ existing: undefined, ports: [], endpoints: [], changed: true });
  }
  // A slice that is to be created takes the place of one that is to be deleted.
  const made = drafts.map((draft) => (draft.existing ? draft : copyWith(draft, { existing: surplus.pop() })));
  const body = (draft: Draft) => sliceBody(service, addressType, labels, draft, triggerTime);
  return {
    create: made.filter((draft) => !draft.existing).map(body),
    update: made.filter((draft) => draft.existing && draft.changed).map(body),
    delete: surplus,
  };
}

function groupByPorts(slices: readonly EndpointSlice[]): Map<string, EndpointSlice[]> {
  const groups = new Map<string, EndpointSlice[]>();
  for (const slice of slices) {
    const key = portKey(slice.ports);
    groups.set(key, [...(groups.get(key) ?? []), slice]);
  }
  return groups;
}

/** reconcileByPortMapping: existing slices keep what is still wanted and take what is new as long as there is room. */
function fill(
  { ports, endpoints }: EndpointGroup,
  slices: readonly EndpointSlice[],
  labels: Readonly<Record<string, string>>,
  drafts: Draft[],
  surplus: EndpointSlice[],
): void {
  const wanted = new Map(endpoints.map((endpoint) => [endpointKey(endpoint), endpoint]));
  const mine: Draft[] = [];
  for (const slice of slices) {
    const draft = keepWanted(slice, ports, labels, wanted);
    if (draft) mine.push(draft);
    else surplus.push(slice);
  }
  const left = [...wanted.values()];
  const take = (draft: Draft) => {
    const room = maxEndpoints - draft.endpoints.length;
    draft.endpoints = [...draft.endpoints, ...left.splice(0, room)];
    draft.changed = true;
  };
  const changed = mine.filter((draft) => draft.changed).sort((a, b) => b.endpoints.length - a.endpoints.length);
  for (const draft of changed) if (left.length > 0) take(draft);
  while (left.length > 0) {
    let draft = left.length < maxEndpoints ? fullestWithRoom(mine, left.length) : undefined;
    if (!draft) mine.push((draft = { existing: undefined, ports, endpoints: [], changed: true }));
    take(draft);
  }
  drafts.push(...mine);
}

/** What of a slice is still wanted, taken out of `wanted`; undefined if nothing is. */
function keepWanted(
  slice: EndpointSlice,
  ports: readonly DiscoveryEndpointPort[],
  labels: Readonly<Record<string, string>>,
  wanted: Map<string, Endpoint>,
): Draft | undefined {
  const before = slice.endpoints ?? [];
  const kept: Endpoint[] = [];
  let changed = !deepEqual(slice.metadata.labels, labels);
  for (const endpoint of before) {
    const key = endpointKey(endpoint);
    const current = wanted.get(key);
    wanted.delete(key);
    const isSame = current !== undefined && deepEqual(current, endpoint);
    if (current) kept.push(isSame ? endpoint : current);
    changed ||= !isSame;
  }
  // An empty slice stays only if there is something to put into it.
  if (kept.length === 0 && before.length > 0) return undefined;
  return { existing: slice, ports, endpoints: kept, changed };
}

/** getSliceToFill: of the slices that nothing has changed yet the one that the rest fills best. */
function fullestWithRoom(drafts: readonly Draft[], rest: number): Draft | undefined {
  let best: Draft | undefined;
  for (const draft of drafts) {
    const fits = !draft.changed && draft.endpoints.length + rest <= maxEndpoints;
    if (fits && (!best || draft.endpoints.length > best.endpoints.length)) best = draft;
  }
  return best;
}

/** Two endpoints are the same place if address and Pod are the same, whatever their conditions (hashEndpoint). */
function endpointKey({ addresses, hostname = '', targetRef }: Endpoint): string {
  const { namespace = '', name = '', uid = '' } = targetRef ?? {};
  return [namespace, name, uid, hostname, ...addresses].join(' ');
}

function isPlaceholder(slice: EndpointSlice, labels: Readonly<Record<string, string>>): boolean {
  return !slice.endpoints?.length && !slice.ports?.length && deepEqual(slice.metadata.labels, labels);
}

/** setEndpointSliceLabels: the Service's own, except those that belong to slices. */
function sliceLabels({ metadata, spec }: Service): Readonly<Record<string, string>> {
  const {
    [serviceNameLabel]: _name,
    [managedByLabel]: _manager,
    [headlessLabel]: _headless,
    ...own
  } = metadata.labels ?? {};
  return copyWith(own, {
    ...(spec?.clusterIP === 'None' && { [headlessLabel]: '' }),
    [serviceNameLabel]: metadata.name ?? '',
    [managedByLabel]: managedBy,
  });
}

function sliceBody(
  service: Service,
  addressType: AddressType,
  labels: Readonly<Record<string, string>>,
  { existing, ports, endpoints }: Draft,
  triggerTime: string | undefined,
): SliceBody {
  const { [triggerTimeAnnotation]: _, ...kept } = existing?.metadata.annotations ?? {};
  const annotations = triggerTime === undefined ? kept : copyWith(kept, { [triggerTimeAnnotation]: triggerTime });
  const { annotations: _annotations, ...metadata } = existing?.metadata ?? {
    generateName: `${service.metadata.name}-`,
    namespace: service.metadata.namespace,
    ownerReferences: [controllerReference(service)],
  };
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: copyWith(metadata, { labels, ...(Object.keys(annotations).length > 0 && { annotations }) }),
    addressType,
    endpoints: endpoints.length > 0 ? endpoints : null,
    ports: ports.length > 0 ? ports : null,
  };
}
