// A Service sends a port on to one that is named, and none of its Pods has a container port of that name: it leads nowhere.
import { formatLabels } from '../../api/label-selector.ts';
import { refOf } from '../../api/object.ts';
import type { Evidence, Finding, Rule } from '../finding.ts';
import { servicesWithSlices, type ServiceSlices } from '../service-slices.ts';
import { nearest } from '../suggest.ts';

export const targetPort: Rule = {
  ids: ['target-port'],
  find: (evidence) => servicesWithSlices(evidence).flatMap((one) => findingsOf(one, evidence)),
};

function findingsOf({ service, slices, steps }: ServiceSlices, { templates }: Evidence): Finding[] {
  const { selector = {}, ports = [] } = service.spec ?? {};
  const { name: serviceName = '', namespace = 'default' } = service.metadata;
  if (!ports.some((port) => typeof port.targetPort === 'string')) return [];
  const answering = slices.filter(({ endpoints }) => (endpoints ?? []).length > 0);
  // Pods that are described may still come
  const described = templates.selected(namespace, selector);
  if (answering.length === 0 && described.length === 0) return [];
  return ports.flatMap(({ name = '', port, protocol = 'TCP', targetPort: target }, i): Finding[] => {
    if (typeof target !== 'string') return [];
    const isServed = answering.some((slice) => slice.ports?.some((one) => (one.name ?? '') === name));
    if (isServed || described.some((pod) => pod.ports.includes(`${target}/${protocol}`))) return [];
    const names = [...new Set(described.flatMap((pod) => pod.ports))].map((one) => one.replace('/TCP', ''));
    return [
      {
        id: 'target-port',
        severity: 'error',
        subject: refOf(service),
        related: [],
        field: { path: `spec.ports[${i}].targetPort` },
        message: `Service ${serviceName} has no endpoints for port ${port}: no Pod has a port ${target}`,
        explanation: `No container of the Pods with the labels ${formatLabels(selector)} has a ${protocol} port of that name: ${advice(target, names)}`,
        steps,
        dependsOn: 'objects',
      },
    ];
  });
}

function advice(target: string, names: readonly string[]): string {
  const give = 'give a container port the name, or write the number.';
  if (names.length === 0) return give;
  const meant = nearest(target, names);
  return meant === undefined ? `they have ${names.join(', ')}; or ${give}` : `did you mean ${meant}?`;
}
