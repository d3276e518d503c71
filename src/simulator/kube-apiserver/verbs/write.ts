// From the body of a POST, PUT or PATCH to what is done with it: bodies are decoded, and subresources go their own ways.
import { refOf, type KubeObject } from '../../../api/object.ts';
import { apiVersionOf, resourceOfKind, type ApiResource } from '../../../api/resources.ts';
import { badRequest, conflict, failure, type ApiStatus } from '../../../api/status.ts';
import { isObject } from '../../../base/json.ts';
import type { PatchType } from '../../client/client.ts';
import { isComponent } from '../authentication.ts';
import { kindOfVersion } from '../custom-resources/custom-kind.ts';
import type { DecodingTarget } from '../decoding/decode.ts';
import type { Integers } from '../../../api/decoding/decoder.ts';
import { isLarge } from '../limits/large.ts';
import { bodyRefusal } from '../limits/sizes.ts';
import { isOlderVersion } from '../registry/conversions.ts';
import { isStatus } from '../registry/strategy.ts';
import type { Storage } from '../registry/storage.ts';
import { accepted, refused, writeRequest, type Answer, type WriteRequest, type WriteTarget } from '../request.ts';
import { serverName } from '../server-name.ts';
import { decodeBody } from '../stages/decode.ts';
import type { Store } from '../store.ts';
import { bind } from '../subresources/binding.ts';
import { evict } from '../subresources/eviction.ts';
import { finalize } from '../subresources/finalize.ts';
import { scaled, scaleOf } from '../subresources/scale.ts';
import { issueToken } from '../subresources/token.ts';
import { applyBody } from './apply.ts';
import { create } from './create.ts';
import { applyPatch } from './patch.ts';
import { patchRefusal } from './patch-refusal.ts';
import { update } from './update.ts';

type CreateSubresource = (store: Store, storage: Storage, request: WriteRequest, name: string) => Answer;

const createSubresources: Readonly<Record<string, CreateSubresource>> = {
  'pods/binding': bind,
  'pods/eviction': evict,
  'serviceaccounts/token': issueToken,
};

const unserved = (): ApiStatus => failure(404, 'NotFound', 'the server could not find the requested resource', {});

/** A subresource that the real server serves and this one does not: what would become of the request is unknown. */
function unmodelled({ kernel }: Store, { resource, subresource, namespace, name }: WriteTarget): ApiStatus {
  if (resource.subresources.includes(subresource)) {
    const subject = { apiVersion: apiVersionOf(resource), kind: resource.kind, name, ...(namespace && { namespace }) };
    const reason = `the subresource ${subresource} is not modelled`;
    kernel.record(serverName, serverName, { type: 'unknown', subject, reason });
  }
  return unserved();
}

const notAllowed = (): ApiStatus =>
  failure(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {});

/** Decodes the body for the resource; the bodies of subresources are of kinds of their own, and taken as they are. */
function decoded(target: WriteTarget, body: unknown, integers?: Integers): KubeObject | ApiStatus {
  const { subresource, options, actor, warnings } = target;
  if (isComponent(actor) || (subresource && subresource !== 'status')) return body as KubeObject;
  const result = decodeBody(body, kindOf(target, body), options, integers);
  if ('status' in result) return result.status;
  warnings.push(...result.warnings);
  return result.object;
}

/** Of several versions of a kind objects are stored in one. What webhooks make of them is not modelled. */
function noteVersion({ kernel }: Store, { resource, subresource, custom }: WriteTarget, object: KubeObject): void {
  const storedAs = custom && kindOfVersion(custom, object.apiVersion)?.storedAs;
  const apiVersion = custom ? (storedAs?.byWebhook ? storedAs.apiVersion : object.apiVersion) : apiVersionOf(resource);
  if (subresource || object.kind !== resource.kind || object.apiVersion === apiVersion) return;
  if (isOlderVersion(object)) return;
  const reason = `${object.kind} is stored as ${apiVersion}, and the conversion from ${object.apiVersion} is not modelled`;
  kernel.record(serverName, serverName, { type: 'unknown', subject: refOf(object), reason });
}

/** What the body is to be read as. */
function kindOf({ resource, custom }: WriteTarget, body: unknown): DecodingTarget {
  const kind = custom && kindOfVersion(custom, isObject(body) ? body['apiVersion'] : undefined);
  return kind ? { ...kind.resource, custom: kind } : versionOf(body, resource);
}

/** The resource in the version of the body, where it is another one of the same group: kubectl sends it to that one's path. */
function versionOf(body: unknown, resource: ApiResource): ApiResource {
  const { apiVersion, kind } = isObject(body) ? body : {};
  const other = resourceOfKind(String(apiVersion), String(kind));
  return other?.group === resource.group && other.plural === resource.plural ? other : resource;
}

/** A body that the server does not read to its end. */
function unread({ actor }: WriteTarget, body: unknown): ApiStatus | undefined {
  return !isComponent(actor) && isLarge(body) ? bodyRefusal(body) : undefined;
}

export function createBody(store: Store, storage: Storage, target: WriteTarget, body: unknown): Answer {
  const tooLarge = unread(target, body);
  if (tooLarge) return refused(tooLarge);
  const object = decoded(target, body);
  if (isStatus(object)) return refused(object);
  const request = writeRequest(target, undefined, object);
  if (target.subresource) {
    const handler = createSubresources[`${storage.name}/${target.subresource}`];
    return handler ? handler(store, storage, request, target.name) : refused(unmodelled(store, target));
  }
  if (!storage.resource.verbs.includes('create')) return refused(notAllowed());
  const answer = create(store, storage, request);
  if (answer.object) noteVersion(store, target, object);
  return answer;
}

export function updateBody(store: Store, storage: Storage, target: WriteTarget, body: unknown): Answer {
  const tooLarge = unread(target, body);
  if (tooLarge) return refused(tooLarge);
  const object = decoded(target, body);
  if (isStatus(object)) return refused(object);
  const mismatch = nameMismatch(object, target.name);
  if (mismatch) return refused(mismatch);
  switch (target.subresource) {
    case 'scale':
      return updateScale(store, storage, target, (scale) => ({ ...scale, ...object }));
    case 'finalize':
      return finalize(store, storage, target, object);
    case '':
    case 'status':
      return update(store, storage, target, (current) => otherUid(target, object, current) ?? object);
    default:
      return refused(unmodelled(store, target));
  }
}

export function patchBody(
  store: Store,
  storage: Storage,
  target: WriteTarget,
  type: PatchType,
  patch: unknown,
): Answer {
  const tooLarge = unread(target, patch);
  if (tooLarge) return refused(tooLarge);
  if (target.subresource === 'scale') {
    return updateScale(store, storage, target, (scale) => applyPatch(scale, type, patch));
  }
  if (target.subresource && target.subresource !== 'status') return refused(unmodelled(store, target));
  if (type === 'apply') {
    if (target.subresource) return refused(unmodelled(store, target));
    const lenient = { ...target, options: { ...target.options, fieldValidation: 'Ignore' as const } };
    return applyBody(store, storage, target, patch, (body) => {
      const object = decoded(lenient, body, 'converted');
      if (!isStatus(object)) noteVersion(store, target, object);
      return object;
    });
  }
  return update(store, storage, target, (current) => {
    const patched = applyPatch(current, type, patch, storage.patchSchema);
    if (isStatus(patched)) return patched;
    const object = decoded(target, patched, type === 'strategic' ? 'converted' : 'read');
    if (isStatus(object)) return patchRefusal(storage.name, patch, object);
    return nameMismatch(object, target.name) ?? object;
  });
}

/** An update is of the object with the uid that it names; what a patch says of the uid is left to validation. */
function otherUid(target: WriteTarget, { metadata }: KubeObject, { metadata: old }: KubeObject): ApiStatus | undefined {
  const { uid } = metadata;
  if (!uid || uid === old.uid) return undefined;
  const why = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.uid}`;
  return conflict(target.resource, target.name, why);
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
  target: WriteTarget,
  change: (scale: KubeObject) => KubeObject | ApiStatus,
): Answer {
  const whole = { ...target, subresource: '', through: target.subresource };
  const answer = update(store, storage, whole, (current) => {
    const scale = change(scaleOf(current));
    return isStatus(scale) ? scale : scaled(current, scale);
  });
  return answer.object ? accepted(answer.code, scaleOf(answer.object)) : answer;
}
