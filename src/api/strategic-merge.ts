// Strategic merge patches: how the server applies `kubectl apply`'s patch to an object. The rules are those of
// k8s.io/apimachinery/pkg/util/strategicpatch (1.36); making such patches is the subject of strategic-merge-diff.ts.
import { Attached } from '../base/attached.ts';
import { copyWith, copyWithout } from '../base/copy.ts';
import { isObject } from '../base/json.ts';
import {
  elementKind,
  goText,
  keyOfElement,
  MergePatchError,
  Places,
  type JsonList,
  type JsonMap,
} from './merge-elements.ts';
import { plainPatchSchema, type PatchSchema } from './patch-schema.ts';

type MutableMap = Record<string, unknown>;

/** Keys with which a patch says more than values can. */
export const patchDirective = '$patch';
export const retainKeysDirective = '$retainKeys';
export const deleteListDirective = '$deleteFromPrimitiveList/';
export const elementOrderDirective = '$setElementOrder/';

/**
 * `apply`: the patch is applied to an object, its directives are followed and vanish.
 * `combine`: two patches become one, directives and nulls stay (the last step of a three-way patch).
 */
export type MergeMode = 'apply' | 'combine';

export type PatchResult = { readonly value: JsonMap } | { readonly error: string };

/**
 * The object with the strategic merge patch applied (strategicpatch.StrategicMergeMapPatch). Neither argument is changed;
 * what the patch does not touch is shared.
 */
export function applyStrategicMergePatch(original: JsonMap, patch: JsonMap, schema: PatchSchema): PatchResult {
  return mergeResult(() => mergeMaps(original, patch, schema, 'apply'));
}

/** Runs work that may meet a shape it cannot merge, and gives that as data. */
export function mergeResult(work: () => JsonMap): PatchResult {
  try {
    return { value: work() };
  } catch (problem) {
    if (problem instanceof MergePatchError) return { error: problem.message };
    throw problem;
  }
}

/** What a patch was made of, which is what becomes of it where it is applied to the same again. */
export const origins = new Attached<JsonMap, { readonly original: JsonMap; readonly modified: JsonMap }>();

/** Merges the patch into the original. */
export function mergeMaps(original: JsonMap, patch: JsonMap, schema: PatchSchema, mode: MergeMode): JsonMap {
  const origin = mode === 'apply' ? origins.get(patch) : undefined;
  if (origin?.original === original) return origin.modified;
  const directive = patch[patchDirective];
  if (directive !== undefined) return followDirective(directive, patch);
  const removed: string[] = [];
  const directives: string[] = [];
  for (const key in patch) {
    if (patch[key] === null) removed.push(key);
    if (key.startsWith('$')) directives.push(key);
  }
  const merged: MutableMap = removed.length > 0 ? copyWithout(original, removed) : copyWith(original, {});
  const done = directives.length > 0 ? followDirectives(merged, patch, directives, schema, mode) : [];
  for (const key in patch) if (!done.includes(key)) mergeField(merged, key, patch[key], schema, mode);
  return merged;
}

/** Does what the directives of a patch say; returns the keys of the patch that nothing is left of. */
function followDirectives(
  merged: MutableMap,
  patch: JsonMap,
  directives: readonly string[],
  schema: PatchSchema,
  mode: MergeMode,
): string[] {
  const done: string[] = [];
  if (patch[retainKeysDirective] !== undefined) {
    followRetainKeys(merged, patch, mode);
    done.push(retainKeysDirective);
  }
  for (const directive of directives) {
    if (!directive.startsWith(elementOrderDirective)) continue;
    const key = directive.slice(elementOrderDirective.length);
    done.push(directive);
    if (mergeOrderedList(merged, patch, key, schema, mode)) done.push(key);
  }
  return done;
}

function followDirective(directive: unknown, patch: JsonMap): JsonMap {
  if (directive === 'delete') return {};
  if (directive === 'replace') {
    const { [patchDirective]: _, ...value } = patch;
    return value;
  }
  throw unknownDirective(directive, patch);
}

const unknownDirective = (directive: unknown, patch: JsonMap) =>
  new MergePatchError(`unknown patch type: ${String(directive)} in map: ${goText(patch)}`);

/** `$retainKeys` clears what it does not list. */
function followRetainKeys(merged: MutableMap, patch: JsonMap, mode: MergeMode): void {
  const retained = patch[retainKeysDirective];
  if (mode === 'combine') {
    merged[retainKeysDirective] ??= retained;
    return;
  }
  if (!Array.isArray(retained)) throw new MergePatchError('invalid patch format of retainKeys');
  const keys = new Set<unknown>(retained);
  const isUnlisted = (key: string) => patch[key] !== null && !isDirective(key) && !keys.has(key);
  if (Object.keys(patch).some(isUnlisted)) throw new MergePatchError('invalid patch format of retainKeys');
  for (const key of Object.keys(merged)) if (!keys.has(key)) delete merged[key];
}

const isDirective = (key: string) =>
  key === retainKeysDirective || key.startsWith(deleteListDirective) || key.startsWith(elementOrderDirective);

/** A list whose order the patch gives (`$setElementOrder/x`); false: there is no such list. */
function mergeOrderedList(
  merged: MutableMap,
  whole: JsonMap,
  key: string,
  schema: PatchSchema,
  mode: MergeMode,
): boolean {
  const order = listOf(whole[elementOrderDirective + key]);
  const patch = whole[key];
  if (mode === 'combine') merged[elementOrderDirective + key] ??= order;
  const original = merged[key];
  if (original === undefined && patch === undefined) return false;
  const { mergeKey = '' } = schema.field(key) ?? {};
  if (patch !== undefined) checkOrder(listOf(patch), order, mergeKey);
  const list =
    original === undefined
      ? listOf(patch)
      : patch === undefined
        ? listOf(original)
        : mergeList(listOf(original), listOf(patch), key, schema, mode);
  const before = original === undefined ? [] : listOf(original);
  merged[key] = arrange(list, order, leftBehind(before, patch === undefined ? [] : listOf(patch), mergeKey), mergeKey);
  return true;
}

/**
 * The original list as merging leaves it behind: Go closes the gaps of deleted elements in place and appends new ones where it made room,
 * so these count as elements that stood last.
 */
function leftBehind(original: JsonList, patch: JsonList, mergeKey: string): JsonList {
  if (!patch.some(isDeletion)) return original;
  const deleted = new Set(patch.filter(isDeletion).map((element) => keyOfElement(element, mergeKey)));
  const kept = original.filter((element) => !deleted.has(keyOfElement(element, mergeKey)));
  const places = new Places(kept, mergeKey);
  const added = patch.filter((element) => !isDeletion(element) && places.of(keyOfElement(element, mergeKey)) < 0);
  return [...kept, ...added.slice(0, original.length - kept.length)];
}

function listOf(value: unknown): JsonList {
  if (Array.isArray(value)) return value;
  throw new MergePatchError('invalid patch format of setElementOrder list');
}

/** The patch's elements must come in the order that the patch itself demands. */
function checkOrder(patch: JsonList, order: JsonList, mergeKey: string): void {
  if (order.length === 0) return;
  let next = 0;
  for (const element of patch) {
    if (isObject(element) && patchDirective in element) continue;
    const key = keyOfElement(element, mergeKey);
    while (next < order.length && keyOfElement(order[next], mergeKey) !== key) next++;
    if (next === order.length) {
      throw new MergePatchError(
        `The order in patch list:\n${goText(patch)}\n doesn't match ${elementOrderDirective.slice(0, -1)} list:\n${goText(order)}\n`,
      );
    }
    next++;
  }
}

function mergeField(merged: MutableMap, patchKey: string, value: unknown, schema: PatchSchema, mode: MergeMode): void {
  const deleting = patchKey.startsWith(deleteListDirective);
  if (deleting && mode === 'combine') {
    merged[patchKey] = value;
    return;
  }
  const key = deleting ? patchKey.slice(deleteListDirective.length) : patchKey;
  if (value === null) {
    // a key that is null is in `merged` no more, but for those that lists of deletions name
    if (deleting) delete merged[key];
    if (mode === 'apply') return;
  }
  const current = merged[key];
  if (isObject(current) && isObject(value)) {
    const { strategy, type = plainPatchSchema } = schema.field(key) ?? {};
    merged[key] = strategy === 'replace' ? value : mergeMaps(current, value, type, mode);
  } else if (Array.isArray(current) && Array.isArray(value)) {
    merged[key] = deleting ? withoutScalars(current, value) : mergeList(current, value, key, schema, mode);
  } else if (!deleting) {
    take(merged, key, value, mode);
  }
}

/** A value that meets nothing to merge with. */
function take(merged: MutableMap, key: string, value: unknown, mode: MergeMode): void {
  const taken = withoutDirectives(value, mode);
  if (taken === undefined) delete merged[key];
  else merged[key] = taken;
}

/** The value without what only a merge understands; undefined if it is nothing but a directive. */
function withoutDirectives(value: unknown, mode: MergeMode): unknown {
  if (isTakenWhole(value, mode)) return value;
  if (Array.isArray(value)) {
    return value.map((item) => withoutDirectives(item, mode)).filter((item) => item !== undefined);
  }
  if (!isObject(value)) return value;
  if (patchDirective in value) return undefined;
  const kept: MutableMap = {};
  for (const [key, inner] of Object.entries(value)) {
    if (inner !== null || mode === 'combine') take(kept, key, inner, mode);
  }
  return kept;
}

/** Whether a value has nothing in it that only a merge understands. */
function isTakenWhole(value: unknown, mode: MergeMode): boolean {
  if (Array.isArray(value)) return value.every((item) => isTakenWhole(item, mode));
  if (!isObject(value)) return true;
  for (const key in value) {
    const inner = value[key];
    if (key === patchDirective || inner === undefined || (inner === null && mode === 'apply')) return false;
    if (!isTakenWhole(inner, mode)) return false;
  }
  return true;
}

function withoutScalars(list: JsonList, removed: JsonList): JsonList {
  const values = new Set(removed);
  return list.filter((item) => !values.has(item));
}

function mergeList(original: JsonList, patch: JsonList, key: string, schema: PatchSchema, mode: MergeMode): JsonList {
  const { strategy, mergeKey = '', type = plainPatchSchema } = schema.field(key) ?? {};
  if (strategy !== 'merge') return patch;
  if (original.length === 0 && patch.length === 0) return original;
  if (elementKind(original, patch) !== 'map') {
    return arrange([...new Set([...original, ...patch])], patch, original, '');
  }
  const { kept, added } = followElementDirectives(original, patch, mergeKey);
  const merged = mergeElements(kept, added, mergeKey, type, mode);
  return arrange(merged, added, kept, mergeKey);
}

/** `$patch: delete` in an element takes its namesake out; `$patch: replace` takes the whole list out. */
function followElementDirectives(original: JsonList, patch: JsonList, mergeKey: string) {
  const deleted = new Set<unknown>();
  const added: JsonMap[] = [];
  let replace = false;
  for (const element of patch as readonly JsonMap[]) {
    const directive = element[patchDirective];
    if (directive === undefined) added.push(element);
    else if (directive === 'delete') deleted.add(keyOfElement(element, mergeKey));
    else if (directive === 'replace') replace = true;
    else if (directive === 'merge') throw new MergePatchError('merging lists cannot yet be specified in the patch');
    else throw unknownDirective(directive, element);
  }
  if (replace) return { kept: added, added: [] };
  const kept = original.filter((element) => !deleted.has((element as JsonMap)[mergeKey]));
  return { kept, added };
}

function mergeElements(
  original: JsonList,
  patch: readonly JsonMap[],
  mergeKey: string,
  type: PatchSchema,
  mode: MergeMode,
): JsonList {
  const merged = [...original];
  const places = new Places(merged, mergeKey);
  for (const element of patch) {
    const place = places.of(keyOfElement(element, mergeKey));
    if (place >= 0) {
      merged[place] = mergeMaps(merged[place] as JsonMap, element, type, mode);
      continue;
    }
    const taken = withoutDirectives(element, mode);
    if (taken === undefined) continue;
    places.add(element);
    merged.push(taken);
  }
  return merged;
}

/**
 * A list in its final order: elements that the patch orders in the order it gives, the others in the order they had, interleaved by
 * where they stood; deletions last.
 */
function arrange(list: JsonList, order: JsonList, before: JsonList, mergeKey: string): JsonList {
  const wanted = new Places(order, mergeKey);
  const had = new Places(before, mergeKey);
  const inOrder = list.map((element) => keyOfElement(element, mergeKey));
  if (isArranged(inOrder, wanted, had) && !list.some(isDeletion)) return list;
  const keys = new Map(list.map((element, i) => [element, inOrder[i]]));
  const place = (places: Places, element: unknown) => places.of(keys.get(element));
  const sorted = (elements: JsonList, places: Places) => [
    ...elements.filter((e) => !isDeletion(e)).sort((a, b) => place(places, a) - place(places, b)),
    ...elements.filter(isDeletion),
  ];
  const ordered = sorted(
    list.filter((element) => place(wanted, element) >= 0),
    wanted,
  );
  const others = sorted(
    list.filter((element) => place(wanted, element) < 0),
    had,
  );
  const arranged: unknown[] = [];
  let next = 0;
  for (const element of ordered) {
    const limit = place(had, element);
    while (next < others.length && limit >= 0) {
      const at = place(had, others[next]);
      if (at < 0 || at >= limit) break;
      arranged.push(others[next++]);
    }
    arranged.push(element);
  }
  return [...arranged, ...others.slice(next)];
}

/** Whether a list is in its final order already: all it has is ordered, or stands where it stood, and nothing that is ordered is out of order. */
function isArranged(keys: JsonList, wanted: Places, had: Places): boolean {
  let last = -1;
  let allWanted = true;
  let allKept = true;
  for (let i = 0; i < keys.length; i++) {
    const place = wanted.of(keys[i]);
    allWanted &&= place >= 0;
    allKept &&= had.of(keys[i]) === i;
    if (!allWanted && !allKept) return false;
    if (place < 0) continue;
    if (place < last) return false;
    last = place;
  }
  return true;
}

/** Whether an element of a patch's list only says that its namesake goes. */
export const isDeletion = (element: unknown) => isObject(element) && element[patchDirective] === 'delete';
