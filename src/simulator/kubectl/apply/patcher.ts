// The patch of `kubectl apply` for an object that is there (k8s.io/kubectl/pkg/cmd/apply/patcher.go).
import { quote } from '../../../api/go-text.ts';
import { createThreeWayJsonMergePatch } from '../../../api/json-merge-patch.ts';
import type { KubeObject } from '../../../api/object.ts';
import { patchSchemaOf } from '../../../api/patch-schema.ts';
import { createThreeWayMergePatch } from '../../../api/strategic-merge-diff.ts';
import type { JsonMap } from '../../../api/merge-elements.ts';
import { goJson, isObject } from '../../../base/json.ts';
import type { ApiResponse, PatchType, WriteOptions } from '../../client/client.ts';
import { statusFailure, textFailure, whenDoing, type Failure } from '../failure.ts';
import { wireForm } from '../wire-form.ts';
import type { Info } from '../manifests/infos.ts';
import type { Session, Steps } from '../session.ts';
import { lastApplied } from './last-applied.ts';

export interface Patch {
  readonly type: PatchType;
  readonly value: JsonMap;
}

/** What turns the live object into the modified one, and takes away what was applied before and is no longer. */
export function patchFor(live: KubeObject, modified: JsonMap): Patch | { readonly error: string } {
  const current = wireForm(live) as unknown as JsonMap;
  const original = lastApplied(live);
  const schema = patchSchemaOf(live.apiVersion, live.kind);
  if (!schema) return { type: 'merge', value: createThreeWayJsonMergePatch(original, modified, current) };
  const result = createThreeWayMergePatch(original, modified, current, schema);
  return 'error' in result ? result : { type: 'strategic', value: result.value };
}

export const isEmpty = ({ value }: Patch): boolean => Object.keys(value).length === 0;

const mostRetries = 5;
/** From the second retry on kubectl waits before it tries again. */
const retryDelay = 1000;

export interface Patched {
  readonly object: KubeObject;
  readonly patch: Patch;
}

/** Patches the object; a conflict with another writer is tried again on the object as it is then. */
export function* patchObject(
  session: Session,
  info: Info,
  first: { readonly live: KubeObject; readonly modified: JsonMap },
  options: WriteOptions,
): Steps<Patched | Failure> {
  let { live } = first;
  for (let attempt = 0; ; attempt++) {
    const patch = patchFor(live, first.modified);
    if ('error' in patch) return whenPatching(info, '', textFailure(patch.error));
    if (isEmpty(patch)) return { object: live, patch };
    const response: ApiResponse<KubeObject> = yield* session.patch(info, patch.type, patch.value, options);
    if (response.ok) return { object: response.object, patch };
    if (response.code !== 409 || attempt === mostRetries || hasVersion(first.modified)) {
      return whenPatching(info, goJson(patch.value), statusFailure(response.status));
    }
    if (attempt > 0) yield retryDelay;
    const fresh = yield* session.get<KubeObject>(info);
    if (!fresh.ok) return statusFailure(fresh.status);
    live = fresh.object;
  }
}

/** The manifest itself says which version it is about: trying again would not help. */
const hasVersion = ({ metadata }: JsonMap) => isObject(metadata) && metadata.resourceVersion !== undefined;

function whenPatching(info: Info, patch: string, failure: Failure): Failure {
  const inner = whenDoing('patching', info.source, failure);
  return whenDoing(`applying patch:\n${patch}\nto:\n${infoText(info)}\nfor:`, info.source, inner);
}

/** Info.String: which object of which resource. */
export function infoText({ resource, namespace = '', name }: Info): string {
  const { group, version, plural, kind } = resource;
  const mapping = `Resource: "${group}/${version}, Resource=${plural}", GroupVersionKind: "${group}/${version}, Kind=${kind}"`;
  return `${mapping}\nName: ${quote(name)}, Namespace: ${quote(namespace)}`;
}
