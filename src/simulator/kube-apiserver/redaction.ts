// Values of Secrets never enter the trace. What is traced of a Secret are its keys, as `kubectl describe` shows them.
import type { KubeObject } from '../../api/object.ts';
import { isObject } from '../../base/json.ts';

const hidden = '<redacted>';
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** The object as the trace may show it: itself, but for a Secret a copy without its values. */
export function traced<T extends KubeObject>(object: T): T {
  return object.kind === 'Secret' ? (withoutValues(object) as T) : object;
}

/** The body of a request for a resource (a patch has no kind) as the trace may show it. */
export function tracedBody(resource: string, body: unknown): unknown {
  return resource === 'secrets' || (isObject(body) && body.kind === 'Secret') ? withoutValues(body) : body;
}

function withoutValues(body: unknown): unknown {
  if (Array.isArray(body)) return body.map((item: unknown) => (isObject(item) ? { ...item, value: hidden } : hidden));
  if (!isObject(body)) return hidden;
  const safe: Record<string, unknown> = { ...body };
  if ('data' in body) safe.data = withHiddenValues(body.data);
  if ('stringData' in body) safe.stringData = withHiddenValues(body.stringData);
  const { metadata } = body;
  if (isObject(metadata) && isObject(metadata.annotations) && lastApplied in metadata.annotations) {
    safe.metadata = { ...metadata, annotations: { ...metadata.annotations, [lastApplied]: hidden } };
  }
  return safe;
}

function withHiddenValues(values: unknown): unknown {
  if (!isObject(values)) return hidden;
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value === null ? null : hidden]));
}
