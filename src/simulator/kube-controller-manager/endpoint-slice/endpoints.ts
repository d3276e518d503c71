// From a Service and its Pods to endpoints: what the slices should say, before they are cut into slices
// (k8s.io/endpointslice v0.36: reconciler.go, utils.go, trafficdist.go). Pure.
import type {
  Container,
  DiscoveryEndpointPort,
  Endpoint,
  Node,
  Pod,
  Service,
  ServicePort,
} from '../../../api/object.ts';
import { matchesLabels } from '../../../api/label-selector.ts';
import { isPodReady, isPodTerminal } from '../pod-state.ts';
import { withoutUndefined } from '../go-status.ts';
import { inHashOrder } from './port-order.ts';

export type AddressType = 'IPv4' | 'IPv6';

const zoneLabel = 'topology.kubernetes.io/zone';
const topologyModeAnnotations = ['service.kubernetes.io/topology-mode', 'service.kubernetes.io/topology-aware-hints'];

/** Endpoints that share a set of ports: Pods may resolve a named port to different numbers. */
export interface EndpointGroup {
  readonly ports: readonly DiscoveryEndpointPort[];
  readonly endpoints: readonly Endpoint[];
}

export interface DesiredEndpoints {
  readonly groups: readonly EndpointGroup[];
  /** What was left out, in the controller's words; the sync counts as failed. */
  readonly error: string | undefined;
}

/** Whether the endpoint slice controller makes slices for a Service; without a selector somebody else does. */
export function hasManagedSlices({ spec }: Service): boolean {
  return spec?.selector !== undefined && spec.type !== 'ExternalName';
}

/** Why the hints of a Service's endpoints are unknown, or undefined: zones are not weighed here. */
export function unmodelledHints({ metadata }: Service): string | undefined {
  const annotation = topologyModeAnnotations.find((key) => /^auto$/i.test(metadata.annotations?.[key] ?? ''));
  return annotation && `topology hints of ${annotation} are not modelled`;
}

/** The families a Service has addresses of. Old headless Services don't say: they have both. */
export function addressTypesOf({ spec }: Service): readonly AddressType[] {
  if (spec?.ipFamilies?.length) return spec.ipFamilies.filter((family) => family === 'IPv4' || family === 'IPv6');
  if (spec?.clusterIP && spec.clusterIP !== 'None') return [spec.clusterIP.includes(':') ? 'IPv6' : 'IPv4'];
  return ['IPv4', 'IPv6'];
}

/** The Pods of the Service's namespace that its selector matches, in their given order. */
export function selectedPods({ spec, metadata }: Service, pods: Iterable<Pod>): Pod[] {
  const selected: Pod[] = [];
  for (const pod of pods) {
    const inNamespace = pod.metadata.namespace === metadata.namespace;
    if (inNamespace && matchesLabels(spec?.selector, pod.metadata.labels)) selected.push(pod);
  }
  return selected;
}

/** What the slices of one address type should hold. */
export function desiredEndpoints(
  service: Service,
  pods: readonly Pod[],
  nodeOf: (name: string) => Node | undefined,
  addressType: AddressType,
): DesiredEndpoints {
  const groups = new Map<string, { ports: readonly DiscoveryEndpointPort[]; endpoints: Endpoint[] }>();
  const missing: string[] = [];
  const byName = (service.spec?.ports ?? []).some(({ targetPort }) => typeof targetPort === 'string');
  let ports: readonly DiscoveryEndpointPort[] | undefined;
  let key = '';
  for (const pod of pods) {
    if (!hasAddress(pod) || isPodTerminal(pod)) continue;
    const nodeName = pod.spec?.nodeName;
    const node = nodeName ? nodeOf(nodeName) : undefined;
    if (nodeName && !node && !service.spec?.publishNotReadyAddresses) {
      const { namespace, name } = service.metadata;
      missing.push(`skipping Pod ${pod.metadata.name} for Service ${namespace}/${name}: Node ${nodeName} Not Found`);
      continue;
    }
    const addresses = addressesOf(pod, addressType);
    if (addresses.length === 0) continue;
    if (!ports || byName) {
      ports = portsOf(service, pod);
      key = portKey(ports);
    }
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { ports: inHashOrder(ports), endpoints: [] }));
    group.endpoints.push(endpointOf(pod, node, service, addresses));
  }
  return { groups: [...groups.values()], error: aggregate(missing) };
}

/** utilerrors.Aggregate: different errors in brackets. */
function aggregate(errors: readonly string[]): string | undefined {
  const different = [...new Set(errors)];
  return different.length > 1 ? `[${different.join(', ')}]` : different[0];
}

const hasAddress = ({ status }: Pod) => !!status?.podIP || !!status?.podIPs?.length;

function addressesOf({ status }: Pod, addressType: AddressType): readonly string[] {
  const isV6 = addressType === 'IPv6';
  return (status?.podIPs ?? []).map(({ ip }) => ip).filter((ip) => ip.includes(':') === isV6);
}

function endpointOf(pod: Pod, node: Node | undefined, service: Service, addresses: readonly string[]): Endpoint {
  const { namespace, name, uid, deletionTimestamp } = pod.metadata;
  const serving = isPodReady(pod);
  const terminating = !!deletionTimestamp;
  const ready = service.spec?.publishNotReadyAddresses === true || (serving && !terminating);
  const zone = node?.metadata.labels?.[zoneLabel] || undefined;
  const nodeName = pod.spec?.nodeName || undefined;
  const hostname = hostnameOf(pod, service);
  const hints = ready ? hintsOf(service, nodeName, zone) : undefined;
  return {
    addresses,
    conditions: { ready, serving, terminating },
    ...(hostname && { hostname }),
    targetRef: { kind: 'Pod', namespace, name, ...(uid && { uid }) },
    ...(nodeName && { nodeName }),
    ...(zone && { zone }),
    ...(hints && { hints }),
  };
}

/** A Pod has a name of its own behind the Service that its subdomain names. */
function hostnameOf({ spec, metadata }: Pod, service: Service): string | undefined {
  const named = spec?.subdomain === service.metadata.name && metadata.namespace === service.metadata.namespace;
  return named ? spec?.hostname || undefined : undefined;
}

/** trafficDistribution: who should use the endpoint. */
function hintsOf({ spec }: Service, node: string | undefined, zone: string | undefined): Endpoint['hints'] {
  const forNodes = node !== undefined && spec?.trafficDistribution === 'PreferSameNode' ? [{ name: node }] : undefined;
  const zonal = ['PreferClose', 'PreferSameZone', 'PreferSameNode'].includes(spec?.trafficDistribution ?? '');
  const forZones = zonal && zone !== undefined ? [{ name: zone }] : undefined;
  return forNodes || forZones ? withoutUndefined({ forZones, forNodes }) : undefined;
}

/** getEndpointPorts: the Service's ports as this Pod has them; a name that no container port has is left out. */
function portsOf({ spec }: Service, pod: Pod): readonly DiscoveryEndpointPort[] {
  return (spec?.ports ?? []).flatMap((servicePort) => {
    const port = targetPortOf(servicePort, pod);
    const { name = '', protocol = 'TCP', appProtocol } = servicePort;
    return port === undefined ? [] : [withoutUndefined({ name, protocol, port, appProtocol })];
  });
}

/** FindPort. */
function targetPortOf({ targetPort, port, protocol = 'TCP' }: ServicePort, { spec }: Pod): number | undefined {
  if (targetPort === undefined) return port;
  if (typeof targetPort === 'number') return targetPort;
  const sidecars = (spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  for (const { ports } of [...(spec?.containers ?? []), ...sidecars] as readonly Container[]) {
    const found = ports?.find((entry) => entry.name === targetPort && (entry.protocol ?? 'TCP') === protocol);
    if (found) return found.containerPort;
  }
  return undefined;
}

/** The same for the same set of ports, whatever their order (NewPortMapKey). */
export function portKey(ports: readonly DiscoveryEndpointPort[] | null | undefined): string {
  return (ports ?? [])
    .map(({ name, protocol, port, appProtocol }) => [name, protocol, port, appProtocol].join('\u0000'))
    .sort()
    .join('\u0001');
}
