// The names that CoreDNS' kubernetes plugin gives to Services and their endpoints (the DNS-based service discovery
// specification). Pure.
import type { EndpointSlice, Service } from '../../api/object.ts';
import { endpointName } from './resolve.ts';
import { clusterDomain } from './search-path.ts';

/** A name with its addresses; for an ExternalName Service the name it stands for. */
export interface DnsRecord {
  /** `web.default.svc.cluster.local.` */
  readonly name: string;
  readonly addresses: readonly string[];
  readonly cname?: string;
}

export function serviceName({ metadata }: Service): string {
  return `${metadata.name}.${metadata.namespace}.svc.${clusterDomain}.`;
}

/** The records of a Service; `slices` are its own. A headless Service has its endpoints' addresses, ready or published. */
export function recordsOf(service: Service, slices: readonly EndpointSlice[]): DnsRecord[] {
  const { spec } = service;
  const name = serviceName(service);
  if (spec?.type === 'ExternalName') return [{ name, addresses: [], cname: `${spec.externalName}.` }];
  if (spec?.clusterIP !== 'None') return [{ name, addresses: spec?.clusterIPs ?? [spec?.clusterIP ?? ''] }];
  const byName = new Map<string, string[]>([[name, []]]);
  for (const { endpoints } of slices) {
    for (const { addresses, hostname, conditions } of endpoints ?? []) {
      if (conditions?.ready === false) continue;
      byName.get(name)?.push(...addresses);
      for (const address of addresses) {
        const own = `${endpointName({ hostname }, address)}.${name}`;
        byName.set(own, [...(byName.get(own) ?? []), address]);
      }
    }
  }
  return [...byName].map(([recordName, addresses]) => ({ name: recordName, addresses: addresses.sort() }));
}
