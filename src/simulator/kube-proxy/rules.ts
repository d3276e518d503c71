// What a node's kube-proxy does with traffic to a Service: rewrite it to an endpoint, refuse it or drop it
// (k8s.io/kubernetes/pkg/proxy/iptables/proxier.go, v1.36). Pure.
import type { EndpointSlice, Service, ServicePort } from '../../api/object.ts';
import { Attached } from '../../base/attached.ts';
import type { ProxyNode } from './endpoints.ts';
import { PortTraffic, type Fate } from './traffic.ts';

/** The rules of one address of a Service port. */
export interface ServiceRules {
  /** `default/web`, or with the port's name `default/web:http`. */
  readonly service: string;
  readonly protocol: string;
  /** `10.96.0.100:80`; for a node port `*:30080`. */
  readonly address: string;
  /** Where traffic is rewritten to, one of them by chance; none: see `otherwise`. */
  readonly endpoints: readonly string[];
  /** Without an endpoint to use: refused (ICMP port unreachable), or dropped if there are some elsewhere. */
  readonly otherwise: 'reject' | 'drop';
}

const proxyNameLabel = 'service.kubernetes.io/service-proxy-name';
const headlessLabel = 'service.kubernetes.io/headless';
const serviceNameLabel = 'kubernetes.io/service-name';

/** Whether a kube-proxy serves the Service: not without an address, and not if another proxy does. */
export function isProxied({ metadata, spec }: Service): boolean {
  const isAddress = !!spec?.clusterIP && spec.clusterIP !== 'None';
  return isAddress && spec.type !== 'ExternalName' && metadata.labels?.[proxyNameLabel] === undefined;
}

/** The key of the Service that a slice belongs to, undefined for one that no kube-proxy looks at. */
export function serviceKeyOf({ metadata }: EndpointSlice): string | undefined {
  const { labels = {}, namespace } = metadata;
  const ignored = labels[headlessLabel] !== undefined || labels[proxyNameLabel] !== undefined;
  const service = labels[serviceNameLabel];
  return ignored || !service ? undefined : `${namespace}/${service}`;
}

/** The name of a Service port in rules and traces. */
export function portNameOf({ metadata }: Service, port: ServicePort): string {
  const service = `${metadata.namespace}/${metadata.name}`;
  return port.name ? `${service}:${port.name}` : service;
}

/** The rules of a Service on a node; `slices` are the Service's own. */
export function rulesOf(service: Service, slices: readonly EndpointSlice[], node: ProxyNode): readonly ServiceRules[] {
  if (!isProxied(service)) return none;
  return differsByNode(service, slices) ? rulesOn(node, service, slices) : commonRules(service, slices);
}

const none: readonly never[] = [];

/** Whether it matters on which node a proxy runs: a traffic policy keeps to the node, or hints say for whom an endpoint is. */
function differsByNode({ spec }: Service, slices: readonly EndpointSlice[]): boolean {
  if (spec?.internalTrafficPolicy === 'Local' || spec?.externalTrafficPolicy === 'Local') return true;
  return slices.some(({ endpoints }) => endpoints?.some(({ hints }) => hints !== undefined));
}

interface CommonRules {
  readonly slices: readonly EndpointSlice[];
  readonly rules: readonly ServiceRules[];
}

/** By Service. Every node asks for the rules of the same objects, one after the other. */
const known = new Attached<Service, CommonRules>();

function commonRules(service: Service, slices: readonly EndpointSlice[]): readonly ServiceRules[] {
  const before = known.get(service);
  const isSame = before?.slices.length === slices.length && before.slices.every((slice, i) => slice === slices[i]);
  if (isSame) return before.rules;
  const rules = rulesOn(anyNode, service, slices);
  known.set(service, { slices, rules });
  return rules;
}

const anyNode: ProxyNode = { name: '', zone: undefined };

function rulesOn(node: ProxyNode, service: Service, slices: readonly EndpointSlice[]): readonly ServiceRules[] {
  const { spec } = service;
  const clusterIps = spec?.clusterIPs ?? [spec?.clusterIP ?? ''];
  return (spec?.ports ?? []).flatMap((port) =>
    clusterIps.flatMap((clusterIp) => {
      const family = clusterIp.includes(':') ? 'IPv6' : 'IPv4';
      return addressRules(service, port, clusterIp, new PortTraffic(service, port, family, slices, node));
    }),
  );
}

function addressRules(service: Service, port: ServicePort, clusterIp: string, traffic: PortTraffic): ServiceRules[] {
  const rules = (address: string, fate: Fate): ServiceRules => ({
    service: portNameOf(service, port),
    protocol: port.protocol ?? 'TCP',
    address,
    endpoints: fate.verdict === 'endpoints' ? fate.endpoints : [],
    otherwise: traffic.choice.hasAny ? 'drop' : 'reject',
  });
  const internal = rules(hostPort(clusterIp, port.port), traffic.fate('pod', 'clusterIP'));
  if (!port.nodePort) return [internal];
  return [internal, rules(`*:${port.nodePort}`, traffic.fate('outside', 'nodePort'))];
}

/** `10.96.0.100:80`, `[fd00::1]:80`. */
export function hostPort(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** What becomes of a connection to an address: the rules that catch it, or undefined if it goes where routing says. */
export function rewrite(rules: readonly ServiceRules[], address: string, protocol = 'TCP'): ServiceRules | undefined {
  return rules.find((rule) => rule.address === address && rule.protocol === protocol);
}
