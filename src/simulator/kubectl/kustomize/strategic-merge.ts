// A strategic merge patch as kustomize applies it (sigs.k8s.io/kustomize/kyaml/yaml/merge2 and walk): not as kubectl and the server do. What is new in a
// list comes first; what a patch adds is itself gone through once more; lists whose keys are not known are replaced.
import { mergeTypeOf, type MergeType } from './kinds.ts';
import { isEmpty, isFields, isNull, put, textOf, type Fields } from './node.ts';
import { notModelled, refuse } from './problem.ts';

/** That there is nothing. */
const absent = Symbol('absent');

/**
 * Changes the object; undefined if the patch deletes it. Parts of the patch become parts of the object. A patch that is to replace the object does
 * nothing: kustomize does not look at what takes its place.
 */
export function mergePatch(object: Fields, patch: Fields): Fields | undefined {
  const type = mergeTypeOf(textOf(object['apiVersion']), textOf(object['kind']));
  return isFields(walk(object, patch, type)) ? object : undefined;
}

function walk(into: unknown, from: unknown, type: MergeType | undefined): unknown {
  const [kind] = [into, from].filter((node) => node !== absent && !isNull(node)).map(kindOf);
  for (const node of [into, from]) {
    if (node !== absent && !isNull(node) && kindOf(node) !== kind) notModelled('a patch of a field of another kind');
  }
  if (kind === 'scalar') return replaced(into, from);
  if (kind === 'list') return type?.keys ? mergeList(into, from, type) : replaced(into, from);
  return mergeFields(into, from, type);
}

const kindOf = (node: unknown) => (Array.isArray(node) ? 'list' : isFields(node) ? 'fields' : 'scalar');

const replaced = (into: unknown, from: unknown) => (from === absent ? into : isNull(from) ? absent : from);

function mergeFields(into: unknown, from: unknown, type: MergeType | undefined): unknown {
  const target = targetOf(into, from, isNull);
  if (!isFields(target)) return target;
  const keys = new Set([...Object.keys(target), ...(isFields(from) ? Object.keys(from) : [])]);
  for (const key of [...keys].sort()) {
    const value = walk(entryOf(target, key), entryOf(from, key), type?.fields?.[key]);
    if (value === absent) delete target[key];
    else put(target, key, value);
  }
  return target;
}

const entryOf = (node: unknown, key: string) => (isFields(node) && Object.hasOwn(node, key) ? node[key] : absent);

/** What is gone on with: what is there, or what the patch puts in its place. Nulls that are written down and not patched stay. */
function targetOf(into: unknown, from: unknown, isNothing: (node: unknown) => boolean): unknown {
  if (into === absent || isNothing(into)) {
    if (from === absent) return into === undefined ? absent : into;
    if (isFields(from) && takeDirective(from) === 'delete') return absent;
    return isNull(from) ? absent : from;
  }
  if (from === absent) return into;
  if (isNull(from)) return absent;
  const directive = takeDirective(from);
  return directive === 'delete' ? absent : directive === 'replace' ? from : into;
}

const directiveKey = '$patch';

/** What a patch says of itself; it is taken out. */
function takeDirective(patch: unknown): 'delete' | 'replace' | 'merge' {
  const holder = Array.isArray(patch)
    ? (patch as unknown[]).find((item) => entryOf(item, directiveKey) !== absent)
    : patch;
  if (!isFields(holder) || !Object.hasOwn(holder, directiveKey)) return 'merge';
  // in a list it is an item of its own
  if (Array.isArray(patch) && Object.keys(holder).length > 1) return 'merge';
  const directive = textOf(holder[directiveKey]);
  if (directive !== 'delete' && directive !== 'replace' && directive !== 'merge') {
    return refuse(`unknown patch strategy '${directive}'`);
  }
  if (Array.isArray(patch)) setItem(patch, absent, [directiveKey], [directive]);
  else delete holder[directiveKey];
  return directive;
}

function mergeList(into: unknown, from: unknown, type: MergeType): unknown {
  const keys = type.keys ?? [];
  // a list that the patch brings is taken as it is, directives and all
  const isNew = into === absent || isNull(into);
  const target = isNew ? replaced(absent, from) : targetOf(into, from, isNull);
  if (!Array.isArray(target)) return target;
  const lists = [from, target].filter((list) => Array.isArray(list)) as unknown[][];
  if (keys.length === 0) return mergeScalars(lists);
  return mergeItems(target, from, distinct(lists.flatMap((list) => list.map((item) => valuesOf(item, keys)))), type);
}

function mergeScalars(lists: readonly unknown[][]): unknown[] {
  const byText = new Map<string, unknown>();
  for (const item of lists.flat()) if (!byText.has(textOf(item))) byText.set(textOf(item), item);
  return [...byText.values()].filter((item) => !isNull(item));
}

/** What an item is found by, empty where a key is not there. */
const valuesOf = (item: unknown, keys: readonly string[]) =>
  keys.map((key) => (isFields(item) && !isEmpty(item[key]) ? textOf(item[key]) : ''));

const distinct = (rows: readonly string[][]) => [...new Map(rows.map((row) => [row.join('\0'), row])).values()];

function mergeItems(target: unknown[], from: unknown, rows: string[][], type: MergeType): unknown[] {
  const allKeys = type.keys ?? [];
  if (allKeys.length > 1) matchRows(rows);
  const merged: unknown[] = [];
  let keys: readonly string[] = allKeys;
  for (const row of rows) {
    keys = usedKeys(rows, allKeys);
    const values = row.filter((value, i) => value !== '' || keys.includes(allKeys[i] ?? ''));
    const [given, wanted] = givenKeys(allKeys, row);
    const find = (list: unknown) =>
      Array.isArray(list) ? ((list as unknown[]).find((item) => matches(item, given, wanted)) ?? absent) : absent;
    const value = walk(find(target), find(from), { ...(type.fields && { fields: type.fields }) });
    if (value === absent || isNull(value) || (isFields(value) && isEmpty(value))) {
      setItem(target, absent, keys, values);
      continue;
    }
    if (isFields(value)) setKeys(value, keys, values);
    setItem(merged, value, keys, values);
  }
  return rows.length > 0 ? behind(merged, target, keys) : target;
}

/** Rows of several keys that differ only in what one of them leaves out are the same item (`mergeValues`). */
function matchRows(rows: string[][]): void {
  for (let i = 0; i < rows.length; i++) {
    const a = rows[i] ?? [];
    for (let j = 0; j < rows.length; j++) {
      const b = rows[j] ?? [];
      if (!a.some((value, k) => value === b[k])) continue;
      if (a.some((value, k) => value !== b[k] && value !== '' && b[k] !== '')) continue;
      const joined = a.map((value, k) => value || (b[k] ?? ''));
      rows[i] = joined;
      rows[j] = joined;
    }
  }
}

/** The keys that any row has; all if none has any. */
function usedKeys(rows: readonly string[][], keys: readonly string[]): readonly string[] {
  const used = keys.filter((_, i) => rows.some((row) => row[i] !== ''));
  return used.length > 0 ? used : keys;
}

/** The keys that a row has, with what it has there. */
function givenKeys(keys: readonly string[], row: readonly string[]): readonly [readonly string[], readonly string[]] {
  const given = keys.filter((_, i) => row[i] !== '');
  return given.length > 0 ? [given, row.filter((value) => value !== '')] : [keys, row];
}

const matches = (item: unknown, keys: readonly string[], values: readonly string[]) =>
  isFields(item) && keys.every((key, i) => Object.hasOwn(item, key) && textOf(item[key]) === values[i]);

function setKeys(item: Fields, keys: readonly string[], values: readonly string[]): void {
  keys.forEach((key, i) => {
    const value = values[i] ?? '';
    if (Object.hasOwn(item, key) || value === '') return;
    item[key] = /^\d+$/.test(value) ? Number(value) : value;
  });
}

/**
 * Puts an item in the place of all that have its values, or at the end; or takes those away (`ElementSetter`). Nothings are dropped on the way. A
 * value that is empty stands for any; without any values, nothing else stays.
 */
function setItem(list: unknown[], item: unknown, keys: readonly string[], values: readonly string[]): void {
  const kept: unknown[] = [];
  let isFound = false;
  for (const one of list) {
    if (isNull(one) || (isFields(one) && isEmpty(one))) continue;
    if (!isFields(one) || !isPlaced(one, keys, values)) {
      if (values.length > 0) kept.push(one);
      continue;
    }
    isFound = true;
    if (item !== absent) kept.push(item);
  }
  if (!isFound && item !== absent) kept.push(item);
  list.splice(0, list.length, ...kept);
}

const isPlaced = (item: Fields, keys: readonly string[], values: readonly string[]) =>
  values.length > 0 &&
  keys.every((key, i) => {
    const value = values[i];
    return value === undefined || (Object.hasOwn(item, key) && (value === '' || textOf(item[key]) === value));
  });

/** What was there comes behind what was merged, each item of which stands where it came to stand (`appendListNode`). */
function behind(merged: unknown[], target: readonly unknown[], keys: readonly string[]): unknown[] {
  for (const item of [...target]) {
    const values: string[] = [];
    for (const key of keys) {
      if (isFields(item) && Object.hasOwn(item, key)) values.push(textOf(item[key]));
      else merged.push(item);
    }
    if (keys.length > 1) setItem(merged, absent, keys, values);
    setItem(merged, item, keys, values);
  }
  return merged;
}
