// Making strategic merge patches: two-way, and the three-way patch of `kubectl apply`
// (k8s.io/apimachinery/pkg/util/strategicpatch 1.36, CreateTwoWayMergeMapPatch and CreateThreeWayMergePatch).
import { deepEqual, isObject } from '../base/json.ts';
import { compareBytes } from '../base/order.ts';
import { plainPatchSchema, type PatchField, type PatchSchema } from './patch-schema.ts';
import { elementKind, few, keyOfElement, Places, type JsonList, type JsonMap } from './merge-elements.ts';
import {
  deleteListDirective,
  elementOrderDirective,
  mergeMaps,
  mergeResult,
  origins,
  patchDirective,
  retainKeysDirective,
  type PatchResult,
} from './strategic-merge.ts';

type MutableMap = Record<string, unknown>;

/** Which differences a patch carries. */
interface Wanted {
  readonly changes: boolean;
  readonly deletions: boolean;
}

/** The patch that makes `modified` of `original`; empty if they are the same. */
export function createTwoWayMergePatch(original: JsonMap, modified: JsonMap, schema: PatchSchema): PatchResult {
  return mergeResult(() => {
    const patch = diffMaps(original, modified, schema, { changes: true, deletions: true }, false);
    for (const key in patch) {
      const [part, before, after] = [patch[key], original[key], modified[key]];
      if (part !== after && isObject(part) && isObject(before) && isObject(after)) {
        origins.set(part, { original: before, modified: after });
      }
    }
    return patch;
  });
}

/**
 * The patch of `kubectl apply`: what `modified` adds to or changes in the `current` object, and takes away of `original`, the object
 * that was applied last. What others have set in `current` stays. Empty if there is nothing to do.
 */
export function createThreeWayMergePatch(
  original: JsonMap,
  modified: JsonMap,
  current: JsonMap,
  schema: PatchSchema,
): PatchResult {
  return mergeResult(() => {
    const changes = diffMaps(current, modified, schema, { changes: true, deletions: false }, false);
    const deletions = diffMaps(original, modified, schema, { changes: false, deletions: true }, false);
    return mergeMaps(deletions, changes, schema, 'combine');
  });
}

function diffMaps(
  original: JsonMap,
  modified: JsonMap,
  schema: PatchSchema,
  wanted: Wanted,
  retainKeys: boolean,
): JsonMap {
  const patch: MutableMap = {};
  for (const key in modified) diffField(patch, key, original[key], modified[key], schema, wanted);
  let anyGone = false;
  for (const key in original) {
    if (original[key] === undefined || modified[key] !== undefined) continue;
    anyGone = true;
    if (wanted.deletions) patch[key] = null;
  }
  if (retainKeys) {
    const kept = Object.keys(modified).filter((key) => modified[key] != null);
    if (kept.length > 0 && (anyGone || !isEmpty(patch))) {
      patch[retainKeysDirective] = kept.sort(compareBytes);
    }
  }
  return patch;
}

function isEmpty(map: JsonMap): boolean {
  for (const _key in map) return false;
  return true;
}

function diffField(
  patch: MutableMap,
  key: string,
  original: unknown,
  modified: unknown,
  schema: PatchSchema,
  wanted: Wanted,
): void {
  if (modified === undefined) return;
  const field = schema.field(key);
  // What is shared is the same; but what replaces is sent whole even so.
  if (original === modified && field?.strategy !== 'replace') return;
  if (isObject(original) && isObject(modified)) {
    const { strategy, retainKeys = false, type = plainPatchSchema } = field ?? {};
    if (strategy === 'replace') {
      // The whole value is sent even if it is the same.
      if (wanted.changes) patch[key] = modified;
      return;
    }
    const inner = diffMaps(original, modified, type, wanted, retainKeys);
    if (!isEmpty(inner)) patch[key] = inner;
    return;
  }
  if (Array.isArray(original) && Array.isArray(modified) && field?.strategy === 'merge') {
    diffList(patch, key, original, modified, field, wanted);
  } else if (wanted.changes && !deepEqual(original, modified)) {
    patch[key] = modified;
  }
}

/** A merged list gives up to three entries: the elements that change, scalars that go, and the order of all. */
function diffList(
  patch: MutableMap,
  key: string,
  original: JsonList,
  modified: JsonList,
  field: PatchField,
  wanted: Wanted,
): void {
  if (original.length === 0) {
    if (modified.length > 0 && wanted.changes) patch[key] = modified;
    return;
  }
  const { mergeKey = '' } = field;
  const maps = elementKind(original, modified) === 'map';
  const { changed, deleted } = maps
    ? diffElements(original, modified, field, wanted)
    : diffScalars(original, modified, wanted);
  if (changed.length > 0) patch[key] = changed;
  if (deleted.length > 0) patch[`${deleteListDirective}${key}`] = deleted;
  const removes = wanted.deletions && (maps ? changed : deleted).length > 0;
  const moves = wanted.changes && (changed.length > 0 || !sameOrder(original, modified, mergeKey));
  if (removes || moves) {
    const order = maps ? modified.map((element) => elementOf(mergeKey, keyOfElement(element, mergeKey))) : modified;
    if (order.length > 0) patch[`${elementOrderDirective}${key}`] = order;
  }
}

const sameOrder = (original: JsonList, modified: JsonList, mergeKey: string) =>
  original.length === modified.length &&
  original.every((element, i) => keyOfElement(element, mergeKey) === keyOfElement(modified[i], mergeKey));

/** Go compares keys and scalars as texts, so 80 and "80" are the same. */
const text = (value: unknown) => String(value);

function diffElements(original: JsonList, modified: JsonList, field: PatchField, wanted: Wanted) {
  const { mergeKey = '', retainKeys = false, type = plainPatchSchema } = field;
  const changed: JsonMap[] = [];
  const compare = (before: unknown, after: unknown) => {
    if (!before) {
      if (wanted.changes) changed.push(after as JsonMap);
      return;
    }
    if (before === after) return;
    const inner = diffMaps(before as JsonMap, after as JsonMap, type, wanted, retainKeys);
    if (!isEmpty(inner)) changed.push(elementOf(mergeKey, (after as JsonMap)[mergeKey], inner));
  };
  const onlyOriginal = pairUp(original, modified, (element) => text(keyOfElement(element, mergeKey)), compare);
  if (changed.length > 1) {
    const places = new Places(modified, mergeKey);
    changed.sort((a, b) => places.of(a[mergeKey]) - places.of(b[mergeKey]));
  }
  const deletions = (wanted.deletions ? onlyOriginal : []).map((element) => ({
    [patchDirective]: 'delete',
    [mergeKey]: keyOfElement(element, mergeKey),
  }));
  return { changed: [...changed, ...deletions], deleted: [] };
}

function diffScalars(original: JsonList, modified: JsonList, wanted: Wanted) {
  const added: unknown[] = [];
  const onlyOriginal = pairUp(original, modified, text, (before, after) => {
    if (before === undefined) added.push(after);
  });
  const places = new Places(modified, '');
  return {
    changed: wanted.changes ? added.sort((a, b) => places.of(a) - places.of(b)) : [],
    deleted: wanted.deletions ? [...new Set(onlyOriginal)] : [],
  };
}

/**
 * Hands over each element of `modified` with its namesake of `original`, in the order of their keys; returns those of `original` left alone.
 * Go's comparison calls equal keys sorted, which turns their order round: of two ports 53 the last is compared first.
 */
function pairUp(
  original: JsonList,
  modified: JsonList,
  keyOf: (element: unknown) => string,
  pair: (before: unknown, after: unknown) => void,
): JsonList {
  const [keysBefore, keysAfter] = [original.map(keyOf), modified.map(keyOf)];
  // Mostly the lists have the same keys in the same places: then the order in which the pairs are compared shows nowhere.
  if (isSameSet(keysBefore, keysAfter)) {
    for (let i = 0; i < modified.length; i++) pair(original[i], modified[i]);
    return [];
  }
  const byKey = (list: JsonList, keys: readonly string[]) =>
    list
      .map((element, i) => ({ key: keys[i] as string, element }))
      .reverse()
      .sort((a, b) => compareBytes(a.key, b.key));
  const before = byKey(original, keysBefore);
  const onlyOriginal: unknown[] = [];
  let next = 0;
  for (const { key, element } of byKey(modified, keysAfter)) {
    for (let at = before[next]; at && compareBytes(at.key, key) < 0; at = before[++next]) onlyOriginal.push(at.element);
    const at = before[next];
    pair(at?.key === key ? at.element : undefined, element);
    if (at?.key === key) next++;
  }
  return [...onlyOriginal, ...before.slice(next).map(({ element }) => element)];
}

/** An element with its key; in a literal a computed name takes the slow way. */
function elementOf(mergeKey: string, key: unknown, element: MutableMap = {}): MutableMap {
  element[mergeKey] = key;
  return element;
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return a.length > few ? new Set(a).size === a.length : a.every((key, i) => a.indexOf(key) === i);
}
