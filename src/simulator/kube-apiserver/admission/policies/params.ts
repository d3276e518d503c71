// The objects that a policy is evaluated with (CollectParams of apiserver/pkg/admission/plugin/policy/generic, Kubernetes 1.36).
import { matchesLabelSelector } from '../../../../api/label-selector.ts';
import type { CustomResourceDefinition, KubeObject, ParamKind, ParamRef } from '../../../../api/object.ts';
import { qualifiedName, resourceOfKind, type ApiResource } from '../../../../api/resources.ts';
import { apiVersionOf } from '../../../../api/api-resource.ts';
import { customKindsOf, definitionsResource, isEstablished } from '../../custom-resources/custom-kind.ts';
import type { ClusterReader } from '../../registry/reader.ts';

/** Evaluated once with each; null: without. */
export type Params = { readonly params: readonly (KubeObject | null)[] } | { readonly error: string };

/** The resource of a kind of parameters, built in or made known by a definition. */
function resourceOf({ apiVersion = '', kind = '' }: ParamKind, reader: ClusterReader): ApiResource | undefined {
  const builtIn = resourceOfKind(apiVersion, kind);
  if (builtIn) return builtIn;
  return reader
    .list<CustomResourceDefinition>(definitionsResource)
    .filter(isEstablished)
    .flatMap((definition) => customKindsOf(definition))
    .map(({ resource }) => resource)
    .find((resource) => resource.kind === kind && apiVersionOf(resource) === apiVersion);
}

const goKind = ({ apiVersion = '', kind = '' }: ParamKind) =>
  `${apiVersion.includes('/') ? '' : '/'}${apiVersion}, Kind=${kind}`;

/** What is wrong with the policy whatever it is bound to. */
export function configurationProblem(kind: ParamKind | undefined, reader: ClusterReader): string | undefined {
  if (!kind || resourceOf(kind, reader)) return undefined;
  return `failed to find resource referenced by paramKind: '${goKind(kind)}'`;
}

/** `namespace`: that of the request. */
export function collectParams(
  kind: ParamKind | undefined,
  ref: ParamRef | undefined,
  namespace: string | undefined,
  reader: ClusterReader,
): Params {
  const resource = kind && resourceOf(kind, reader);
  if (!resource || !ref) return { params: [null] };
  const within = resource.namespaced ? ref.namespace || namespace : undefined;
  if (resource.namespaced && !within) {
    return { error: 'cannot use namespaced paramRef in policy binding that matches cluster-scoped resources' };
  }
  if (ref.namespace && !resource.namespaced) {
    return { error: 'paramRef.namespace must not be provided for a cluster-scoped `paramKind`' };
  }
  const found = find(qualifiedName(resource), ref, within, reader);
  if (found.length === 0 && ref.parameterNotFoundAction === 'Deny') {
    return { error: 'no params found for policy binding with `Deny` parameterNotFoundAction' };
  }
  return { params: found };
}

function find(
  resource: string,
  { name, selector }: ParamRef,
  namespace: string | undefined,
  reader: ClusterReader,
): readonly KubeObject[] {
  if (!name) {
    return reader.list(resource, namespace).filter(({ metadata }) => matchesLabelSelector(selector, metadata.labels));
  }
  const object = reader.get(resource, namespace, name);
  return object ? [object] : [];
}
