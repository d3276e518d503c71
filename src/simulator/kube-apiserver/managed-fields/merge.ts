// What server-side apply makes of an object: a configuration is laid over it, and what is given up is taken out
// (sigs.k8s.io/structured-merge-diff/v6: typed/merge.go, typed/remove.go).
import { isObject } from '../../../base/json.ts';
import { keyOf } from './field-set.ts';
import { elementOf, type Path } from './path.ts';
import type { Structure } from './structure.ts';

const any: Structure = { form: 'any' };

/** The configuration laid over the live value. */
export function merged(live: unknown, config: unknown, structure: Structure): unknown {
  if (structure.form === 'map' && !structure.whole && isObject(live) && isObject(config)) {
    const result: Record<string, unknown> = { ...live };
    for (const [name, value] of Object.entries(config)) {
      result[name] = name in live ? merged(live[name], value, structure.field(name) ?? any) : value;
    }
    return result;
  }
  if (structure.form === 'list' && structure.relation !== 'atomic' && Array.isArray(live) && Array.isArray(config)) {
    return mergedItems(live, config, structure, structure.relation);
  }
  return config;
}

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

/** The value without what is at the paths; the keys of the paths are those of `keyOf`. */
export function without(value: unknown, gone: ReadonlySet<string>, structure: Structure, path: Path = []): unknown {
  if (structure.form === 'map' && !structure.whole && isObject(value)) {
    const kept = Object.entries(value).filter(([name]) => !gone.has(keyOf([...path, `f:${name}`])));
    return Object.fromEntries(
      kept.map(([name, inner]) => [name, without(inner, gone, structure.field(name) ?? any, [...path, `f:${name}`])]),
    );
  }
  if (structure.form !== 'list' || structure.relation === 'atomic' || !Array.isArray(value)) return value;
  const { relation, item } = structure;
  const items = (value as unknown[]).map((each) => ({ each, at: [...path, elementOf(each, relation)] }));
  return items.filter(({ at }) => !gone.has(keyOf(at))).map(({ each, at }) => without(each, gone, item, at));
}
