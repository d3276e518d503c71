// The annotation in which kubectl keeps what was applied last (k8s.io/kubectl/pkg/util/apply.go).
import { copyWith } from '../../../base/copy.ts';
import type { KubeObject } from '../../../api/object.ts';
import type { JsonMap } from '../../../api/merge-elements.ts';
import { goJson, isObject } from '../../../base/json.ts';

export const lastAppliedKey = 'kubectl.kubernetes.io/last-applied-configuration';

/** The object without the annotation, and with annotations even if it has none: what the annotation holds. */
export function withoutLastApplied(object: JsonMap): JsonMap & { metadata: JsonMap & { annotations: JsonMap } } {
  const metadata: JsonMap = isObject(object.metadata) ? object.metadata : {};
  const given: JsonMap = isObject(metadata.annotations) ? metadata.annotations : {};
  const { [lastAppliedKey]: _, ...annotations } = given;
  return copyWith(object, { metadata: copyWith(metadata, { annotations }) });
}

/** The object with an annotation that holds the object itself. */
export function withLastApplied(object: JsonMap): JsonMap {
  const own = withoutLastApplied(object);
  const annotations = copyWith(own.metadata.annotations, { [lastAppliedKey]: `${goJson(own)}\n` });
  return copyWith(own, { metadata: copyWith(own.metadata, { annotations }) });
}

/** What was applied last, as the live object tells; nothing if it does not. */
export function lastApplied(live: KubeObject): JsonMap {
  const text = live.metadata.annotations?.[lastAppliedKey];
  if (!text) return {};
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

/** An object to be created holds no nulls: a later apply would drop them too. */
export function withoutNulls(value: JsonMap): JsonMap {
  return holdsNull(value) ? prunedMap(value) : value;
}

function holdsNull(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsNull);
  if (!isObject(value)) return value === null;
  for (const key in value) if (holdsNull(value[key])) return true;
  return false;
}

function prunedMap(value: JsonMap): JsonMap {
  const entries = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(entries.map(([key, inner]) => [key, pruned(inner)]));
}

function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pruned);
  return isObject(value) ? prunedMap(value) : value;
}
