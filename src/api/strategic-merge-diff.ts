// Making strategic merge patches: two-way, and the three-way patch of `kubectl apply`
// (k8s.io/apimachinery/pkg/util/strategicpatch 1.36, CreateTwoWayMergeMapPatch and CreateThreeWayMergePatch).
import { copyWith } from '../base/copy.ts';
import { deepEqual, isObject } from '../base/json.ts';
import { compareBytes } from '../base/order.ts';
import { plainPatchSchema, type PatchField, type PatchSchema } from './patch-schema.ts';
import {
  deleteListDirective,
  elementKind,
  elementOrderDirective,
  keyOfElement,
  mergeMaps,
  mergeResult,
  patchDirective,
  placesOf,
  retainKeysDirective,
  type JsonList,
  type JsonMap,
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
  return mergeResult(() => diffMaps(original, modified, schema, { changes: true, deletions: true }, false));
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
  for (const key of Object.keys(modified)) diffField(patch, key, original[key], modified[key], schema, wanted);
  const gone = Object.keys(original).filter((key) => original[key] !== undefined && modified[key] === undefined);
  if (wanted.deletions) for (const key of gone) patch[key] = null;
  if (retainKeys) {
    const kept = Object.keys(modified).filter((key) => modified[key] != null);
    if (kept.length > 0 && (gone.length > 0 || Object.keys(patch).length > 0)) {
      patch[retainKeysDirective] = kept.sort(compareBytes);
    }
  }
  return patch;
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
    if (Object.keys(inner).length > 0) patch[key] = inner;
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
    const order = maps ? modified.map((element) => ({ [mergeKey]: keyOfElement(element, mergeKey) })) : modified;
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
  const places = placesOf(modified, mergeKey);
  const { pairs, onlyOriginal } = pairUp(original, modified, (element) => text(keyOfElement(element, mergeKey)));
  const changed: JsonMap[] = [];
  for (const [before, after] of pairs as [JsonMap | undefined, JsonMap][]) {
    if (!before) {
      if (wanted.changes) changed.push(after);
      continue;
    }
    const inner = diffMaps(before, after, type, wanted, retainKeys);
    if (Object.keys(inner).length > 0) changed.push(copyWith(inner, { [mergeKey]: after[mergeKey] }));
  }
  const place = (element: JsonMap) => places.get(element[mergeKey]) ?? 0;
  changed.sort((a, b) => place(a) - place(b));
  const deletions = (wanted.deletions ? onlyOriginal : []).map((element) => ({
    [patchDirective]: 'delete',
    [mergeKey]: keyOfElement(element, mergeKey),
  }));
  return { changed: [...changed, ...deletions], deleted: [] };
}

function diffScalars(original: JsonList, modified: JsonList, wanted: Wanted) {
  const { pairs, onlyOriginal } = pairUp(original, modified, text);
  const added = pairs.filter(([before]) => before === undefined).map(([, after]) => after);
  const places = placesOf(modified, '');
  return {
    changed: wanted.changes ? added.sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0)) : [],
    deleted: wanted.deletions ? [...new Set(onlyOriginal)] : [],
  };
}

/**
 * Each element of `modified` with its namesake of `original`, and those of `original` left alone; in the order of their keys.
 * Go's comparison calls equal keys sorted, which turns their order round: of two ports 53 the last is compared first.
 */
function pairUp(original: JsonList, modified: JsonList, keyOf: (element: unknown) => string) {
  const [keysBefore, keysAfter] = [original.map(keyOf), modified.map(keyOf)];
  // Mostly the lists have the same keys in the same places: then the order in which the pairs are compared shows nowhere.
  if (isSameSet(keysBefore, keysAfter)) {
    return { pairs: modified.map((element, i): [unknown, unknown] => [original[i], element]), onlyOriginal: [] };
  }
  const byKey = (list: JsonList, keys: readonly string[]) =>
    list
      .map((element, i) => ({ key: keys[i] as string, element }))
      .reverse()
      .sort((a, b) => compareBytes(a.key, b.key));
  const before = byKey(original, keysBefore);
  const pairs: [unknown, unknown][] = [];
  const onlyOriginal: unknown[] = [];
  let next = 0;
  for (const { key, element } of byKey(modified, keysAfter)) {
    for (let at = before[next]; at && compareBytes(at.key, key) < 0; at = before[++next]) onlyOriginal.push(at.element);
    const at = before[next];
    pairs.push([at?.key === key ? at.element : undefined, element]);
    if (at?.key === key) next++;
  }
  return { pairs, onlyOriginal: [...onlyOriginal, ...before.slice(next).map(({ element }) => element)] };
}

const isSameSet = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((key, i) => key === b[i]) && new Set(a).size === a.length;
