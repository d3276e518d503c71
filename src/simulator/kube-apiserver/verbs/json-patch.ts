// JSON Patch (RFC 6902), as kubectl patch --type=json sends it. Values are shared, lists and objects on the way are copied.
import { deepEqual, isObject } from '../../../base/json.ts';

export type JsonPatchResult = { readonly value: unknown } | { readonly error: string };

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

function isOperation(value: unknown): value is Operation {
  return isObject(value) && typeof value.op === 'string' && typeof value.path === 'string';
}

/** Thrown inside this module alone, where a path leads nowhere. */
class PathError extends Error {}

const segmentsOf = (pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

function child(container: unknown, key: string): unknown {
  const value = Array.isArray(container)
    ? (container[Number(key)] as unknown)
    : isObject(container)
      ? container[key]
      : undefined;
  if (value === undefined) throw new PathError(key);
  return value;
}

const valueAt = (document: unknown, pointer: string) => segmentsOf(pointer).reduce(child, document);

type Change = 'add' | 'replace' | 'remove';

/** The container with one entry changed. */
function withEntry(container: unknown, key: string, change: Change, value: unknown): unknown {
  if (Array.isArray(container)) {
    const index = key === '-' ? container.length : Number(key);
    const exists = Number.isInteger(index) && index >= 0 && index < container.length + (change === 'add' ? 1 : 0);
    if (!exists) throw new PathError(key);
    const copy = [...(container as unknown[])];
    copy.splice(index, change === 'add' ? 0 : 1, ...(change === 'remove' ? [] : [value]));
    return copy;
  }
  if (!isObject(container) || (change !== 'add' && !(key in container))) throw new PathError(key);
  const copy: Record<string, unknown> = { ...container };
  if (change === 'remove') delete copy[key];
  else copy[key] = value;
  return copy;
}

function changed(document: unknown, segments: readonly string[], change: Change, value: unknown): unknown {
  const [key, ...rest] = segments;
  if (key === undefined) return value;
  if (rest.length === 0) return withEntry(document, key, change, value);
  return withEntry(document, key, 'replace', changed(child(document, key), rest, change, value));
}

function apply(document: unknown, operation: Operation): unknown {
  const { op, path, from = '', value } = operation;
  const segments = segmentsOf(path);
  switch (op) {
    case 'add':
    case 'replace':
    case 'remove':
      return changed(document, segments, op, value);
    case 'copy':
      return changed(document, segments, 'add', valueAt(document, from));
    case 'move':
      return changed(
        changed(document, segmentsOf(from), 'remove', undefined),
        segments,
        'add',
        valueAt(document, from),
      );
    case 'test':
      if (!deepEqual(valueAt(document, path), value)) throw new PathError(path);
      return document;
    default:
      throw new PathError(op);
  }
}

/** The document after all operations, or the server's words for the first that cannot be done. */
export function applyJsonPatch(document: unknown, patch: unknown): JsonPatchResult {
  if (!Array.isArray(patch) || !patch.every(isOperation))
    return { error: 'error decoding patch: the patch is no list of operations' };
  try {
    return { value: patch.reduce(apply, document) };
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    return { error: 'the server rejected our request due to an error in our request' };
  }
}
