// Paths of managed fields. An element is written as in fieldsV1: `f:spec`, `k:{"name":"app"}`, `v:"x"`, `i:0`
// (sigs.k8s.io/structured-merge-diff/v6/fieldpath).
import { quote } from '../../../api/go-text.ts';
import { invariant } from '../../../base/invariant.ts';
import { isObject } from '../../../base/json.ts';
import { sortedKeys } from '../../../base/order.ts';
import type { ListKey } from './structure.ts';

export type Path = readonly string[];

/** `.spec.containers[name="app"].image`. */
export const pathText = (path: Path): string => path.map(elementText).join('');

export function elementText(element: string): string {
  const rest = element.slice(2);
  switch (element.charAt(0)) {
    case 'f':
      return `.${rest}`;
    case 'k': {
      const keys = JSON.parse(rest) as Readonly<Record<string, unknown>>;
      return `[${sortedKeys(keys)
        .map((name) => `${name}=${scalarText(keys[name])}`)
        .join(',')}]`;
    }
    case 'v':
      return `[=${scalarText(JSON.parse(rest))}]`;
    default:
      return `[${rest}]`;
  }
}

const scalarText = (value: unknown) => (typeof value === 'string' ? quote(value) : JSON.stringify(value));

/** The element of an item that is known to have one. */
export function elementOf(item: unknown, relation: 'set' | readonly ListKey[]): string {
  const element = itemElement(item, relation);
  invariant(typeof element === 'string', 'an item without its keys');
  return element;
}

/** The element of an item of a list whose items have identities; why it has none, if so. */
export function itemElement(item: unknown, relation: 'set' | readonly ListKey[]): string | { readonly error: string } {
  if (relation === 'set') {
    if (item === null) return { error: "associative list without keys has an element that's an explicit null" };
    if (isObject(item)) return { error: "associative list without keys has an element that's a map type" };
    if (Array.isArray(item)) return { error: 'not supported: associative list with lists as elements' };
    return `v:${JSON.stringify(item)}`;
  }
  if (item === null) return { error: 'associative list with keys may not have a null element' };
  if (!isObject(item)) return { error: 'associative list with keys may not have non-map elements' };
  const keys: Record<string, unknown> = {};
  // an item that leaves out one of several keys is another one than those that have it
  for (const { name, otherwise } of [...relation].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const value = item[name] ?? otherwise;
    if (value !== undefined) keys[name] = value;
  }
  if (relation.length > 0 && Object.keys(keys).length === 0) {
    const names = `[${relation.map(({ name }) => quote(name)).join(' ')}]`;
    return {
      error: `associative list with keys has an element that omits all key fields ${names} (and doesn't have default values for any key fields)`,
    };
  }
  return `k:${JSON.stringify(keys)}`;
}
