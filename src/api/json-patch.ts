// JSON Patch (RFC 6902), as kubectl patch --type=json and mutating policies send it, with what the server's library makes of it
// (gopkg.in/evanphx/json-patch.v4). Values are shared, lists and objects on the way are copied.
import { quote } from './go-text.ts';
import { deepEqual, isObject } from '../base/json.ts';

/** What the library says where it cannot be done, and whether a `test` failed. */
export type JsonPatchResult = { readonly value: unknown } | { readonly error: string; readonly isTest?: boolean };

export interface JsonPatchOperation {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

function isOperation(value: unknown): value is JsonPatchOperation {
  return isObject(value) && typeof value.op === 'string' && typeof value.path === 'string';
}

/** Thrown inside this module alone, with the library's words. */
class PatchError extends Error {
  readonly isTest: boolean;

  constructor(message: string, isTest = false) {
    super(message);
    this.isTest = isTest;
  }
}

const decoded = (part: string) => part.replaceAll('~1', '/').replaceAll('~0', '~');
const parsing = (key: string) => `strconv.Atoi: parsing ${quote(key)}: invalid syntax`;
const isIndex = (key: string) => /^[+-]?\d+$/.test(key);

/** The index in a list of the length; a negative one counts from the end. Throws the library's words. */
function indexOf(key: string, length: number): number {
  if (!isIndex(key)) throw new PatchError(parsing(key));
  const index = Number(key);
  if (index >= length || index < -length) {
    throw new PatchError(`Unable to access invalid index: ${index}: invalid index referenced`);
  }
  return index < 0 ? index + length : index;
}

/** The entry of a list or object; undefined for one that an object does not have. */
function entry(container: unknown, key: string): unknown {
  if (Array.isArray(container)) return container[indexOf(key, container.length)] as unknown;
  return (container as Readonly<Record<string, unknown>>)[key];
}

type Change = (container: unknown, key: string) => unknown;

const add =
  (value: unknown): Change =>
  (container, key) => {
    if (!Array.isArray(container)) return { ...(container as object), [key]: value };
    if (key === '-') return [...(container as unknown[]), value];
    if (!isIndex(key)) throw new PatchError(`value was not a proper array index: '${key}': ${parsing(key)}`);
    return (container as unknown[]).toSpliced(indexOf(key, container.length + 1), 0, value);
  };

const replace =
  (value: unknown): Change =>
  (container, key) =>
    Array.isArray(container)
      ? (container as unknown[]).with(indexOf(key, container.length), value)
      : { ...(container as object), [key]: value };

const remove: Change = (container, key) => {
  if (Array.isArray(container)) return (container as unknown[]).toSpliced(indexOf(key, container.length), 1);
  const { [key]: gone, ...rest } = container as Readonly<Record<string, unknown>>;
  if (gone === undefined) throw new PatchError(`Unable to remove nonexistent key: ${key}: missing value`);
  return rest;
};

/** Where a pointer leads: the list or object, and the entry's name in it. */
interface Place {
  readonly container: unknown;
  readonly key: string;
  readonly parents: readonly string[];
}

/** findObject. Undefined: nothing on the way there. */
function place(document: unknown, pointer: string): Place | undefined {
  const parts = pointer.split('/').slice(1).map(decoded);
  const key = parts.pop();
  if (key === undefined) return undefined;
  let container = document;
  for (const part of parts) {
    if (Array.isArray(container) && (!isIndex(part) || container[Number(part)] === undefined)) return undefined;
    container = entry(container, part);
    if (!Array.isArray(container) && !isObject(container)) return undefined;
  }
  return { container, key, parents: parts };
}

function changed(document: unknown, [part, ...rest]: readonly string[], key: string, change: Change): unknown {
  if (part === undefined) return change(document, key);
  return replace(changed(entry(document, part), rest, key, change))(document, part);
}

/** Changes what is at the pointer. `missing` and `failed` are what is said of it where that cannot be done. */
function at(
  document: unknown,
  pointer: string,
  change: Change,
  missing: string,
  failed: (why: string) => string,
): unknown {
  const found = place(document, pointer);
  if (!found) throw new PatchError(`${missing}: missing value`);
  try {
    return changed(document, found.parents, found.key, change);
  } catch (error) {
    throw error instanceof PatchError ? new PatchError(failed(error.message)) : error;
  }
}

function read(document: unknown, pointer: string, missing: string, failed: (key: string) => string): unknown {
  const found = place(document, pointer);
  if (!found) throw new PatchError(`${missing}: missing value`);
  try {
    return entry(found.container, found.key);
  } catch (error) {
    throw error instanceof PatchError ? new PatchError(`${failed(found.key)}: ${error.message}`) : error;
  }
}

function test(document: unknown, path: string, value: unknown): unknown {
  const missing = `test operation does not apply: is missing path: ${path}`;
  const there = path === '' ? document : read(document, path, missing, () => `error in test for path: '${path}'`);
  if (deepEqual(there ?? null, value ?? null)) return document;
  throw new PatchError(`testing value ${path} failed: test failed`, true);
}

function move(document: unknown, from: string, path: string): unknown {
  const missing = `move operation does not apply: doc is missing from path: ${from}`;
  const key = place(document, from)?.key ?? '';
  const value = read(document, from, missing, () => `error in move for path: '${key}'`);
  const without = at(document, from, remove, missing, (why) => `error in move for path: '${key}': ${why}`);
  const nowhere = `move operation does not apply: doc is missing destination path: ${path}`;
  return at(without, path, add(value), nowhere, (why) => `error in move for path: '${path}': ${why}`);
}

function copy(document: unknown, from: string, path: string): unknown {
  const missing = `copy operation does not apply: doc is missing from path: ${from}`;
  const value = read(document, from, missing, () => `error in copy for from: '${from}'`) ?? null;
  const nowhere = `copy operation does not apply: doc is missing destination path: ${path}`;
  return at(document, path, add(value), nowhere, (why) => `error while adding value during copy: ${why}`);
}

function apply(document: unknown, { op, path, from = '', value }: JsonPatchOperation): unknown {
  switch (op) {
    case 'add': {
      const missing = `add operation does not apply: doc is missing path: "${path}"`;
      return at(document, path, add(value), missing, (why) => `error in add for path: '${path}': ${why}`);
    }
    case 'remove': {
      const missing = `remove operation does not apply: doc is missing path: "${path}"`;
      return at(document, path, remove, missing, (why) => `error in remove for path: '${path}': ${why}`);
    }
    case 'replace': {
      if (path === '') return value;
      const missing = `replace operation does not apply: doc is missing path: ${path}`;
      const noKey = `replace operation does not apply: doc is missing key: ${path}: missing value`;
      return at(document, path, replace(value), missing, () => noKey);
    }
    case 'move':
      return move(document, from, path);
    case 'copy':
      return copy(document, from, path);
    case 'test':
      return test(document, path, value);
    default:
      throw new PatchError(`Unexpected kind: ${op}`);
  }
}

/** The document after all operations, or what the library says of the first that cannot be done. */
export function applyJsonPatch(document: unknown, patch: unknown): JsonPatchResult {
  if (!Array.isArray(patch) || !patch.every(isOperation))
    return { error: 'error decoding patch: the patch is no list of operations' };
  try {
    return { value: patch.reduce(apply, document) };
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    return { error: error.message, isTest: error.isTest };
  }
}
