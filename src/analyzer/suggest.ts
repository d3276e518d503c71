// What somebody may have meant who wrote a name that does not exist.
import { isObject } from '../base/json.ts';
import { fieldOf, typeOfKind, underlying, type SchemaType } from '../api/schema.ts';

/** The candidate that is nearest to a name, if one is near enough to be meant: a third of its letters may differ. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const lower = name.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const distance = editDistance(lower, candidate.toLowerCase(), least);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** The same for keys of labels: `zone` and `failure-domain.beta.kubernetes.io/zone` are `topology.kubernetes.io/zone`, too, if nothing is nearer. */
export function nearestKey(key: string, keys: Iterable<string>): string | undefined {
  const all = [...keys];
  return nearest(key, all) ?? all.find((one) => one !== key && lastPart(one) === lastPart(key));
}

const lastPart = (key: string) => key.slice(key.lastIndexOf('/') + 1).toLowerCase();

/** The value that was meant by one that is not supported, from the sentence that refuses it and names those that are. */
export function suggestValue(message: string): string | undefined {
  const [given = '', ...supported] = [...message.matchAll(/"([^"]*)"/g)].map(([, value = '']) => value);
  return nearest(given, supported);
}

/**
 * How many letters have to be added, left out, replaced or swapped with their neighbour (optimal string alignment). From `limit` on nobody
 * wants to know how many: only cells that can lead to fewer are looked at.
 */
export function editDistance(a: string, b: string, limit = Infinity): number {
  const width = b.length + 1;
  let before: number[] = [];
  let row: number[] = [];
  for (let j = 0; j < width; j++) row.push(j);
  let leastBefore = 0;
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j < width; j++) next.push(limit);
    let least = i;
    for (let j = Math.max(1, i - limit + 1); j < Math.min(width, i + limit); j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next[j] = cost;
      least = Math.min(least, cost);
    }
    // a swap takes up the row before this one, at the cost of one more
    if (least >= limit && leastBefore + 1 >= limit) return limit;
    [before, row, leastBefore] = [row, next, least];
  }
  return Math.min(row[b.length] ?? 0, limit);
}

/** A field that exists: beside the one that does not, or elsewhere in the kind under the same name. */
export type FieldSuggestion = { readonly beside: string } | { readonly elsewhere: string };

/** What was meant by a field (`spec.containers[0].imagee`) that an object does not have. */
export function suggestField(object: unknown, path: string): FieldSuggestion | undefined {
  if (!isObject(object)) return undefined;
  const root = typeOfKind(String(object.apiVersion), String(object.kind));
  const [, before = '', name = ''] = /^(?:(.*)\.)?([^.]*)$/.exec(path) ?? [];
  const parent = root && typeAt(root, before);
  if (!parent) return undefined;
  const beside = nearest(name, fieldNames(parent));
  if (beside !== undefined) return { beside };
  const places = placesOf(root, name);
  const elsewhere = places.find((place) => isThere(object, place)) ?? (places.length === 1 ? places[0] : undefined);
  return elsewhere === undefined ? undefined : { elsewhere };
}

/** Whether the object has a field at a path without indexes. */
function isThere(object: unknown, path: string): boolean {
  let value: unknown = object;
  for (const name of path.split('.')) {
    const item: unknown = Array.isArray(value) ? (value as unknown[])[0] : value;
    value = isObject(item) ? item[name.replace('[]', '')] : undefined;
  }
  return value !== undefined;
}

const fieldNames = (type: SchemaType) => underlying(type).byName.keys();

/** What a field of this type holds: the items of lists and maps. */
function content(type: SchemaType): SchemaType {
  const { form, element } = underlying(type);
  return (form === 'list' || form === 'map') && element ? content(element) : underlying(type);
}

/** The type of the struct at a path as the server prints it; undefined where the way leads through a key of a map. */
export function typeAt(root: SchemaType, path: string): SchemaType | undefined {
  let type: SchemaType | undefined = root;
  for (const name of path.split('.').filter(Boolean)) {
    const field: SchemaType | undefined = type && fieldOf(type, name.replace(/\[.*$/, ''))?.type;
    type = field && content(field);
  }
  return type;
}

/** How deep a field may lie that was written at the wrong place. */
const deepest = 6;

/** Where in a kind a field of exactly this name is, those that are nearest to the top: `spec.template.spec.containers[]`. */
function placesOf(root: SchemaType, name: string): string[] {
  const seen = new Set<SchemaType>();
  let level: [string, SchemaType][] = [['', root]];
  for (let depth = 0; depth < deepest && level.length > 0; depth++) {
    const has = level.filter(([path, type]) => path && !path.startsWith('status') && type.byName.has(name));
    if (has.length > 0) return has.map(([path]) => path);
    const fresh = level.filter(([, type]) => !seen.has(type));
    for (const [, type] of fresh) seen.add(type);
    level = fresh.flatMap(([path, type]) => fieldsBelow(path, type));
  }
  return [];
}

function fieldsBelow(path: string, type: SchemaType): [string, SchemaType][] {
  return [...type.byName].map(([name, { field }]) => {
    const isList = underlying(field.type).form === 'list';
    return [`${path ? `${path}.` : ''}${name}${isList ? '[]' : ''}`, content(field.type)];
  });
}
