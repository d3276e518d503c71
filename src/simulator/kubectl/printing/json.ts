// Objects as `-o json` and `-o yaml` print them.
import type { KubeObject } from '../../../api/object.ts';
import { isObject } from '../../../base/json.ts';
import { sortedKeys } from '../../../base/order.ts';

/** encoding/json with an indent of four spaces: keys in order, HTML characters escaped. */
export function printJson(value: unknown, indent = 4): string {
  return `${JSON.stringify(sorted(value), undefined, indent).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )}\n`;
}

/** The same value with keys in byte order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(sortedKeys(value).map((key) => [key, sorted(value[key])]));
}

/** kubectl hides who set which field unless it is asked. */
export function withoutManagedFields(object: KubeObject): KubeObject {
  if (!object.metadata.managedFields) return object;
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** What is printed for these objects: the one object, or a List of them. */
export function oneOrList(objects: readonly KubeObject[], asList: boolean): unknown {
  const items = objects.map(withoutManagedFields);
  const [only] = items;
  if (only && items.length === 1 && !asList) return only;
  return { apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } };
}
