// Warnings about what is written with addresses: NetworkPolicies, Endpoints, EndpointSlices; and about the older way to name an
// Ingress class (pkg/registry/{networking,core,discovery}, Kubernetes 1.36).
import type {
  EndpointAddress,
  Endpoints,
  EndpointSlice,
  Ingress,
  KubeObject,
  NetworkPolicy,
  NetworkPolicyPeer,
} from '../../../api/object.ts';
import { addressWarnings, blockWarnings } from './address.ts';

function peerWarnings(peers: readonly NetworkPolicyPeer[] | undefined, path: string): string[] {
  return (peers ?? []).flatMap(({ ipBlock }, i) => {
    if (!ipBlock) return [];
    const at = `${path}[${i}].ipBlock`;
    const except = ipBlock.except?.flatMap((block, j) => blockWarnings(block, `${at}.except[${j}]`)) ?? [];
    return [...blockWarnings(ipBlock.cidr, `${at}.cidr`), ...except];
  });
}

export function networkPolicyWarnings({ spec }: NetworkPolicy): string[] {
  return [
    ...(spec?.ingress ?? []).flatMap(({ from }, i) => peerWarnings(from, `spec.ingress[${i}].from`)),
    ...(spec?.egress ?? []).flatMap(({ to }, i) => peerWarnings(to, `spec.egress[${i}].to`)),
  ];
}

const classAnnotation = 'kubernetes.io/ingress.class';

export function ingressWarnings({ metadata, spec }: Ingress): string[] {
  if (metadata.annotations?.[classAnnotation] === undefined || spec?.ingressClassName !== undefined) return [];
  return [`annotation "${classAnnotation}" is deprecated, please use 'spec.ingressClassName' instead`];
}

/** What a controller of Kubernetes' own made out of other objects is not warned of again. */
const isManaged = ({ metadata }: KubeObject, label: string, managers: readonly string[]) =>
  managers.includes(metadata.labels?.[label] ?? '');

export function endpointsWarnings(endpoints: Endpoints): string[] {
  if (isManaged(endpoints, 'endpoints.kubernetes.io/managed-by', ['endpoint-controller'])) return [];
  const ofAddresses = (addresses: readonly EndpointAddress[] | undefined, path: string) =>
    (addresses ?? []).flatMap(({ ip }, i) => addressWarnings(ip, `${path}[${i}].ip`));
  return (endpoints.subsets ?? []).flatMap(({ addresses, notReadyAddresses }, i) => [
    ...ofAddresses(addresses, `subsets[${i}].addresses`),
    ...ofAddresses(notReadyAddresses, `subsets[${i}].notReadyAddresses`),
  ]);
}

const sliceManagers = ['endpointslice-controller.k8s.io', 'endpointslicemirroring-controller.k8s.io'];

export function endpointSliceWarnings(slice: EndpointSlice): string[] {
  if (isManaged(slice, 'endpointslice.kubernetes.io/managed-by', sliceManagers)) return [];
  return slice.endpoints.flatMap(({ addresses }, i) =>
    addresses.flatMap((address, j) => addressWarnings(address, `endpoints[${i}].addresses[${j}]`)),
  );
}

/** Of a new slice it is also told that its type is on its way out, under a path that does not exist. */
export function newEndpointSliceWarnings(slice: EndpointSlice): string[] {
  const deprecated = slice.addressType === 'FQDN' ? ['spec.addressType: FQDN endpoints are deprecated'] : [];
  return [...deprecated, ...endpointSliceWarnings(slice)];
}
