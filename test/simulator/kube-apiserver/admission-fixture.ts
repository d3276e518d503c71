// Asks one admission plugin about one request, in a cluster of a few objects.
import type { KubeObject } from '../../../src/api/object.ts';
import { qualifiedName, resourceOfKind } from '../../../src/api/resources.ts';
import type {
  AdmissionPlugin,
  AdmissionRequest,
  AdmissionVerdict,
} from '../../../src/simulator/kube-apiserver/admission/plugin.ts';
import { Cluster, type Manifest } from './server-fixture.ts';

export interface Asked {
  readonly operation?: AdmissionRequest['operation'];
  readonly old?: Manifest;
  /** `admit` unless told. */
  readonly phase?: 'admit' | 'validate';
  readonly cluster?: readonly Manifest[];
}

/** What the plugin says of the object, which is in the namespace default where its kind has one. */
export function ask(plugin: AdmissionPlugin, manifest: Manifest, asked: Asked = {}): AdmissionVerdict {
  const { operation = 'CREATE', old, phase = 'admit', cluster = [] } = asked;
  const object = manifest as unknown as KubeObject;
  const resource = resourceOfKind(object.apiVersion, object.kind);
  if (!resource) throw new Error(`no kind ${object.kind}`);
  const namespace = resource.namespaced ? (object.metadata.namespace ?? 'default') : undefined;
  const request = {
    operation,
    resource,
    resourceName: qualifiedName(resource),
    subresource: '',
    namespace,
    object,
    old: old as unknown as KubeObject | undefined,
    user: { name: 'kubernetes-admin', groups: ['system:masters'] },
    options: {},
  };
  const { reader, policies, loopback } = new Cluster(...cluster).server.store;
  return plugin[phase]?.(request, { reader, suffix: () => 'xxxxx', policies, loopback });
}

/** The spec the plugin made, its refusal, what it warns of, or why it does not know; undefined if it said nothing. */
export function outcome(verdict: AdmissionVerdict): unknown {
  if (!verdict) return undefined;
  if ('object' in verdict) return (verdict.object as { spec?: unknown }).spec;
  if ('refusal' in verdict) return verdict.refusal.message;
  return 'warnings' in verdict ? verdict.warnings : verdict.unknown;
}
