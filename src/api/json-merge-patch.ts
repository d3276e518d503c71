// JSON merge patches (RFC 7396), and the three-way one that kubectl makes for kinds whose schema it does not know
// (k8s.io/apimachinery/pkg/util/jsonmergepatch 1.36).
import { deepEqual, isObject } from '../base/json.ts';
import type { JsonMap } from './merge-elements.ts';

/** The value with the merge patch applied: maps merge, null deletes, everything else replaces. */
export function applyJsonMergePatch(original: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: Record<string, unknown> = isObject(original) ? { ...original } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = applyJsonMergePatch(merged[key], value);
  }
  return merged;
}

/** The merge patch that makes `modified` of `original`; empty if they are the same. */
export function createJsonMergePatch(original: JsonMap, modified: JsonMap): JsonMap {
  const patch: Record<string, unknown> = {};
  for (const [key, after] of Object.entries(modified)) {
    const before = original[key];
    if (isObject(before) && isObject(after)) {
      const inner = createJsonMergePatch(before, after);
      if (Object.keys(inner).length > 0) patch[key] = inner;
    } else if (!deepEqual(before, after)) {
      patch[key] = after;
    }
  }
  for (const key of Object.keys(original)) if (modified[key] === undefined) patch[key] = null;
  return patch;
}

/**
 * What `modified` adds to or changes in `current`, and takes away of `original`, the object that was applied last.
 * Empty if there is nothing to do.
 */
export function createThreeWayJsonMergePatch(original: JsonMap, modified: JsonMap, current: JsonMap): JsonMap {
  const changes = withoutDeletions(createJsonMergePatch(current, modified));
  const deletions = onlyDeletions(createJsonMergePatch(original, modified));
  return applyJsonMergePatch(deletions, changes) as JsonMap;
}

function withoutDeletions(patch: JsonMap): JsonMap {
  return selected(patch, (value) => {
    if (value === null) return undefined;
    if (!isObject(value) || Object.keys(value).length === 0) return value;
    const inner = withoutDeletions(value);
    return Object.keys(inner).length > 0 ? inner : undefined;
  });
}

function onlyDeletions(patch: JsonMap): JsonMap {
  return selected(patch, (value) => {
    if (value === null) return null;
    if (!isObject(value)) return undefined;
    const inner = onlyDeletions(value);
    return Object.keys(inner).length > 0 ? inner : undefined;
  });
}

function selected(patch: JsonMap, select: (value: unknown) => unknown): JsonMap {
  const entries = Object.entries(patch).map(([key, value]) => [key, select(value)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
