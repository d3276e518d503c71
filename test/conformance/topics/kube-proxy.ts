// network/kube-proxy: which endpoints a node's kube-proxy uses and what becomes of traffic. The text of the rules is not made.
import { keyOf, type EndpointSlice, type KubeObject, type Node, type Service } from '../../../src/api/object.ts';
import { compareBytes } from '../../../src/base/order.ts';
import { hostPort, isProxied, portNameOf, serviceKeyOf } from '../../../src/simulator/kube-proxy/rules.ts';
import { PortTraffic, type Origin, type ServiceAddress } from '../../../src/simulator/kube-proxy/traffic.ts';
import type { Answer } from './index.ts';

interface Question {
  readonly id: string;
  readonly node: string;
  readonly objects: readonly KubeObject[];
}

const origins: readonly Origin[] = ['pod', 'node', 'outside'];

/** The addresses of the node under test that its node ports are asked for at, by family. */
const nodeAddresses: Readonly<Record<string, string>> = { IPv4: '192.168.10.11', IPv6: 'fd00:192:168::11' };

export function answer({ id, node: nodeName, objects }: Question): Answer {
  const ofKind = <T extends KubeObject>(kind: string) => objects.filter((object) => object.kind === kind) as T[];
  const self = ofKind<Node>('Node').find(({ metadata }) => metadata.name === nodeName);
  const node = { name: nodeName, zone: self?.metadata.labels?.['topology.kubernetes.io/zone'] };
  const slices = ofKind<EndpointSlice>('EndpointSlice');
  const services = ofKind<Service>('Service').filter(isProxied);
  if (services.some(({ spec }) => spec?.loadBalancerSourceRanges?.length)) {
    return { id, unknown: 'loadBalancerSourceRanges are not modelled' };
  }
  const ports = services.flatMap((service) => {
    const own = slices.filter((slice) => serviceKeyOf(slice) === keyOf(service));
    return portsOf(service, own, node);
  });
  ports.sort((a, b) => compareBytes(a.port, b.port) || compareBytes(a.family, b.family));
  return { id, expect: { ports } };
}

function portsOf(service: Service, slices: readonly EndpointSlice[], node: { name: string; zone: string | undefined }) {
  const { ports = [], ipFamilies = ['IPv4'] } = service.spec ?? {};
  return ports.flatMap((port) =>
    ipFamilies.map((family) => {
      const traffic = new PortTraffic(service, port, family, slices, node);
      const { cluster, local, reachable, hasAny } = traffic.choice;
      return {
        port: portNameOf(service, port),
        protocol: port.protocol ?? 'TCP',
        family,
        clusterEndpoints: cluster,
        localEndpoints: local,
        reachableEndpoints: reachable,
        hasAnyEndpoints: hasAny,
        traffic: addressesOf(service, port, family).flatMap(([kind, address]) =>
          origins.map((from) => ({ from, to: `${kind} ${address}`, ...traffic.fate(from, kind) })),
        ),
      };
    }),
  );
}

/** The addresses at which a Service port is asked for: its own, those of others that lead to it, and the node's. */
function addressesOf(
  { spec, status }: Service,
  port: { readonly port: number; readonly nodePort?: number },
  family: string,
): [ServiceAddress, string][] {
  const isOfFamily = (ip: string) => ip.includes(':') === (family === 'IPv6');
  const balanced = (status?.loadBalancer?.ingress ?? []).filter(({ ip, ipMode }) => ip && ipMode !== 'Proxy');
  const of = (kind: ServiceAddress, ips: readonly string[], number = port.port) =>
    ips.filter(isOfFamily).map((ip): [ServiceAddress, string] => [kind, hostPort(ip, number)]);
  return [
    ...of('clusterIP', spec?.clusterIPs ?? []),
    ...of('externalIP', spec?.externalIPs ?? []),
    ...of(
      'loadBalancer',
      balanced.map(({ ip = '' }) => ip),
    ),
    ...(port.nodePort ? of('nodePort', [nodeAddresses[family] ?? ''], port.nodePort) : []),
  ];
}
