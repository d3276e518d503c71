// PATCH: what the three kinds of patches make of an object (k8s.io/apiserver/pkg/endpoints/handlers/patch.go, Kubernetes 1.36).
import { applyJsonMergePatch } from '../../../api/json-merge-patch.ts';
import type { KubeObject } from '../../../api/object.ts';
import { patchSchemaOf } from '../../../api/patch-schema.ts';
import { failure, type ApiStatus } from '../../../api/status.ts';
import { applyStrategicMergePatch } from '../../../api/strategic-merge.ts';
import { isObject } from '../../../base/json.ts';
import type { PatchType } from '../../client/client.ts';
import { applyJsonPatch } from './json-patch.ts';

/** The patched object as plain JSON, not yet decoded; or why the patch cannot be applied. */
export function applyPatch(object: KubeObject, type: PatchType, patch: unknown): KubeObject | ApiStatus {
  const original = object as unknown as Readonly<Record<string, unknown>>;
  const result = patched(original, object, type, patch);
  return 'error' in result
    ? failure(result.code, result.code === 422 ? 'Invalid' : 'BadRequest', result.error)
    : (result.value as unknown as KubeObject);
}

type Patched = { readonly value: unknown } | { readonly error: string; readonly code: number };

function patched(
  original: Readonly<Record<string, unknown>>,
  { apiVersion, kind }: KubeObject,
  type: PatchType,
  patch: unknown,
): Patched {
  if (type === 'json') {
    const result = applyJsonPatch(original, patch);
    return 'error' in result ? { ...result, code: 422 } : result;
  }
  if (!isObject(patch)) return { error: 'error decoding patch: the patch is no object', code: 400 };
  if (type === 'merge') return { value: applyJsonMergePatch(original, patch) };
  const result = applyStrategicMergePatch(original, patch, patchSchemaOf(apiVersion, kind));
  return 'error' in result ? { ...result, code: 422 } : result;
}
