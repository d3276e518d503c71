// Lists that are sets or maps: what may be in them only once (apiextensions-apiserver/pkg/apiserver/schema/listtype, Kubernetes 1.36).
import { duplicate, invalid, type FieldError } from '../../../api/field-error.ts';
import { FieldPath } from '../../../api/field-path.ts';
import type { JSONSchemaProps } from '../../../api/object.ts';
import { goJson, isObject } from '../../../base/json.ts';
import { sortedKeys } from '../../../base/order.ts';
import { fieldSchema, itemsOf } from './conform.ts';
import type { Where } from './schema-result.ts';

export function checkListTypes(schema: JSONSchemaProps, value: unknown, where: Where, errors: FieldError[]): void {
  if (Array.isArray(value) && where) return checkList(schema, value, where, errors);
  if (!isObject(value)) return;
  for (const key of sortedKeys(value)) {
    const field = fieldSchema(schema, key);
    const isMap = !schema.properties || !Object.hasOwn(schema.properties, key);
    const at = isMap && where ? where.key(key) : (where?.child(key) ?? FieldPath.of(key));
    if (field) checkListTypes(field, value[key], at, errors);
  }
}

function checkList(schema: JSONSchemaProps, list: readonly unknown[], where: FieldPath, errors: FieldError[]): void {
  const type = schema['x-kubernetes-list-type'];
  if (type === 'set') for (const i of repeatedIn(list)) errors.push(duplicate(where.index(i), list[i]));
  if (type === 'map') checkListMap(schema['x-kubernetes-list-map-keys'] ?? [], list, where, errors);
  const items = itemsOf(schema);
  if (items) list.forEach((item, i) => checkListTypes(items, item, where.index(i), errors));
}

function checkListMap(keys: readonly string[], list: readonly unknown[], where: FieldPath, errors: FieldError[]): void {
  const odd = list.findIndex((item) => item !== null && !isObject(item));
  if (odd >= 0) {
    errors.push(invalid(where.index(odd), list[odd], 'must be an object for an array of list-type map'));
    return;
  }
  const keyed = list.map((item) =>
    Object.fromEntries(
      keys.filter((key) => isObject(item) && Object.hasOwn(item, key)).map((key) => [key, (item as Fields)[key]]),
    ),
  );
  for (const i of repeatedIn(keyed)) errors.push(duplicate(where.index(i), keyed[i]));
}

type Fields = Readonly<Record<string, unknown>>;

/** The places where something comes for the second time; what comes more often is told once. */
function repeatedIn(list: readonly unknown[]): readonly number[] {
  const times = new Map<string, number>();
  return list.flatMap((item, i) => {
    const key = goJson(item);
    const count = (times.get(key) ?? 0) + 1;
    times.set(key, count);
    return count === 2 ? [i] : [];
  });
}
