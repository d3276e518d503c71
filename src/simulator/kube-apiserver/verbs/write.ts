// From the body of a POST, PUT or PATCH to what is done with it: bodies are decoded, and subresources go their own ways.
import type { KubeObject } from '../../../api/object.ts';
import { badRequest, failure, type ApiStatus } from '../../../api/status.ts';
import type { PatchType, Target, WriteOptions } from '../../client/client.ts';
import type { Participant } from '../../trace.ts';
import { isComponent } from '../authentication.ts';
import { isStatus } from '../registry/strategy.ts';
import type { Storage } from '../registry/storage.ts';
import { accepted, refused, type Answer, type User, type WriteRequest } from '../request.ts';
import { decodeBody } from '../stages/decode.ts';
import type { Store } from '../store.ts';
import { bind } from '../subresources/binding.ts';
import { evict } from '../subresources/eviction.ts';
import { finalize } from '../subresources/finalize.ts';
import { scaled, scaleOf } from '../subresources/scale.ts';
import { issueToken } from '../subresources/token.ts';
import { create } from './create.ts';
import { applyPatch } from './patch.ts';
import { patchRefusal } from './patch-refusal.ts';
import { update, type UpdateTarget } from './update.ts';

/** Who writes, where, and how. */
export interface Writing {
  readonly storage: Storage;
  readonly target: Partial<Target>;
  readonly options: WriteOptions;
  readonly actor: Participant;
  readonly user: User;
  readonly warnings: string[];
}

type CreateSubresource = (store: Store, storage: Storage, request: WriteRequest, name: string) => Answer;

const createSubresources: Readonly<Record<string, CreateSubresource>> = {
  'pods/binding': bind,
  'pods/eviction': evict,
  'serviceaccounts/token': issueToken,
};

function targetOf({ storage, target, ...rest }: Writing): UpdateTarget {
  const { resource, name: resourceName } = storage;
  const { namespace, name = '', subresource = '' } = target;
  return { ...rest, resource, resourceName, subresource, namespace: resource.namespaced ? namespace : undefined, name };
}

const unserved = (): ApiStatus => failure(404, 'NotFound', 'the server could not find the requested resource', {});

const notAllowed = (): ApiStatus =>
  failure(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {});

/** Decodes the body for the resource; the bodies of subresources are of kinds of their own, and taken as they are. */
function decoded(writing: Writing, body: unknown): KubeObject | ApiStatus {
  const { storage, target, options, actor, warnings } = writing;
  if (isComponent(actor) || (target.subresource && target.subresource !== 'status')) return body as KubeObject;
  const result = decodeBody(body, storage.resource, options);
  if ('status' in result) return result.status;
  warnings.push(...result.warnings);
  return result.object;
}

export function createBody(store: Store, writing: Writing, body: unknown): Answer {
  const { storage } = writing;
  const { name, ...target } = targetOf(writing);
  const object = decoded(writing, body);
  if (isStatus(object)) return refused(object);
  const namespace = target.namespace ?? (storage.resource.namespaced ? object.metadata.namespace : undefined);
  const request: WriteRequest = { ...target, namespace, operation: 'CREATE', old: undefined, object };
  if (!target.subresource) {
    if (!storage.resource.verbs.includes('create')) return refused(notAllowed());
    return create(store, storage, request);
  }
  const handler = createSubresources[`${storage.name}/${target.subresource}`];
  return handler ? handler(store, storage, request, name) : refused(unserved());
}

export function updateBody(store: Store, writing: Writing, body: unknown): Answer {
  const { storage } = writing;
  const target = targetOf(writing);
  const object = decoded(writing, body);
  if (isStatus(object)) return refused(object);
  const mismatch = nameMismatch(object, target.name);
  if (mismatch) return refused(mismatch);
  switch (target.subresource) {
    case 'scale':
      return updateScale(store, storage, target, (scale) => ({ ...scale, ...object }));
    case 'finalize':
      return finalize(store, storage, target, object);
    default:
      return update(store, storage, target, () => object);
  }
}

export function patchBody(store: Store, writing: Writing, type: PatchType, patch: unknown): Answer {
  const { storage } = writing;
  const target = targetOf(writing);
  if (target.subresource === 'scale') {
    return updateScale(store, storage, target, (scale) => applyPatch(scale, type, patch));
  }
  return update(store, storage, target, (current) => {
    const patched = applyPatch(current, type, patch);
    if (isStatus(patched)) return patched;
    const object = decoded(writing, patched);
    if (!isStatus(object)) return nameMismatch(object, target.name) ?? object;
    return patchRefusal(storage.name, patch, object);
  });
}

/** The name in the body is the one in the URL; a body without a name has none that could be wrong. */
function nameMismatch({ metadata }: KubeObject, name: string): ApiStatus | undefined {
  const given = metadata.name;
  if (given === name) return undefined;
  if (!given)
    return badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`);
  return badRequest(`the name of the object (${given}) does not match the name on the URL (${name})`);
}

/** A scale is written as an update of the object it belongs to. */
function updateScale(
  store: Store,
  storage: Storage,
  target: UpdateTarget,
  change: (scale: KubeObject) => KubeObject | ApiStatus,
): Answer {
  const whole = { ...target, subresource: '' };
  const answer = update(store, storage, whole, (current) => {
    const scale = change(scaleOf(current));
    return isStatus(scale) ? scale : scaled(current, scale);
  });
  return answer.object ? accepted(answer.code, scaleOf(answer.object)) : answer;
}
