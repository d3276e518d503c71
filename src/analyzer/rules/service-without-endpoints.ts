// A Service that selects no Pod: its address answers nobody.
import { formatLabels } from '../../api/label-selector.ts';
import { refOf } from '../../api/object.ts';
import type { Evidence, Finding, Rule } from '../finding.ts';
import { servicesWithSlices, type ServiceSlices } from '../service-slices.ts';

export const serviceWithoutEndpoints: Rule = {
  ids: ['service-without-endpoints'],
  find: (evidence) => servicesWithSlices(evidence).flatMap((one) => findingOf(one, evidence) ?? []),
};

/** Pods that are described somewhere may still come; a Service whose selector means none of them is waiting in vain. */
function findingOf({ service, slices, steps }: ServiceSlices, { templates }: Evidence): Finding | undefined {
  const { selector = {} } = service.spec ?? {};
  const { name = '', namespace = 'default' } = service.metadata;
  const isWaiting = slices.length > 0 && slices.every(({ endpoints }) => (endpoints ?? []).length === 0);
  if (!isWaiting || templates.has(namespace, selector)) return undefined;
  return {
    id: 'service-without-endpoints',
    severity: 'warning',
    subject: refOf(service),
    related: [],
    field: { path: 'spec.selector' },
    message: `Service ${name} has no endpoints`,
    explanation: `No Pod has the labels ${formatLabels(selector)}: what connects to the Service is refused until one does.`,
    steps,
    dependsOn: 'objects',
  };
}
