// PATCH: what the three kinds of patches make of an object (k8s.io/apiserver/pkg/endpoints/handlers/patch.go, Kubernetes 1.36).
import { applyJsonMergePatch } from '../../../api/json-merge-patch.ts';
import type { KubeObject } from '../../../api/object.ts';
import { plainPatchSchema, type PatchSchema } from '../../../api/patch-schema.ts';
import { badRequest, failure, type ApiStatus } from '../../../api/status.ts';
import { applyStrategicMergePatch } from '../../../api/strategic-merge.ts';
import { isObject } from '../../../base/json.ts';
import type { PatchType } from '../../client/client.ts';
import { applyJsonPatch } from '../../../api/json-patch.ts';

/** The server tells no client what its library says. */
const rejected = 'the server rejected our request due to an error in our request';

/** The patched object as plain JSON, not yet decoded; or why the patch cannot be applied. */
export function applyPatch(
  object: KubeObject,
  type: PatchType,
  patch: unknown,
  schema: PatchSchema = plainPatchSchema,
): KubeObject | ApiStatus {
  const original: Readonly<Record<string, unknown>> = object as object as Readonly<Record<string, unknown>>;
  if (type === 'json') {
    const result = applyJsonPatch(original, patch);
    return 'error' in result ? failure(422, 'Invalid', rejected, {}) : (result.value as KubeObject);
  }
  if (!isObject(patch)) return badRequest('error decoding patch: the patch is no object');
  if (type === 'merge') return applyJsonMergePatch(original, patch) as KubeObject;
  const result = applyStrategicMergePatch(original, patch, schema);
  // The real server has no better answer than 500 to a strategic merge patch that contradicts itself.
  return 'error' in result ? failure(500, '', result.error) : (result.value as unknown as KubeObject);
}
