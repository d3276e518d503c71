// kubectl itself decodes an object's metadata before it sends anything, and says what does not go into Go's ObjectMeta.
import { typeNamed, underlying, type SchemaType } from '../../../api/schema.ts';
import { isObject } from '../../../base/json.ts';
import { sortedKeys } from '../../../base/order.ts';
import { parseGoTime, wholeSeconds } from '../../../api/time.ts';

/** A field on the way: the struct that has it, and the JSON names from the root. */
interface Place {
  readonly struct: string;
  readonly path: string;
}

/** The first thing wrong with a `metadata`, in the words of encoding/json; undefined if nothing is. */
export function metadataProblem(metadata: unknown): string | undefined {
  const place = { struct: 'metadataOnlyObject', path: 'metadata' };
  return problemOf(typeNamed('meta/v1.ObjectMeta'), metadata, place);
}

function problemOf(type: SchemaType, value: unknown, place: Place): string | undefined {
  const target = underlying(type);
  if (value === null || value === undefined) return undefined;
  switch (target.form) {
    case 'struct':
      return isObject(value)
        ? firstOf(value, (key) => fieldProblem(target, key, value[key], place))
        : wrong(target, value, place);
    case 'map':
      return isObject(value) && target.element
        ? firstOf(value, (key) => problemOf(target.element ?? target, value[key], place))
        : wrong(target, value, place);
    case 'list':
      if (!Array.isArray(value)) return wrong(target, value, place);
      return value.map((item: unknown) => problemOf(target.element ?? target, item, place)).find((text) => text);
    case 'self':
      return selfProblem(target, value, place);
    default:
      return scalarFits(target, value) ? undefined : wrong(target, value, place);
  }
}

const firstOf = (map: object, problem: (key: string) => string | undefined) =>
  sortedKeys(map)
    .map(problem)
    .find((text) => text !== undefined);

function fieldProblem(struct: SchemaType, key: string, value: unknown, { path }: Place): string | undefined {
  const field = struct.byName.get(key)?.field;
  return field && problemOf(field.type, value, { struct: struct.name, path: `${path}.${key}` });
}

function scalarFits({ form }: SchemaType, value: unknown): boolean {
  if (form === 'string') return typeof value === 'string';
  if (form === 'bool') return typeof value === 'boolean';
  return typeof value === 'bigint' || (form === 'float64' ? typeof value === 'number' : Number.isInteger(value));
}

/** Times are the only type of metadata that decodes itself and refuses anything. */
function selfProblem({ name }: SchemaType, value: unknown, { struct, path }: Place): string | undefined {
  if (name !== 'Time') return undefined;
  if (typeof value !== 'string') {
    return `json: cannot unmarshal ${kindOf(value)} into Go struct field ${struct}.${path} of type string`;
  }
  const parsed = parseGoTime(value, wholeSeconds);
  return 'error' in parsed ? parsed.error : undefined;
}

function wrong({ goType, form }: SchemaType, value: unknown, { struct, path }: Place): string {
  const isFraction = typeof value === 'number' && form.startsWith('int');
  const shown = isFraction ? `number ${value}` : kindOf(value);
  return `json: cannot unmarshal ${shown} into Go struct field ${struct}.${path} of type ${goType}`;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'bigint' ? 'number' : typeof value;
}
