// Values of custom objects as CEL expressions see them: typed by their schema, which alone says what is an integer, a time, a map
// (k8s.io/apiserver/pkg/cel/common/values.go, Kubernetes 1.36).
import { decodedBytes } from '../../../api/decoding/base64.ts';
import type { JSONSchemaProps } from '../../../api/object.ts';
import { isObject } from '../../../base/json.ts';
import { durationOf, timestampOf } from '../../../cel/program.ts';
import { itemsOf } from './conform.ts';

const reserved = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

/** cel.Escape: the name of a field in expressions; undefined if none can be made. */
export function escapedName(name: string): string | undefined {
  if (name === '' || !/^[A-Za-z_][A-Za-z0-9_./-]*$/.test(name)) return undefined;
  if (reserved.has(name)) return `__${name}__`;
  return name
    .replaceAll('__', '__underscores__')
    .replaceAll('.', '__dot__')
    .replaceAll('-', '__dash__')
    .replaceAll('/', '__slash__');
}

/** The value, with what its schema does not speak of left out. `isRoot`: of a whole object, whose name and kind can be asked for. */
export function celValue(value: unknown, schema: JSONSchemaProps | undefined, isRoot = false): unknown {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) {
    const items = schema && itemsOf(schema);
    return value.map((item) => celValue(item, items));
  }
  if (isObject(value)) return celObject(value, schema, isRoot);
  if (typeof value === 'number') return schema?.type === 'number' || !Number.isInteger(value) ? value : BigInt(value);
  return typeof value === 'string' ? ofFormat(value, schema?.format) : value;
}

/** Times and bytes are written as strings, but are none. Throws a CelDoubt if they cannot be read. */
function ofFormat(text: string, format: string | undefined): unknown {
  switch (format) {
    case 'byte':
      return Uint8Array.from(decodedBytes(text));
    case 'date':
      return timestampOf(`${text}T00:00:00Z`);
    case 'date-time':
      return timestampOf(text.toUpperCase());
    case 'duration':
      return durationOf(text);
    default:
      return text;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function celObject(value: Fields, schema: JSONSchemaProps | undefined, isRoot: boolean): Map<string, unknown> {
  const { properties, additionalProperties } = schema ?? {};
  const fields = new Map<string, unknown>();
  if (isRoot) addOwnFields(value, fields);
  for (const [key, field] of Object.entries(value)) {
    const property = properties && Object.hasOwn(properties, key) ? properties[key] : undefined;
    const name = property ? escapedName(key) : key;
    if (property && name !== undefined) fields.set(name, celValue(field, property));
    else if (isObject(additionalProperties)) fields.set(key, celValue(field, additionalProperties));
    else if (additionalProperties === true) fields.set(key, celValue(field, undefined));
  }
  return fields;
}

/** WithTypeAndObjectMeta. */
function addOwnFields({ apiVersion, kind, metadata }: Fields, fields: Map<string, unknown>): void {
  const { name, generateName } = isObject(metadata) ? metadata : {};
  fields.set('apiVersion', apiVersion);
  fields.set('kind', kind);
  const named = Object.entries({ name, generateName }).filter(([, text]) => text !== undefined);
  fields.set('metadata', new Map(named));
}
