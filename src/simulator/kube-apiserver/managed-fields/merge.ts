// What server-side apply makes of an object: a configuration is laid over it, and what is given up is taken out
// (sigs.k8s.io/structured-merge-diff/v6: typed/merge.go, typed/remove.go).
import { isObject } from '../../../base/json.ts';
import { keyOf } from './field-set.ts';
import { elementOf, type Path } from './path.ts';
import { any, innerOf, structureFor, type Structure } from './structure.ts';

/** The configuration laid over the live value. */
export function merged(live: unknown, config: unknown, declared: Structure): unknown {
  const structure = structureFor(config, declared);
  // a null takes nothing away from what is merged: that what is in it was given up does
  if (config === null && isMergedInto(live, structure)) return live;
  if (structure.form === 'map' && !structure.whole && isObject(live) && isObject(config)) {
    const result: Record<string, unknown> = { ...live };
    for (const [name, value] of Object.entries(config)) {
      result[name] = name in live ? merged(live[name], value, innerOf(structure, name) ?? any) : value;
    }
    return result;
  }
  if (structure.form === 'list' && structure.relation !== 'atomic' && Array.isArray(live) && Array.isArray(config)) {
    return mergedItems(live, config, structure, structure.relation);
  }
  return config;
}

const isMergedInto = (live: unknown, structure: Structure) =>
  (structure.form === 'map' && !structure.whole && isObject(live) && Object.keys(live).length > 0) ||
  (structure.form === 'list' && structure.relation !== 'atomic' && Array.isArray(live) && live.length > 0);

type ListStructure = Extract<Structure, { form: 'list' }>;

/** Items of both lists, in the order of the configuration; those of the live list alone keep their places between them. */
function mergedItems(
  live: readonly unknown[],
  config: readonly unknown[],
  { item }: ListStructure,
  relation: Exclude<ListStructure['relation'], 'atomic'>,
): unknown[] {
  const named = (each: unknown) => elementOf(each, relation);
  const left = live.map((each) => ({ name: named(each), value: each }));
  const right = config.map((each) => ({ name: named(each), value: each }));
  const inLive = new Map(left.map(({ name, value }) => [name, value]));
  const inConfig = new Set(right.map(({ name }) => name));
  const shared = right.filter(({ name }) => inLive.has(name)).map(({ name }) => name);
  const result: unknown[] = [];
  const take = ({ name, value }: { name: string; value: unknown }) =>
    result.push(inLive.has(name) ? merged(inLive.get(name), value, item) : value);
  let next = 0;
  for (let l = 0, r = 0; l < left.length || r < right.length;) {
    const [mine, theirs] = [left[l], right[r]];
    if (mine && theirs && mine.name === theirs.name) {
      take(theirs);
      l++;
      r++;
      next++;
    } else if (mine && theirs && inConfig.has(mine.name) && mine.name !== shared[next]) l++;
    else if (mine && !inConfig.has(mine.name)) {
      result.push(mine.value);
      l++;
    } else if (theirs) {
      take(theirs);
      if (theirs.name === shared[next]) next++;
      r++;
    } else l++;
  }
  return result;
}

/**
 * The value without what is at the paths; the keys of the paths are those of `keyOf`. What loses all that is in it but is not taken out
 * itself is null.
 */
export function without(value: unknown, gone: ReadonlySet<string>, declared: Structure, path: Path = []): unknown {
  const structure = structureFor(value, declared);
  if (structure.form === 'map' && !structure.whole && isObject(value)) {
    const entries = Object.entries(value).map(([name, inner]) => ({ name, inner, at: [...path, `f:${name}`] }));
    const kept = entries.filter(({ at }) => !gone.has(keyOf(at)));
    if (kept.length === 0 && entries.length > 0) return null;
    return Object.fromEntries(
      kept.map(({ name, inner, at }) => [name, without(inner, gone, innerOf(structure, name) ?? any, at)]),
    );
  }
  if (structure.form !== 'list' || structure.relation === 'atomic' || !Array.isArray(value)) return value;
  const { relation, item } = structure;
  const items = (value as unknown[]).map((each) => ({ each, at: [...path, elementOf(each, relation)] }));
  const kept = items.filter(({ at }) => !gone.has(keyOf(at)));
  if (kept.length === 0 && items.length > 0) return null;
  return kept.map(({ each, at }) => without(each, gone, item, at));
}
