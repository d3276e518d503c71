// What CoreDNS answers for a name of the cluster: its kubernetes plugin, with the configuration that kubeadm writes
// (coredns v1.14, plugin/kubernetes/{parse,kubernetes,reverse}.go). Pure.
import type { EndpointSlice, Namespace, Service } from '../../api/object.ts';
import { clusterDomain } from './search-path.ts';

/** The objects that names are made from. */
export interface DnsCluster {
  readonly namespaces: readonly Namespace[];
  readonly services: readonly Service[];
  readonly slices: readonly EndpointSlice[];
}

export type AddressRecord = 'A' | 'AAAA';

/** NOERROR without addresses: the name is there, but nothing of that type (NODATA). */
export interface DnsAnswer {
  readonly rcode: 'NOERROR' | 'NXDOMAIN';
  readonly addresses: readonly string[];
  /** What an ExternalName Service stands for; its addresses are whoever's the name is. */
  readonly cname?: string;
}

const nothing: DnsAnswer = { rcode: 'NXDOMAIN', addresses: [] };
const noData: DnsAnswer = { rcode: 'NOERROR', addresses: [] };
const serviceNameLabel = 'kubernetes.io/service-name';

/** The answer for a name below cluster.local, undefined for any other, which CoreDNS asks its upstream for. */
export function resolve(cluster: DnsCluster, name: string, type: AddressRecord = 'A'): DnsAnswer | undefined {
  const asked = name.toLowerCase().replace(/\.$/, '');
  if (asked === clusterDomain) return noData;
  if (!asked.endsWith(`.${clusterDomain}`)) return undefined;
  const labels = asked.slice(0, -clusterDomain.length - 1).split('.');
  const kind = labels.pop();
  if (kind !== 'svc' && kind !== 'pod') return kind === 'dns' && labels.join() === 'ns' ? noData : nothing;
  const namespace = labels.pop();
  if (namespace === undefined) return noData;
  if (!cluster.namespaces.some(({ metadata }) => metadata.name === namespace)) return nothing;
  const subject = labels.pop();
  if (subject === undefined) return noData;
  if (kind === 'pod') return ofFamily(podAddress(subject), type);
  return serviceAnswer(cluster, namespace, subject, labels, type);
}

/** With addresses of the family; a name without any address is not there at all. */
function ofFamily(addresses: readonly string[] | undefined, type: AddressRecord): DnsAnswer {
  if (!addresses?.length) return nothing;
  const matching = addresses.filter((address) => address.includes(':') === (type === 'AAAA'));
  return { rcode: 'NOERROR', addresses: [...new Set(matching)].sort() };
}

/** `10-244-1-12` stands for any address, whether a Pod has it or not (`pods insecure`). */
function podAddress(label: string): string[] | undefined {
  if (/^\d{1,3}(-\d{1,3}){3}$/.test(label)) {
    return label.split('-').every((part) => Number(part) < 256) ? [label.replaceAll('-', '.')] : undefined;
  }
  const groups = label.split('-');
  const isV6 = groups.length >= 3 && groups.length <= 8 && /^[0-9a-f-]+$/.test(label);
  const isWhole = groups.length === 8 || label.includes('--');
  return isV6 && isWhole && groups.every((group) => group.length <= 4) ? [label.replaceAll('-', ':')] : undefined;
}

/** `rest`: nothing, the name of an endpoint, or a port and its protocol. */
function serviceAnswer(
  { services, slices }: DnsCluster,
  namespace: string,
  name: string,
  rest: readonly string[],
  type: AddressRecord,
): DnsAnswer {
  const service = services.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
  if (!service || rest.length > 2) return nothing;
  const { spec } = service;
  if (spec?.type === 'ExternalName') {
    return rest.length === 0 ? { ...noData, cname: `${spec.externalName}.` } : nothing;
  }
  const [port, protocol] = rest.length === 2 ? rest.map((label) => label.replace(/^_/, '')) : [];
  const endpoint = rest.length === 1 ? rest[0] : undefined;
  if (spec?.clusterIP !== 'None' && endpoint === undefined) {
    const hasPort = port === undefined || spec?.ports?.some((one) => isPort(one, port, protocol));
    return hasPort ? ofFamily(spec?.clusterIPs ?? [spec?.clusterIP ?? ''], type) : nothing;
  }
  const own = slices.filter(
    ({ metadata }) => metadata.namespace === namespace && metadata.labels?.[serviceNameLabel] === name,
  );
  const addresses = own
    .filter(({ ports }) => port === undefined || ports?.some((one) => isPort(one, port, protocol)))
    .flatMap((slice) => slice.endpoints ?? [])
    .filter(({ conditions }) => conditions?.ready !== false)
    .flatMap((one) => one.addresses.filter((ip) => endpoint === undefined || endpointName(one, ip) === endpoint));
  return ofFamily(addresses, type);
}

const isPort = (port: { name?: string; protocol?: string }, name: string, protocol: string | undefined) =>
  (port.name ?? '') === name && (port.protocol ?? 'TCP').toLowerCase() === protocol;

/** What an endpoint is called below its Service: its Pod's hostname, else its address. */
export function endpointName({ hostname }: { readonly hostname?: string }, ip: string): string {
  return hostname || ip.replace(/[.:]/g, '-');
}
