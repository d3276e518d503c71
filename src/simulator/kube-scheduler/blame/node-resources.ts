// NodeResourcesFit: each resource that does not suffice, and the container that asks for most of it.
import { refOf, type Container, type Pod } from '../../../api/object.ts';
import { compareQuantities, parseQuantity, type Quantity } from '../../../api/quantity.ts';
import { shortagesOf, type Shortage } from '../plugins/node-resources-fit.ts';
import { amountText } from './amounts.ts';
import type { BlameOf } from './blame.ts';

export const blameResources: BlameOf = (cycle, info) =>
  shortagesOf(cycle, info).map((shortage) => {
    const { resource } = shortage;
    return {
      path: resource === 'pods' ? 'spec' : requestPath(cycle.pod.pod, resource),
      says: shortageText(shortage),
      other: { object: refOf(info.node), path: `status.allocatable[${resource}]` },
      shortage,
    };
  });

function shortageText({ resource, asks, free, capacity }: Shortage): string {
  if (resource === 'pods') return `has its ${capacity} ${capacity === 1 ? 'Pod' : 'Pods'} already`;
  const [wanted, left, all] = [asks, Math.max(0, free), capacity].map((amount) => amountText(resource, amount));
  if (capacity === 0) return `has no ${resource}`;
  const lacks = `lacks ${amountText(resource, asks - Math.max(0, free))} of ${resource}`;
  return asks > capacity
    ? `${lacks}: ${wanted} asked, ${all} in all`
    : `${lacks}: ${wanted} asked, ${left} of ${all} free`;
}

/** The request that counts most: of the Pod as a whole, of the largest init container where that makes the peak, else of the largest container. */
function requestPath({ spec }: Pod, resource: string): string {
  if (spec?.resources?.requests?.[resource] !== undefined) return `spec.resources.requests[${resource}]`;
  const containers = requestsOf(spec?.containers ?? [], resource);
  const inits = requestsOf(spec?.initContainers ?? [], resource);
  const largest = largestOf(containers);
  const peak = largestOf(inits);
  const list =
    peak && (!largest || compareQuantities(peak.amount, largest.amount) > 0) ? 'initContainers' : 'containers';
  const index = (list === 'containers' ? largest : peak)?.index;
  return index === undefined ? 'spec.containers' : `spec.${list}[${index}].resources.requests[${resource}]`;
}

interface Request {
  readonly index: number;
  readonly amount: Quantity;
}

function requestsOf(containers: readonly Container[], resource: string): Request[] {
  return containers.flatMap(({ resources }, index) => {
    const amount = parseQuantity(resources?.requests?.[resource] ?? 0);
    return amount && resources?.requests?.[resource] !== undefined ? [{ index, amount }] : [];
  });
}

const largestOf = (requests: readonly Request[]) =>
  requests.reduce<Request | undefined>(
    (most, one) => (most && compareQuantities(most.amount, one.amount) >= 0 ? most : one),
    undefined,
  );
