// Messages show structs as Go holds them inside the server: every field by its Go name, null where nothing is set. The server's own
// types have the fields of the API's types in the same order; those of meta/v1 are the API's types and keep their JSON names.
import type { LabelSelector } from '../../../api/object.ts';
import { isObject } from '../../../base/json.ts';
import { sortedKeys } from '../../../base/order.ts';
import { nilList } from '../../../api/decoding/go-value.ts';
import { typeNamed, type SchemaField, type SchemaType } from '../../../api/schema.ts';

const keepTheirNames = new Set(['LabelSelector', 'LabelSelectorRequirement', 'ObjectMeta', 'OwnerReference']);

/** The struct as a message shows it. `key` is as typeNamed takes it (`core/v1.SecurityContext`). */
export function goStruct(key: string, value: unknown): unknown {
  return goValue(typeNamed(key), value);
}

/** A map as a message shows it. */
export function shownMap(map: Readonly<Record<string, unknown>> | undefined): unknown {
  return map ? Object.fromEntries(sortedKeys(map).map((key) => [key, map[key]])) : null;
}

/** A label selector as a message shows it. */
export const shownSelector = (selector: LabelSelector | undefined): unknown => withoutEmpty(selector) ?? null;

/** What JSON leaves out: lists and maps that have nothing in them. */
export function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(
    ([, item]) => typeof item !== 'object' || Object.keys(item ?? {}).length > 0,
  );
  return Object.fromEntries(kept.map(([name, item]) => [name, withoutEmpty(item)]));
}

function goValue(type: SchemaType, value: unknown): unknown {
  switch (type.form) {
    case 'pointer':
      return value === undefined || value === null || !type.element ? null : goValue(type.element, value);
    case 'list':
      return Array.isArray(value) && type.element ? listValue(type.element, value) : null;
    case 'map':
      return isObject(value) ? shownMap(value) : null;
    case 'struct':
      return keepTheirNames.has(type.name) ? withoutEmpty(value) : structValue(type, value);
    case 'self':
      return value ?? (type.name === 'IntOrString' ? 0 : type.name === 'Quantity' ? '0' : null);
    case 'string':
      return value ?? '';
    case 'bool':
      return value ?? false;
    default:
      return value ?? 0;
  }
}

const listValue = (element: SchemaType, items: readonly unknown[]) => items.map((item) => goValue(element, item));

function structValue(type: SchemaType, value: unknown): unknown {
  const given = (value ?? {}) as Readonly<Record<string, unknown>>;
  const struct: Record<string, unknown> = {};
  for (const field of flattened(type.fields)) {
    const shown = fieldValue(field, given[field.name]);
    // metadata is embedded without a name of its own
    if (field.goName === 'ObjectMeta') Object.assign(struct, shown);
    else struct[field.goName] = shown;
  }
  return struct;
}

/** A list that is always written is there though nothing was given. */
const fieldValue = ({ type }: SchemaField, value: unknown): unknown =>
  value === nilList ? null : goValue(type, value);

/** A list as a message shows it. */
export const shownList = (list: readonly unknown[] | undefined): unknown => (!list || list === nilList ? null : list);

/** Embedded structs are written as if their fields were the outer one's. */
function flattened(fields: readonly SchemaField[]): SchemaField[] {
  return fields.flatMap((field) => (field.name ? [field] : flattened(field.type.fields)));
}
