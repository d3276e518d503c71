// network/dns: addresses of names of the cluster. Other records than A and AAAA, and names outside, are not modelled yet.
import type { EndpointSlice, KubeObject, Namespace, Service } from '../../../src/api/object.ts';
import { namesTried, resolve, type DnsCluster } from '../../../src/simulator/coredns/index.ts';
import type { Answer } from './index.ts';

interface Question {
  readonly id: string;
  readonly objects: readonly KubeObject[];
  readonly queries: readonly { readonly name: string; readonly type: string }[];
  readonly lookups: readonly { readonly namespace: string; readonly name: string }[];
}

const authority = [
  'cluster.local. 30 IN SOA ns.dns.cluster.local. hostmaster.cluster.local. SERIAL 7200 1800 86400 30',
];

/** Thrown at the first thing that is not modelled; the whole case is unknown then. */
class Unmodelled extends Error {}

export function answer({ id, objects, queries, lookups }: Question): Answer {
  const ofKind = <T extends KubeObject>(kind: string) => objects.filter((object) => object.kind === kind) as T[];
  const cluster = {
    namespaces: ofKind<Namespace>('Namespace'),
    services: ofKind<Service>('Service'),
    slices: ofKind<EndpointSlice>('EndpointSlice'),
  };
  try {
    return {
      id,
      queries: queries.map(({ name, type }) => ({ expect: queried(cluster, name, type) })),
      lookups: lookups.map(({ namespace, name }) => ({ expect: lookedUp(cluster, namespace, name) })),
    };
  } catch (error) {
    if (error instanceof Unmodelled) return { id, unknown: error.message };
    throw error;
  }
}

function queried(cluster: DnsCluster, name: string, type: string): unknown {
  if (type !== 'A' && type !== 'AAAA') throw new Unmodelled(`${type} records are not modelled`);
  const { rcode, addresses } = known(cluster, name, type);
  if (addresses.length === 0) return { rcode, aa: true, authority };
  return { rcode, aa: true, answer: addresses.map((address) => `${name} 30 IN ${type} ${address}`) };
}

function lookedUp(cluster: DnsCluster, namespace: string, name: string): unknown {
  const searches = [`${namespace}.svc.cluster.local`, 'svc.cluster.local', 'cluster.local'];
  const tried: string[] = [];
  let isThere = false;
  for (const candidate of namesTried(name, { searches, ndots: 5 })) {
    const { rcode, addresses } = known(cluster, candidate, 'A');
    tried.push(`${candidate} ${rcode}`);
    if (addresses.length > 0) return { tried, addresses, found: candidate };
    isThere ||= rcode === 'NOERROR';
  }
  return { tried, error: isThere ? 'NODATA' : 'NXDOMAIN' };
}

function known(cluster: DnsCluster, name: string, type: 'A' | 'AAAA') {
  const found = resolve(cluster, name, type);
  if (!found) throw new Unmodelled('names outside of the cluster are not modelled');
  if (found.cname !== undefined) throw new Unmodelled('what an ExternalName Service stands for is not modelled');
  return found;
}
