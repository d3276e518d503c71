// `kubectl get endpointslices|endpoints`.
import type { EndpointPort, Endpoints, EndpointSlice, EndpointSubset } from '../../../../api/object.ts';
import { tablePrinter } from '../table.ts';
import { ageOf, firstThree, nameOf, none } from './cells.ts';

const unset = '<unset>';

export const endpointSlicePrinter = tablePrinter<EndpointSlice>(
  ['Name', 'AddressType', 'Ports', 'Endpoints', 'Age'],
  (slice, moment) => {
    const ports = (slice.ports ?? []).map(({ port, name }) => String(port ?? (name || '*')));
    const addresses = (slice.endpoints ?? []).flatMap((endpoint) => endpoint.addresses);
    return [
      nameOf(slice),
      slice.addressType,
      firstThree(ports) || unset,
      firstThree(addresses) || unset,
      ageOf(slice, moment),
    ];
  },
);

export const endpointsPrinter = tablePrinter<Endpoints>(['Name', 'Endpoints', 'Age'], (endpoints, moment) => [
  nameOf(endpoints),
  endpoints.subsets?.length ? firstThree(endpoints.subsets.flatMap(subsetAddresses)) : none,
  ageOf(endpoints, moment),
]);

/** Headless Services may have no ports: then addresses stand alone. */
function subsetAddresses({ addresses = [], ports = [] }: EndpointSubset): string[] {
  if (ports.length === 0) return addresses.map(({ ip }) => ip);
  return ports.flatMap(({ port }: Pick<EndpointPort, 'port'>) => addresses.map(({ ip }) => hostPort(ip, port ?? 0)));
}

/** net.JoinHostPort. */
export const hostPort = (host: string, port: number | string) =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
