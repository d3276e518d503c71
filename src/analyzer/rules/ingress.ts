// An Ingress that sends requests to a Service, or to a port of one, that is not there; or that asks for a class of which the cluster has
// others. kube-apiserver takes it, and no component of Kubernetes says a word: who serves Ingresses answers with an error, or not at all.
import {
  refOf,
  type Ingress,
  type IngressBackend,
  type IngressClass,
  type KubeObject,
  type Service,
} from '../../api/object.ts';
import type { Evidence, Finding, Rule } from '../finding.ts';
import { appliedKey, finalKey } from '../subject.ts';
import { nearest } from '../suggest.ts';

export const ingress: Rule = {
  ids: ['ingress-backend', 'ingress-class'],
  find(evidence) {
    const applied = evidence.applied.flatMap((object) =>
      object.kind === 'Ingress' ? (evidence.final.get(appliedKey(object)) ?? []) : [],
    );
    if (applied.length === 0) return [];
    const services = new Map(evidence.cluster.objects<Service>('services').map((one) => [finalKey(refOf(one)), one]));
    const classes = evidence.cluster
      .objects<IngressClass>('ingressclasses.networking.k8s.io')
      .map(({ metadata }) => metadata.name ?? '');
    return applied.flatMap((object) => {
      const own = object as Ingress;
      const backends = backendsOf(own).flatMap((backend) => backendFinding(own, backend, services, evidence) ?? []);
      return [...backends, ...classFinding(own, classes, evidence)];
    });
  },
};

interface Backend {
  readonly service: NonNullable<IngressBackend['service']>;
  /** `spec.rules[0].http.paths[0].backend.service`. */
  readonly path: string;
}

function backendsOf({ spec }: Ingress): Backend[] {
  const paths = (spec?.rules ?? []).flatMap(({ http }, i) =>
    (http?.paths ?? []).map(({ backend }, j) => [backend, `spec.rules[${i}].http.paths[${j}].backend`] as const),
  );
  return [[spec?.defaultBackend, 'spec.defaultBackend'] as const, ...paths].flatMap(([backend, path]) =>
    backend?.service ? [{ service: backend.service, path: `${path}.service` }] : [],
  );
}

function backendFinding(
  own: Ingress,
  { service: { name, port }, path }: Backend,
  services: ReadonlyMap<string, Service>,
  evidence: Evidence,
): Finding | undefined {
  const service = services.get(finalKey({ kind: 'Service', name, namespace: own.metadata.namespace }));
  if (!service) {
    if (evidence.services.has(name) || evidence.cluster.mayOmit('services')) return undefined;
    const message = `services "${name}" not found`;
    const why = `The Ingress sends requests to the Service ${name}, which is not there: create it, or correct the name.`;
    return finding(own, 'ingress-backend', `${path}.name`, message, why, evidence);
  }
  const { type, ports = [] } = service.spec ?? {};
  const isThere = ports.some((one) => (port?.name ? one.name === port.name : one.port === port?.number));
  if (!port || type === 'ExternalName' || isThere) return undefined;
  const asked = String(port.name ?? port.number);
  const has = ports.map((one) => [one.port, ...(one.name ? [`(${one.name})`] : [])].join(' ')).join(', ');
  const why = `The Ingress sends requests to the port ${asked} of the Service ${name}, which has ${has || 'none'}: correct one of the two.`;
  const field = `${path}.port.${port.name ? 'name' : 'number'}`;
  return finding(own, 'ingress-backend', field, `service "${name}" has no port ${asked}`, why, evidence);
}

/** A cluster without any class may be served by somebody who needs none. */
function classFinding(own: Ingress, classes: readonly string[], evidence: Evidence): Finding[] {
  const name = own.spec?.ingressClassName;
  if (!name || classes.length === 0 || classes.includes(name)) return [];
  const meant = nearest(name, classes);
  const why = `Nobody serves an Ingress whose class is not there. ${meant ? `Did you mean ${meant}?` : `The cluster has ${classes.join(', ')}.`}`;
  const message = `ingressclasses.networking.k8s.io "${name}" not found`;
  return [finding(own, 'ingress-class', 'spec.ingressClassName', message, why, evidence)];
}

function finding(
  own: KubeObject,
  id: string,
  path: string,
  message: string,
  explanation: string,
  { trace }: Evidence,
): Finding {
  const stored = trace.findLast((entry) => entry.type === 'store' && entry.object === own);
  return {
    id,
    severity: 'warning',
    subject: refOf(own),
    related: [],
    dependsOn: 'objects',
    field: { path },
    message,
    explanation,
    steps: stored ? [stored.seq] : [],
  };
}
