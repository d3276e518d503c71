// The shape every Kubernetes object shares, and how we refer to one.
import type { ObjectMeta, OwnerReference } from './types.generated.ts';

export type * from './types.generated.ts';

/** Any object of the API. Objects are immutable: a changed object is a new one that shares what did not change. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

/** An object by name, as an Event or a person refers to it. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

export function refOf(object: KubeObject): ObjectRef {
  const { apiVersion, kind, metadata } = object;
  const { namespace, name = '' } = metadata;
  return namespace ? { apiVersion, kind, name, namespace } : { apiVersion, kind, name };
}

/** `namespace/name`, or `name` for what has no namespace: the key of informers and work queues. */
export function keyOf(object: { readonly metadata: ObjectMeta }): string {
  const { namespace, name = '' } = object.metadata;
  return namespace ? `${namespace}/${name}` : name;
}

/** The owner that controls the object, if any. */
export function controllerOf(object: KubeObject): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find((owner) => owner.controller);
}
