// The rules of metadata that hold for every resource, before strategies and validation have their say
// (k8s.io/apiserver registry/rest/{meta,create,update}.go, Kubernetes 1.36).
import { copyWith, type Writable } from '../../../base/copy.ts';
import type { ObjectMeta } from '../../../api/object.ts';
import { badRequest } from '../../../api/status.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { withoutMetadata } from '../registry/object-meta.ts';
import type { Stage, WriteRequest } from '../request.ts';

/** An object goes where the request's path says: it names no namespace, or the same; what is cluster-wide loses its own. */
export const matchNamespace: Stage = (request) => {
  const { object, namespace, resource } = request;
  if (!resource.namespaced) {
    request.object = withoutMetadata(object, 'namespace');
    return undefined;
  }
  if (!namespace) return badRequest('Namespace parameter required.');
  if (object.metadata.namespace === namespace) return undefined;
  if (object.metadata.namespace) {
    return badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  request.object = { ...object, metadata: { ...object.metadata, namespace } };
  return undefined;
};

/** What a client may send along with a new object, and the server sets itself. */
const systemFields = [
  'resourceVersion',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'selfLink',
  'managedFields',
] as const;

/** The metadata of a new object: what the server sets, in place of what the client may have sent. */
export function newMetadata({ object, managedFields }: WriteRequest, kernel: Kernel, counted: boolean): ObjectMeta {
  const { metadata } = withoutMetadata(object, ...systemFields);
  const { name, generateName } = metadata;
  const made: Writable<ObjectMeta> = copyWith(metadata, {});
  if (!name && generateName) made.name = generateName + kernel.random.suffix();
  made.uid = kernel.random.uid();
  made.creationTimestamp = kernel.timestamp();
  if (counted) made.generation = 1;
  if (managedFields) made.managedFields = managedFields;
  return made;
}

/** The metadata of an updated object: an update cannot change what the server set. */
export function updatedMetadata(given: ObjectMeta, old: ObjectMeta): ObjectMeta {
  const { deletionTimestamp, deletionGracePeriodSeconds, generation, creationTimestamp, resourceVersion } = old;
  const same =
    given.uid === old.uid &&
    given.creationTimestamp === creationTimestamp &&
    given.generation === generation &&
    given.resourceVersion === resourceVersion &&
    given.deletionTimestamp === deletionTimestamp &&
    given.deletionGracePeriodSeconds === deletionGracePeriodSeconds;
  if (same) return given;
  const { generation: _g, deletionTimestamp: _d, deletionGracePeriodSeconds: _p, managedFields: _m, ...kept } = given;
  return {
    ...kept,
    uid: given.uid || old.uid,
    creationTimestamp,
    resourceVersion,
    ...(generation !== undefined && { generation }),
    ...(deletionTimestamp !== undefined && { deletionTimestamp }),
    ...(deletionGracePeriodSeconds !== undefined && { deletionGracePeriodSeconds }),
  };
}
