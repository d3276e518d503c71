// Which endpoints of a Service port a node sends traffic to (k8s.io/kubernetes/pkg/proxy/topology.go and
// endpointslicecache.go, v1.36). Pure.
import type { Endpoint, EndpointSlice, Service, ServicePort } from '../../api/object.ts';

/** Where a proxy runs. */
export interface ProxyNode {
  readonly name: string;
  readonly zone: string | undefined;
}

export interface ProxyEndpoint {
  /** `10.244.1.12:8080`. */
  readonly address: string;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly isLocal: boolean;
  readonly forZones: readonly string[];
  readonly forNodes: readonly string[];
}

export interface EndpointChoice {
  readonly cluster: readonly string[];
  readonly local: readonly string[];
  readonly reachable: readonly string[];
  /** Whether there is an endpoint anywhere, so that traffic is dropped instead of refused where none may be used. */
  readonly hasAny: boolean;
}

/** The endpoints of one Service port of one address family, each once, by address. */
export function endpointsOf(
  portName: string,
  family: string,
  slices: readonly EndpointSlice[],
  node: ProxyNode,
): readonly ProxyEndpoint[] {
  const found = new Map<string, ProxyEndpoint>();
  for (const slice of slices) {
    const port = slice.ports?.find(({ name }) => (name ?? '') === portName)?.port;
    if (slice.addressType !== family || port === undefined) continue;
    for (const endpoint of slice.endpoints ?? []) {
      const ip = endpoint.addresses[0];
      if (ip === undefined) continue;
      const address = ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
      found.set(address, proxyEndpoint(address, endpoint, node));
    }
  }
  return [...found.keys()]
    .sort()
    .map((address) => found.get(address))
    .filter((endpoint) => endpoint !== undefined);
}

function proxyEndpoint(address: string, { conditions, nodeName, hints }: Endpoint, node: ProxyNode): ProxyEndpoint {
  const ready = conditions?.ready ?? true;
  return {
    address,
    ready,
    serving: conditions?.serving ?? ready,
    terminating: conditions?.terminating ?? false,
    isLocal: nodeName === node.name,
    forZones: hints?.forZones?.map(({ name }) => name) ?? [],
    forNodes: hints?.forNodes?.map(({ name }) => name) ?? [],
  };
}

/** CategorizeEndpoints: the endpoints for traffic that may leave the node, for such that may not, and for either. */
export function chooseEndpoints(
  service: Service,
  port: ServicePort,
  endpoints: readonly ProxyEndpoint[],
  node: ProxyNode,
): EndpointChoice {
  const { spec } = service;
  const external = isExternallyAccessible(service, port);
  const internalLocal = spec?.internalTrafficPolicy === 'Local';
  const externalLocal = external && spec?.externalTrafficPolicy === 'Local';
  const usesCluster = !internalLocal || external;
  const usesLocal = internalLocal || externalLocal;
  const mode = usesCluster ? topologyMode(endpoints, node) : undefined;
  const cluster = usesCluster ? clusterEndpoints(endpoints, mode, node) : [];
  if (!usesLocal) return { cluster, local: [], reachable: cluster, hasAny: cluster.length > 0 };
  const hasAny = endpoints.some(isReady) || endpoints.some(isLastResort) || cluster.length > 0;
  const isLocal = ({ isLocal }: ProxyEndpoint) => isLocal;
  const readyHere = endpoints.filter(isLocal).filter(isReady).map(addressOf);
  const local = readyHere.length > 0 ? readyHere : endpoints.filter(isLocal).filter(isLastResort).map(addressOf);
  const reachable = usesCluster ? [...new Set([...cluster, ...local])].sort() : local;
  return { cluster, local, reachable, hasAny };
}

const isReady = ({ ready }: ProxyEndpoint) => ready;
/** An endpoint that still serves while it goes away is used if there is no other. */
const isLastResort = ({ serving, terminating }: ProxyEndpoint) => serving && terminating;
const addressOf = ({ address }: ProxyEndpoint) => address;

/** Whether traffic from outside the cluster may reach the port. */
export function isExternallyAccessible({ spec, status }: Service, port: ServicePort): boolean {
  const balanced = status?.loadBalancer?.ingress?.some(({ ip, ipMode }) => !!ip && ipMode !== 'Proxy') ?? false;
  return !!port.nodePort || balanced || (spec?.externalIPs?.length ?? 0) > 0;
}

type TopologyMode = 'node' | 'zone' | undefined;

/** topologyModeFromHints: hints count only if every ready endpoint has one, and one is for this node or its zone. */
function topologyMode(endpoints: readonly ProxyEndpoint[], node: ProxyNode): TopologyMode {
  const ready = endpoints.filter(isReady);
  const hinted = (hintsOf: (endpoint: ProxyEndpoint) => readonly string[], wanted: string | undefined) =>
    ready.every((endpoint) => hintsOf(endpoint).length > 0) &&
    ready.some((endpoint) => wanted !== undefined && hintsOf(endpoint).includes(wanted));
  if (hinted(({ forNodes }) => forNodes, node.name)) return 'node';
  return hinted(({ forZones }) => forZones, node.zone) ? 'zone' : undefined;
}

function clusterEndpoints(endpoints: readonly ProxyEndpoint[], mode: TopologyMode, node: ProxyNode): readonly string[] {
  const available = endpoints.filter((endpoint) => {
    if (!endpoint.ready) return false;
    if (mode === 'node') return endpoint.forNodes.includes(node.name);
    return mode !== 'zone' || endpoint.forZones.includes(node.zone ?? '');
  });
  return (available.length > 0 ? available : endpoints.filter(isLastResort)).map(addressOf);
}
