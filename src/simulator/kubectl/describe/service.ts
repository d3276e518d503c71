// `kubectl describe service`.
import type { EndpointSlice, Service, ServicePort } from '../../../api/object.ts';
import { formatLabels } from '../../../api/label-selector.ts';
import { hostPort } from '../printing/tables/endpoints.ts';
import { builtin, describer, writeLabels, writeName } from './describer.ts';
import type { Description } from './description.ts';

export const serviceDescriber = describer<Service, readonly EndpointSlice[]>({
  *related(session, { metadata: { name = '', namespace = '' } }) {
    const labelSelector = `kubernetes.io/service-name=${name}`;
    return yield* session.list<EndpointSlice>(builtin('endpointslices.discovery.k8s.io'), { namespace, labelSelector });
  },
  write(description, service, slices) {
    const spec = service.spec ?? {};
    writeName(description, service);
    writeLabels(description, service);
    description.field('Selector', formatLabels(spec.selector));
    description.field('Type', spec.type ?? '');
    if (spec.ipFamilyPolicy) description.field('IP Family Policy', spec.ipFamilyPolicy);
    description.field('IP Families', spec.ipFamilies?.join(',') || '<none>');
    description.field('IP', spec.clusterIP ?? '');
    description.field('IPs', spec.clusterIPs?.join(',') || '<none>');
    describeOutside(description, service);
    for (const port of spec.ports ?? []) describePort(description, port, slices);
    description.field('Session Affinity', spec.sessionAffinity ?? '');
    if (spec.externalTrafficPolicy) description.field('External Traffic Policy', spec.externalTrafficPolicy);
    if (spec.internalTrafficPolicy) description.field('Internal Traffic Policy', spec.internalTrafficPolicy);
    if (spec.healthCheckNodePort) description.field('HealthCheck NodePort', spec.healthCheckNodePort);
    const ranges = spec.loadBalancerSourceRanges ?? [];
    if (ranges.length > 0) description.field('LoadBalancer Source Ranges', ranges.join(','));
  },
});

function describeOutside(description: Description, { spec = {}, status }: Service): void {
  if (spec.externalIPs?.length) description.field('External IPs', spec.externalIPs.join(','));
  if (spec.loadBalancerIP) description.field('Desired LoadBalancer IP', spec.loadBalancerIP);
  if (spec.externalName) description.field('External Name', spec.externalName);
  const ingress = status?.loadBalancer?.ingress ?? [];
  if (ingress.length === 0) return;
  const addresses = ingress.map(({ ip, ipMode, hostname = '' }) =>
    ip ? `${ip}${ipMode ? ` (${ipMode})` : ''}` : hostname,
  );
  description.field('LoadBalancer Ingress', addresses.join(', '));
}

function describePort(description: Description, servicePort: ServicePort, slices: readonly EndpointSlice[]): void {
  const { name = '', port, targetPort = 0, nodePort, protocol = 'TCP' } = servicePort;
  description.field('Port', `${name || '<unset>'}\t${port}/${protocol}`);
  description.field('TargetPort', `${targetPort}/${protocol}`);
  if (nodePort) description.field('NodePort', `${name || '<unset>'}\t${nodePort}/${protocol}`);
  description.field('Endpoints', slices.length === 0 ? '<none>' : endpointsText(slices, name));
}

/**
 * The first three ready endpoints and how many more there are. Any further endpoint, ready or not, makes kubectl speak of more, so
 * it may be `+ 0 more...`.
 */
function endpointsText(slices: readonly EndpointSlice[], name: string): string {
  const shown: string[] = [];
  let ready = 0;
  let more = false;
  for (const { conditions, text } of slices.flatMap((slice) => endpointsOf(slice, name))) {
    more ||= shown.length === 3;
    if (conditions?.ready === false) continue;
    ready++;
    if (!more) shown.push(text);
  }
  return more ? `${shown.join(',')} + ${ready - 3} more...` : shown.join(',');
}

/** The endpoints of a slice with their addresses, for the ports of that name; headless Services may have no ports. */
function endpointsOf({ endpoints, ports }: EndpointSlice, name: string) {
  const addressed = (endpoints ?? []).map(({ addresses, conditions }) => ({ conditions, text: addresses[0] ?? '' }));
  if (!ports?.length) return addressed;
  return ports
    .filter((port) => (port.name ?? '') === name)
    .flatMap(({ port }) => addressed.map(({ conditions, text }) => ({ conditions, text: hostPort(text, port ?? 0) })));
}
