// A Service that selects no Pod: its address answers nobody.
import { linesOf } from '../lines.ts';
import { formatLabels } from '../../api/label-selector.ts';
import { refOf, type EndpointSlice, type KubeObject, type Service } from '../../api/object.ts';
import type { Evidence, Finding, Rule } from '../finding.ts';
import { appliedKey } from '../subject.ts';

const serviceNameLabel = 'kubernetes.io/service-name';

export const serviceWithoutEndpoints: Rule = {
  ids: ['service-without-endpoints'],
  find: (evidence) => {
    const services = evidence.applied.flatMap((object) =>
      object.kind === 'Service' ? (evidence.final.get(appliedKey(object)) ?? []) : [],
    );
    if (services.length === 0) return [];
    const context = { slices: slicesByService(evidence.final), stores: storesOf(evidence.trace), ...evidence };
    return services.flatMap((service) => findingOf(service as Service, context) ?? []);
  },
};

interface Context extends Pick<Evidence, 'templates'> {
  /** By `namespace/service`. */
  readonly slices: ReadonlyMap<string, readonly EndpointSlice[]>;
  /** By what was stored, the steps that did. */
  readonly stores: ReadonlyMap<KubeObject, readonly number[]>;
}

/** Pods that are described somewhere may still come; a Service whose selector means none of them is waiting in vain. */
function findingOf(service: Service, { templates, slices, stores }: Context): Finding | undefined {
  const { selector = {}, type } = service.spec ?? {};
  const { name = '', namespace = 'default' } = service.metadata;
  if (Object.keys(selector).length === 0 || type === 'ExternalName' || templates.has(namespace, selector)) {
    return undefined;
  }
  const own = slices.get(`${namespace}/${name}`) ?? [];
  const [slice] = own;
  if (!slice || own.some(({ endpoints }) => (endpoints ?? []).length > 0)) return undefined;
  return {
    id: 'service-without-endpoints',
    severity: 'warning',
    subject: refOf(service),
    related: [],
    field: { path: 'spec.selector' },
    message: `Service ${name} has no endpoints`,
    explanation: `No Pod has the labels ${formatLabels(selector)}: what connects to the Service is refused until one does.`,
    steps: stores.get(slice) ?? [],
    dependsOn: 'objects',
  };
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
