// After the run: how a Pod reaches a Service by its name. The queries it sends, the address it gets, where its node rewrites
// traffic to, and the way from there. Made of what the programs themselves would do, on the state at the end.
import { matchesLabelSelector } from '../api/label-selector.ts';
import { keyOf, refOf, type NetworkPolicy, type Node, type Pod, type Service } from '../api/object.ts';
import { dnsQueries, resolve, type DnsCluster } from './coredns/index.ts';
import { rewrite, rulesOf } from './kube-proxy/index.ts';
import type { Kernel } from './kernel/kernel.ts';
import type { RuntimeAction } from './trace.ts';

/** The cluster's state, as the programs on the nodes know it. */
export interface Reachable extends DnsCluster {
  readonly nodes: readonly Node[];
  readonly pods: readonly Pod[];
  readonly policies: readonly NetworkPolicy[];
}

const serviceNameLabel = 'kubernetes.io/service-name';

/** Traces a connection from a running Pod to the first port of a Service, asked for by its short name. */
export function traceConnection(kernel: Kernel, pod: Pod, service: Service, cluster: Reachable): void {
  const { slices, nodes } = cluster;
  const [port] = service.spec?.ports ?? [];
  const name =
    service.metadata.namespace === pod.metadata.namespace
      ? service.metadata.name
      : keyOf(service).split('/').reverse().join('.');
  const queries = dnsQueries(pod, name ?? '');
  const node = nodes.find(({ metadata }) => metadata.name === pod.spec?.nodeName);
  if (!port || !queries || !node) return;
  const from = `pod/${pod.metadata.name}`;
  const record = (to: string, action: RuntimeAction) =>
    kernel.record(from, to, { type: 'action', subject: refOf(service), action });
  const slicesOf = (of: Service) =>
    slices.filter(
      ({ metadata }) =>
        metadata.namespace === of.metadata.namespace && metadata.labels?.[serviceNameLabel] === of.metadata.name,
    );
  const [address] = ask(queries, cluster, (query, answer) =>
    record('coredns', { type: 'dns-query', name: query, answer }),
  );
  if (address === undefined) return;
  const rules = rulesOf(service, slicesOf(service), {
    name: node.metadata.name ?? '',
    zone: node.metadata.labels?.['topology.kubernetes.io/zone'],
  });
  const destination = `${address}:${port.port}`;
  const rule = rewrite(rules, destination, port.protocol ?? 'TCP');
  const [endpoint] = rule?.endpoints ?? [];
  const result =
    endpoint === undefined ? (rule?.otherwise === 'drop' ? 'dropped' : 'refused: no endpoints') : 'connected';
  const target = cluster.pods.find(({ status }) => status?.podIP && endpoint?.startsWith(`${status.podIP}:`));
  const policy = cluster.policies.find((one) => selects(one, pod) || (target && selects(one, target)));
  if (result === 'connected' && policy) {
    // Calico would decide now
    const reason = `NetworkPolicies are not modelled: whether ${policy.metadata.name} lets the traffic to ${destination} through is not known`;
    kernel.record('calico', 'calico', { type: 'unknown', subject: refOf(policy), reason });
    return;
  }
  const connection = { type: 'connection', source: pod.status?.podIP ?? '', destination, result } as const;
  record(`kube-proxy/${pod.spec?.nodeName}`, {
    ...connection,
    ...(endpoint !== undefined && { rewrittenTo: endpoint }),
  });
}

const selects = ({ metadata, spec }: NetworkPolicy, pod: Pod) =>
  metadata.namespace === pod.metadata.namespace && matchesLabelSelector(spec?.podSelector ?? {}, pod.metadata.labels);

/** Asks name after name until one is known; the addresses of that one. */
function ask(
  queries: readonly string[],
  cluster: DnsCluster,
  tell: (query: string, answer: string) => void,
): readonly string[] {
  for (const query of queries) {
    const { rcode = 'NXDOMAIN', addresses = [] } = resolve(cluster, query) ?? {};
    tell(query, addresses.join(', ') || rcode);
    if (addresses.length > 0) return addresses;
  }
  return [];
}
