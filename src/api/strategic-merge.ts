// Strategic merge patches: how the server applies `kubectl apply`'s patch to an object. The rules are those of
// k8s.io/apimachinery/pkg/util/strategicpatch (1.36); making such patches is the subject of strategic-merge-diff.ts.
import { copyWith, copyWithout } from '../base/copy.ts';
import { goJsonScalar, isObject } from '../base/json.ts';
import { plainPatchSchema, type PatchSchema } from './patch-schema.ts';

export type JsonMap = Readonly<Record<string, unknown>>;
type MutableMap = Record<string, unknown>;
export type JsonList = readonly unknown[];

/** Keys with which a patch says more than values can. */
export const patchDirective = '$patch';
export const retainKeysDirective = '$retainKeys';
export const deleteListDirective = '$deleteFromPrimitiveList/';
export const elementOrderDirective = '$setElementOrder/';

/** A patch or an object does not have the shape that merging needs; the text is strategicpatch's. */
export class MergePatchError extends Error {
  override name = 'MergePatchError';
}

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

/** Merges the patch into the original. */
export function mergeMaps(original: JsonMap, patch: JsonMap, schema: PatchSchema, mode: MergeMode): JsonMap {
  const directive = patch[patchDirective];
  if (directive !== undefined) return followDirective(directive, patch);
  const keys = Object.keys(patch);
  const removed = keys.filter((key) => patch[key] === null);
  const merged: MutableMap = removed.length > 0 ? copyWithout(original, removed) : copyWith(original, {});
  if (!keys.some((key) => key.startsWith('$'))) {
    for (const key of keys) mergeField(merged, key, patch[key], schema, mode);
    return merged;
  }
  const rest = new Map(Object.entries(patch));
  followRetainKeys(merged, rest, mode);
  mergeOrderedLists(merged, rest, schema, mode);
  for (const [key, value] of rest) mergeField(merged, key, value, schema, mode);
  return merged;
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
function followRetainKeys(merged: MutableMap, rest: Map<string, unknown>, mode: MergeMode): void {
  const retained = rest.get(retainKeysDirective);
  if (retained === undefined) return;
  rest.delete(retainKeysDirective);
  if (mode === 'combine') {
    merged[retainKeysDirective] ??= retained;
    return;
  }
  if (!Array.isArray(retained)) throw new MergePatchError('invalid patch format of retainKeys');
  const keys = new Set<unknown>(retained);
  const unlisted = [...rest.keys()].find((key) => rest.get(key) !== null && !isListDirective(key) && !keys.has(key));
  if (unlisted !== undefined) throw new MergePatchError('invalid patch format of retainKeys');
  for (const key of Object.keys(merged)) if (!keys.has(key)) delete merged[key];
}

const isListDirective = (key: string) => key.startsWith(deleteListDirective) || key.startsWith(elementOrderDirective);

/** Lists whose order the patch gives (`$setElementOrder/x`): merged here, and taken out of the rest of the patch. */
function mergeOrderedLists(merged: MutableMap, rest: Map<string, unknown>, schema: PatchSchema, mode: MergeMode): void {
  for (const directive of [...rest.keys()].filter((key) => key.startsWith(elementOrderDirective))) {
    const order = listOf(rest.get(directive));
    if (mode === 'combine') merged[directive] ??= order;
    rest.delete(directive);
    const key = directive.slice(elementOrderDirective.length);
    const original = merged[key];
    const patch = rest.get(key);
    if (original === undefined && patch === undefined) continue;
    const { mergeKey = '' } = schema.field(key) ?? {};
    if (patch !== undefined) checkOrder(listOf(patch), order, mergeKey);
    const list =
      original === undefined
        ? listOf(patch)
        : patch === undefined
          ? listOf(original)
          : mergeList(listOf(original), listOf(patch), key, schema, mode);
    const before = original === undefined ? [] : listOf(original);
    merged[key] = arrange(
      list,
      order,
      leftBehind(before, patch === undefined ? [] : listOf(patch), mergeKey),
      mergeKey,
    );
    rest.delete(key);
  }
}

/**
 * The original list as merging leaves it behind: Go closes the gaps of deleted elements in place and appends new ones where it made room,
 * so these count as elements that stood last.
 */
function leftBehind(original: JsonList, patch: JsonList, mergeKey: string): JsonList {
  const deleted = new Set(patch.filter(isDeletion).map((element) => keyOfElement(element, mergeKey)));
  if (deleted.size === 0) return original;
  const kept = original.filter((element) => !deleted.has(keyOfElement(element, mergeKey)));
  const places = placesOf(kept, mergeKey);
  const added = patch.filter((element) => !isDeletion(element) && !places.has(keyOfElement(element, mergeKey)));
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
  const places = placesOf(merged, mergeKey);
  for (const element of patch) {
    const key = keyOfElement(element, mergeKey);
    const place = places.get(key);
    if (place !== undefined) {
      merged[place] = mergeMaps(merged[place] as JsonMap, element, type, mode);
      continue;
    }
    const taken = withoutDirectives(element, mode);
    if (taken === undefined) continue;
    places.set(key, merged.length);
    merged.push(taken);
  }
  return merged;
}

/**
 * A list in its final order: elements that the patch orders in the order it gives, the others in the order they had, interleaved by
 * where they stood; deletions last.
 */
function arrange(list: JsonList, order: JsonList, before: JsonList, mergeKey: string): JsonList {
  const wanted = placesOf(order, mergeKey);
  const had = placesOf(before, mergeKey);
  const inOrder = list.map((element) => keyOfElement(element, mergeKey));
  if (isArranged(inOrder, wanted, had) && !list.some(isDeletion)) return list;
  const keys = new Map(list.map((element, i) => [element, inOrder[i]]));
  const place = (places: ReadonlyMap<unknown, number>, element: unknown) => places.get(keys.get(element)) ?? -1;
  const sorted = (elements: JsonList, places: ReadonlyMap<unknown, number>) => [
    ...elements.filter((e) => !isDeletion(e)).sort((a, b) => place(places, a) - place(places, b)),
    ...elements.filter(isDeletion),
  ];
  const ordered = sorted(
    list.filter((element) => wanted.has(keys.get(element))),
    wanted,
  );
  const others = sorted(
    list.filter((element) => !wanted.has(keys.get(element))),
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
function isArranged(keys: JsonList, wanted: ReadonlyMap<unknown, number>, had: ReadonlyMap<unknown, number>): boolean {
  let last = -1;
  let [allWanted, allKept] = [true, true];
  for (const [i, key] of keys.entries()) {
    const place = wanted.get(key);
    allWanted &&= place !== undefined;
    allKept &&= had.get(key) === i;
    if (!allWanted && !allKept) return false;
    if (place === undefined) continue;
    if (place < last) return false;
    last = place;
  }
  return true;
}

/** Whether an element of a patch's list only says that its namesake goes. */
export const isDeletion = (element: unknown) => isObject(element) && element[patchDirective] === 'delete';

/** Key of element → the first place it has in the list. */
export function placesOf(list: JsonList, mergeKey: string): Map<unknown, number> {
  const places = new Map<unknown, number>();
  list.forEach((element, place) => {
    const key = keyOfElement(element, mergeKey);
    if (!places.has(key)) places.set(key, place);
  });
  return places;
}

/** What tells an element from the others: its merge key's value; a scalar itself. */
export function keyOfElement(element: unknown, mergeKey: string): unknown {
  if (!isObject(element)) return element;
  const key = element[mergeKey];
  if (key !== undefined) return key;
  throw new MergePatchError(`map: ${goText(element)} does not contain declared merge key: ${mergeKey}`);
}

/** What the elements of the lists are; lists of lists and mixed lists cannot be merged. */
export function elementKind(...lists: JsonList[]): 'map' | 'scalar' {
  const kinds = new Set<string>();
  for (const list of lists) {
    for (const item of list) {
      if (Array.isArray(item)) throw new MergePatchError('lists of lists are not supported');
      kinds.add(isObject(item) ? 'map' : typeof item);
    }
  }
  if (kinds.size > 1) throw new MergePatchError(`list element types are not identical: ${goText(lists)}`);
  return kinds.has('map') ? 'map' : 'scalar';
}

/** A value as Go's `%v` prints it: `map[name:web ports:[80]]`. */
function goText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (!isObject(value)) return value === null || value === undefined ? '<nil>' : scalarText(value);
  const entries = Object.keys(value).sort();
  return `map[${entries.map((key) => `${key}:${goText(value[key])}`).join(' ')}]`;
}

const scalarText = (value: unknown) => (typeof value === 'string' ? value : goJsonScalar(value));
