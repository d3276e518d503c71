// Go's decoder says of what kind a wrong value is, but not always where: lists have no indexes in its paths, and some errors have no path at all.
import { parseQuantity } from '../api/quantity.ts';
import { typeOfKind, underlying, type SchemaType } from '../api/schema.ts';
import { deepEqual, isObject } from '../base/json.ts';

/** The path of the first value of a JSON kind (`number`, `string`, `array` …) at or below names without indexes: `spec.containers.ports`. */
export function placeOfKind(object: unknown, path: string, kind: string): string | undefined {
  return placeOf(object, path ? path.split('.') : [], kind, '');
}

function placeOf(value: unknown, names: readonly string[], kind: string, path: string): string | undefined {
  const [name, ...rest] = names;
  if (name === undefined && kindOf(value) === kind) return path;
  if (Array.isArray(value)) return firstOf(value, (item, i) => placeOf(item, names, kind, `${path}[${i}]`));
  if (!isObject(value)) return undefined;
  if (name === undefined) {
    const keys = Object.keys(value);
    return firstOf(keys, (key) => placeOf(value[key], names, kind, `${path}[${key}]`));
  }
  return name in value ? placeOf(value[name], rest, kind, path ? `${path}.${name}` : name) : undefined;
}

/** The first item of a list that has the same as an item at (`spec.ports[2]`) or in which (`spec.containers[1].name`) a path ends. */
export function firstLike(object: unknown, path: string): string | undefined {
  const [, list, index, rest = ''] = /^(.*)\[(\d+)\](\.[^[\]]+)?$/.exec(path) ?? [];
  const items = list === undefined ? undefined : valueAt(object, list);
  if (!Array.isArray(items)) return undefined;
  const at = (i: number): unknown => valueAt(items[i], rest.slice(1));
  const first = items.findIndex((_, i) => deepEqual(at(i), at(Number(index))));
  return first < 0 || first >= Number(index) ? undefined : `${list}[${first}]${rest}`;
}

/** The value at a path as the server prints it, where no key of it has dots or brackets. */
export function valueAt(object: unknown, path: string): unknown {
  let value = object;
  for (const [step] of path.matchAll(/[^.[\]]+/g)) {
    value = Array.isArray(value) ? (value as unknown[])[Number(step)] : isObject(value) ? value[step] : undefined;
  }
  return value;
}

function firstOf<T>(items: readonly T[], find: (item: T, index: number) => string | undefined): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'bigint' ? 'number' : typeof value;
}

type Refuses = (type: SchemaType, value: unknown) => boolean;

/** Errors of types that decode themselves: what they say, and which values they say it of. */
const selfDecoding: readonly (readonly [RegExp, Refuses])[] = [
  [/quantit/, ({ name }, value) => name === 'Quantity' && !isQuantity(value)],
  [
    /illegal base64 data/,
    ({ form, element }, value) => form === 'list' && element?.form === 'uint8' && !isBase64(value),
  ],
  [/parsing time/, ({ name }) => /Time$/.test(name)],
  [/invalid duration/, ({ name }) => name === 'Duration'],
];

const isQuantity = (value: unknown) =>
  (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') &&
  parseQuantity(value) !== undefined;

const isBase64 = (value: unknown) =>
  typeof value === 'string' &&
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value.replace(/[\r\n]/g, ''));

/** The path of the value that a message of a self-decoding type is about, by the schema of the object's kind. */
export function placeOfRefused(object: unknown, message: string): string | undefined {
  if (!isObject(object)) return undefined;
  const type = typeOfKind(String(object.apiVersion), String(object.kind));
  if (!type) return undefined;
  for (const [says, refuses] of selfDecoding) {
    if (!says.test(message)) continue;
    const found = search(type, object, '', refuses);
    if (found !== undefined) return found;
  }
  return undefined;
}

function search(type: SchemaType, value: unknown, path: string, refuses: Refuses): string | undefined {
  const own = underlying(type);
  if (value === null || value === undefined) return undefined;
  if (refuses(own, value)) return path;
  const { form, element } = own;
  if (form === 'list' && element && Array.isArray(value)) {
    return firstOf(value, (item, i) => search(element, item, `${path}[${i}]`, refuses));
  }
  if (!isObject(value)) return undefined;
  const keys = Object.keys(value);
  if (form === 'map' && element) return firstOf(keys, (key) => search(element, value[key], `${path}[${key}]`, refuses));
  return firstOf(keys, (key) => {
    const field = own.byName.get(key)?.field;
    return field && search(field.type, value[key], path ? `${path}.${key}` : key, refuses);
  });
}
