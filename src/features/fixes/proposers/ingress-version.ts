// An Ingress of a version that is gone says its backends differently; networking.k8s.io/v1 wants a pathType, too.
import { isObject, type JsonValue } from '../../../base/json.ts';
import type { Declared } from '../../sources.ts';
import { remove, set, type WrittenEdit } from '../change.ts';
import type { Proposer } from '../proposer.ts';

const version = 'networking.k8s.io/v1';

export const ingressVersion: Proposer = {
  findings: ['unknown-kind'],
  propose({ declared }) {
    const { kind, apiVersion, spec } = declared.object as typeof declared.object & { spec?: unknown };
    if (kind !== 'Ingress' || apiVersion === version || !isObject(spec)) return [];
    const edits = [
      set(declared, 'apiVersion', version),
      ...listOf(spec.rules).flatMap((rule, i) => pathsOf(rule).flatMap((path, j) => pathEdits(declared, path, i, j))),
      ...defaultBackend(declared, spec.backend),
    ];
    return [
      {
        id: `convert to ${version}`,
        title: `Write it as ${version}`,
        cost: edits.length,
        risk: 0,
        isCertain: true,
        edits,
      },
    ];
  },
};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const pathsOf = (rule: unknown) => (isObject(rule) && isObject(rule.http) ? listOf(rule.http.paths) : []);

function pathEdits(declared: Declared, path: unknown, i: number, j: number): WrittenEdit[] {
  if (!isObject(path)) return [];
  const at = `spec.rules[${i}].http.paths[${j}]`;
  const backend = converted(path.backend);
  return [
    ...(backend ? [set(declared, `${at}.backend`, backend)] : []),
    ...(path.pathType === undefined ? [set(declared, `${at}.pathType`, 'ImplementationSpecific')] : []),
  ];
}

function defaultBackend(declared: Declared, backend: unknown): WrittenEdit[] {
  const value = converted(backend);
  return value ? [set(declared, 'spec.defaultBackend', value), remove(declared, 'spec.backend')] : [];
}

function converted(backend: unknown): JsonValue | undefined {
  if (!isObject(backend) || typeof backend.serviceName !== 'string') return undefined;
  const { serviceName: name, servicePort } = backend;
  const port = typeof servicePort === 'number' ? { number: servicePort } : { name: String(servicePort) };
  return { service: { name, port } };
}
