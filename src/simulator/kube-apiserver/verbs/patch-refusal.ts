// The answer to a patch whose result is no object of its kind: 422, with the patch as Go prints a map
// (apiserver/pkg/endpoints/handlers/patch.go, applyPatchToObject, Kubernetes 1.36).
import { invalid, invalidStatus } from '../../../api/field-error.ts';
import type { ApiStatus } from '../../../api/status.ts';
import { isObject } from '../../../base/json.ts';
import { sortedKeys } from '../../../base/order.ts';
import { tracedBody } from '../redaction.ts';

const order = '$setElementOrder/';

/** Merging takes out of the patch what it has worked off: directives, and the lists whose order one of them sets. */
function remaining(patch: Readonly<Record<string, unknown>>): string[] {
  return sortedKeys(patch).filter((key) => !key.startsWith('$') && !(order + key in patch));
}

/** The value as `%v` prints it. */
function goText(value: unknown): string {
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (isObject(value))
    return `map[${remaining(value)
      .map((key) => `${key}:${goText(value[key])}`)
      .join(' ')}]`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What merging leaves is read without JSON in between; only bytes are, and that is told before what is wrong with them. */
function detailOf(message: string): string {
  const detail = message.replace(/^.*? cannot be handled as a \S+: /, '');
  return detail.startsWith('illegal base64 data') ? `error decoding from json: ${detail}` : detail;
}

/** `why` is the decoder's refusal. What a Secret holds is not shown, though the real server shows it. */
export function patchRefusal(resource: string, patch: unknown, why: ApiStatus): ApiStatus {
  const errors = [invalid('patch', goText(tracedBody(resource, patch)), detailOf(why.message))];
  const status = invalidStatus({ group: '', kind: '' }, '', errors);
  return { ...status, details: { causes: status.details?.causes } };
}
