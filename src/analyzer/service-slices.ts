// The EndpointSlices of Services at the end of a run, and the steps that wrote them.
import type { EndpointSlice, KubeObject, Service } from '../api/object.ts';
import type { Evidence } from './finding.ts';
import { linesOf } from './lines.ts';
import { appliedKey } from './subject.ts';

const serviceNameLabel = 'kubernetes.io/service-name';

export interface ServiceSlices {
  /** As it is at the end. */
  readonly service: Service;
  readonly slices: readonly EndpointSlice[];
  /** The steps that stored the slices as they are. */
  readonly steps: readonly number[];
}

/** Of the applied Services that look for Pods themselves. */
export function servicesWithSlices({ applied, final, trace }: Evidence): ServiceSlices[] {
  const services = applied.flatMap((object): Service[] => {
    const service = object.kind === 'Service' && (final.get(appliedKey(object)) as Service | undefined);
    if (!service || service.spec?.type === 'ExternalName') return [];
    return Object.keys(service.spec?.selector ?? {}).length > 0 ? [service] : [];
  });
  if (services.length === 0) return [];
  const byService = slicesByService(final);
  const stores = storesOf(trace);
  return services.map((service) => {
    const slices = byService.get(`${service.metadata.namespace}/${service.metadata.name}`) ?? [];
    return { service, slices, steps: slices.flatMap((slice) => stores.get(slice) ?? []) };
  });
}

function slicesByService(final: Evidence['final']): Map<string, EndpointSlice[]> {
  const slices = new Map<string, EndpointSlice[]>();
  for (const object of final.values()) {
    if (object.kind !== 'EndpointSlice') continue;
    const key = `${object.metadata.namespace}/${object.metadata.labels?.[serviceNameLabel]}`;
    const known = slices.get(key);
    if (known) known.push(object as EndpointSlice);
    else slices.set(key, [object as EndpointSlice]);
  }
  return slices;
}

function storesOf(trace: Evidence['trace']): Map<KubeObject, number[]> {
  const stores = new Map<KubeObject, number[]>();
  for (const entry of linesOf(trace, 'store')) {
    if (entry.object.kind !== 'EndpointSlice') continue;
    const known = stores.get(entry.object);
    if (known) known.push(entry.seq);
    else stores.set(entry.object, [entry.seq]);
  }
  return stores;
}
