// What somebody may have meant who wrote a name that does not exist.
import { fieldOf, typeOfKind, underlying, type SchemaType } from '../api/schema.ts';

/** The candidate that is nearest to a name, if one is near enough to be meant: a third of its letters may differ. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const lower = name.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const distance = editDistance(lower, candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** How many letters have to be added, left out, replaced or swapped with their neighbour (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next.push(cost);
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? 0;
}

/** A field that exists: beside the one that does not, or elsewhere in the kind under the same name. */
export type FieldSuggestion = { readonly beside: string } | { readonly elsewhere: string };

/** What was meant by a field (`spec.containers[0].imagee`) that an object of a kind does not have. */
export function suggestField(apiVersion: string, kind: string, path: string): FieldSuggestion | undefined {
  const root = typeOfKind(apiVersion, kind);
  const [, before = '', name = ''] = /^(?:(.*)\.)?([^.]*)$/.exec(path) ?? [];
  const parent = root && typeAt(root, before);
  if (!parent) return undefined;
  const beside = nearest(name, fieldNames(parent));
  if (beside !== undefined) return { beside };
  const elsewhere = placeOf(root, name);
  return elsewhere === undefined ? undefined : { elsewhere };
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

/** Where in a kind a field of exactly this name is, the nearest to the top: `spec.template.spec.containers[]`. */
function placeOf(root: SchemaType, name: string): string | undefined {
  const seen = new Set<SchemaType>();
  let level: [string, SchemaType][] = [['', root]];
  for (let depth = 0; depth < deepest && level.length > 0; depth++) {
    const next: [string, SchemaType][] = [];
    for (const [path, type] of level) {
      if (seen.has(type)) continue;
      seen.add(type);
      if (path && !path.startsWith('status') && type.byName.has(name)) return path;
      for (const [fieldName, { field }] of type.byName) {
        const isList = underlying(field.type).form === 'list';
        next.push([`${path ? `${path}.` : ''}${fieldName}${isList ? '[]' : ''}`, content(field.type)]);
      }
    }
    level = next;
  }
  return undefined;
}
