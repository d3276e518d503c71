// A Service that selects no Pod: its address answers nobody.
import { formatLabels } from '../../api/label-selector.ts';
import { refOf, type EndpointSlice, type Service } from '../../api/object.ts';
import type { Evidence, Finding, Rule } from '../finding.ts';
import { appliedKey, finalKey } from '../subject.ts';

const serviceNameLabel = 'kubernetes.io/service-name';

export const serviceWithoutEndpoints: Rule = {
  ids: ['service-without-endpoints'],
  find: (evidence) =>
    evidence.applied.flatMap((object) => {
      const service = object.kind === 'Service' ? evidence.final.get(appliedKey(object)) : undefined;
      return (service && findingOf(service as Service, evidence)) ?? [];
    }),
};

/** Pods that are described somewhere may still come; a Service whose selector means none of them is waiting in vain. */
function findingOf(service: Service, { final, templates, trace }: Evidence): Finding | undefined {
  const { selector = {}, type } = service.spec ?? {};
  const { name = '', namespace = 'default' } = service.metadata;
  if (Object.keys(selector).length === 0 || type === 'ExternalName' || templates.has(namespace, selector)) {
    return undefined;
  }
  const slice = slicesOf(namespace, name, final).at(0);
  if (!slice || slicesOf(namespace, name, final).some(({ endpoints }) => (endpoints ?? []).length > 0))
    return undefined;
  return {
    ...{ id: 'service-without-endpoints', severity: 'warning', subject: refOf(service), related: [] },
    field: { path: 'spec.selector' },
    message: `Service ${name} has no endpoints`,
    explanation: `No Pod has the labels ${formatLabels(selector)}: what connects to the Service is refused until one does.`,
    steps: trace.flatMap((entry) => (entry.type === 'store' && entry.object === slice ? [entry.seq] : [])),
    dependsOn: 'objects',
  };
}

function slicesOf(namespace: string, name: string, final: Evidence['final']): EndpointSlice[] {
  const prefix = finalKey({ kind: 'EndpointSlice', namespace, name: '' });
  return [...final]
    .filter(([key, { metadata }]) => key.startsWith(prefix) && metadata.labels?.[serviceNameLabel] === name)
    .map(([, slice]) => slice as EndpointSlice);
}
