// Objects as `-o json` and `-o yaml` print them.
import type { KubeObject } from '../../../api/object.ts';
import { wireForm } from '../wire-form.ts';
import { goJsonScalar, isObject } from '../../../base/json.ts';
import { sortedKeys } from '../../../base/order.ts';

/** encoding/json with an indent: keys in byte order, empty lists and maps on one line. */
export function printJson(value: unknown, indent = '    '): string {
  return `${indented(value, '', indent)}\n`;
}

function indented(value: unknown, margin: string, indent: string): string {
  const inner = margin + indent;
  const within = (open: string, close: string, items: readonly string[]) =>
    items.length === 0 ? open + close : `${open}\n${inner}${items.join(`,\n${inner}`)}\n${margin}${close}`;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => indented(item, inner, indent));
    return within('[', ']', items);
  }
  if (!isObject(value)) return goJsonScalar(value);
  const keys = sortedKeys(value).filter((key) => value[key] !== undefined);
  const entries = keys.map((key) => `${goJsonScalar(key)}: ${indented(value[key], inner, indent)}`);
  return within('{', '}', entries);
}

/** An object as it is printed: kubectl hides who set which field unless it is asked. */
export function printable(object: KubeObject): KubeObject {
  const sent = wireForm(object);
  if (!sent.metadata.managedFields) return sent;
  const { managedFields: _, ...metadata } = sent.metadata;
  return { ...sent, metadata };
}

/** What is printed for these objects: the one object, or a List of them. */
export function oneOrList(objects: readonly KubeObject[], asList: boolean): unknown {
  const items = objects.map(printable);
  const [only] = items;
  if (only && items.length === 1 && !asList) return only;
  return { apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } };
}
