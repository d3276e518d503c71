// A field that does not exist here, but elsewhere in the object: it moves there, mostly because its indentation has slipped.
import { suggestField } from '../../../analyzer/suggest.ts';
import { isObject } from '../../../base/json.ts';
import { isWritten, lastName, move } from '../change.ts';
import type { Proposer } from '../proposer.ts';

export const fieldPlace: Proposer = {
  findings: ['unknown-field'],
  propose({ declared, finding }) {
    const { path } = finding.field;
    const name = lastName(path);
    const found = suggestField(declared.object, path);
    if (!found || !('elsewhere' in found)) return [];
    const places = placesOf(declared.object, found.elsewhere.split('.'), '')
      .filter((place) => !isWritten(declared, `${place}.${name}`))
      .reverse();
    return places.slice(0, 3).map((to) => ({
      id: `move ${path} to ${to}`,
      title: `Move ${name} to ${to}`,
      cost: 2,
      risk: 0,
      isSafe: places.length === 1,
      isCertain: true,
      edits: [move(declared, path, to)],
    }));
  },
};

/** `spec.containers[0]`, `spec.containers[1]` for `spec.containers[]`; objects that are not there yet are only made outside of lists. */
function placesOf(value: unknown, names: readonly string[], path: string): string[] {
  const [name, ...rest] = names;
  if (name === undefined) return [path];
  const field = name.replace('[]', '');
  const inner = isObject(value) ? value[field] : undefined;
  const at = path ? `${path}.${field}` : field;
  if (!name.endsWith('[]')) return placesOf(inner, rest, at);
  return Array.isArray(inner) ? inner.flatMap((item, i) => placesOf(item, rest, `${at}[${i}]`)) : [];
}
