// The kinds that a cluster's server serves: those that are built in, and those that its CustomResourceDefinitions make known.
import type { CustomResourceDefinition, KubeObject } from '../api/object.ts';
import { apiVersionOf, resourceByQualifiedName, resourceOfKind, type ApiResource } from '../api/resources.ts';
import type { Etcd } from './etcd/etcd.ts';
import { customKindsOf, definitionsResource, type CustomKind } from './kube-apiserver/custom-resources/custom-kind.ts';
import { customPrefix, registryPrefix } from './kube-apiserver/registry/keys.ts';

export interface ServedKind {
  readonly resource: ApiResource;
  readonly custom?: CustomKind;
}

/** The kind of an object, undefined if the server does not serve it. */
export function servedKind(
  etcd: Etcd,
  { apiVersion, kind }: Pick<KubeObject, 'apiVersion' | 'kind'>,
): ServedKind | undefined {
  const resource = resourceOfKind(apiVersion, kind);
  if (resource) return { resource };
  const definitions = resourceByQualifiedName(definitionsResource);
  for (const { value } of definitions ? etcd.range(registryPrefix(definitions)) : []) {
    const kinds = customKindsOf(value as CustomResourceDefinition);
    const custom = kinds.find((one) => one.resource.kind === kind && apiVersionOf(one.resource) === apiVersion);
    if (custom) return { resource: custom.resource, custom };
  }
  return undefined;
}

/** Where the server stores an object of the kind. */
export function keyFor({ metadata }: KubeObject, { resource, custom }: ServedKind): string {
  const prefix = custom ? customPrefix(resource) : registryPrefix(resource);
  const name = metadata.name ?? '';
  return prefix + (resource.namespaced ? `${metadata.namespace ?? 'default'}/${name}` : name);
}
