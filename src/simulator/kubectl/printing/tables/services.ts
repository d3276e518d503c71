// `kubectl get services`.
import type { Service, ServicePort } from '../../../../api/object.ts';
import { formatLabels } from '../../../../api/label-selector.ts';
import { tablePrinter } from '../table.ts';
import { ageOf, nameOf, none } from './cells.ts';

export const servicePrinter = tablePrinter<Service>(
  ['Name', 'Type', 'Cluster-IP', 'External-IP', 'Port(s)', 'Age', '[Selector]'],
  (service, moment) => [
    nameOf(service),
    service.spec?.type ?? '',
    service.spec?.clusterIPs?.[0] ?? none,
    externalAddress(service),
    (service.spec?.ports ?? []).map(portText).join(',') || none,
    ageOf(service, moment),
    formatLabels(service.spec?.selector),
  ],
);

const portText = ({ port, nodePort, protocol = 'TCP' }: ServicePort) =>
  nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`;

function externalAddress({ spec, status }: Service): string {
  const externalIPs = spec?.externalIPs ?? [];
  if (spec?.type === 'ExternalName') return spec.externalName ?? '';
  if (spec?.type !== 'LoadBalancer') return externalIPs.join(',') || none;
  const ingress = status?.loadBalancer?.ingress ?? [];
  const addresses = ingress.map(({ ip, hostname }) => ip || hostname || '').filter((address) => address !== '');
  return [...addresses, ...externalIPs].join(',') || '<pending>';
}
