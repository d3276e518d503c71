// The types of the API as server-side apply takes them apart: what is merged field by field or item by item, and what is one whole
// (kube-openapi/pkg/schemaconv makes the same of the OpenAPI documents).
import { listTypes } from '../../../api/list-types.generated.ts';
import { underlying, type SchemaField, type SchemaType } from '../../../api/schema.ts';
import { isObject } from '../../../base/json.ts';

/** A field whose value tells items of a list apart, and what stands for an absent one. */
export interface ListKey {
  readonly name: string;
  readonly otherwise?: unknown;
}

export type Structure =
  /** The value is taken as it is. */
  | { readonly form: 'any' }
  /** Nothing is known: a map is merged by its keys, and everything else is one whole. */
  | { readonly form: 'deduced' }
  | { readonly form: 'scalar'; readonly scalar: 'numeric' | 'string' | 'boolean' | 'untyped' }
  | {
      readonly form: 'map';
      readonly whole: boolean;
      /** The structure of a declared field, undefined where there is none of that name. */
      readonly field: (name: string) => Structure | undefined;
      /** That of every other key, undefined where there may be none. Such keys are owned beside what is in them. */
      readonly entry?: Structure;
    }
  | {
      readonly form: 'list';
      readonly item: Structure;
      readonly relation: 'atomic' | 'set' | readonly ListKey[];
    };

export const any: Structure = { form: 'any' };
export const deduced: Structure = { form: 'deduced' };
const noField = () => undefined;
const deducedMap: Structure = { form: 'map', whole: false, field: noField, entry: deduced };
const deducedList: Structure = { form: 'list', item: any, relation: 'atomic' };
const known = new WeakMap<SchemaType, Structure>();
const untypedSelf = new Set(['Quantity', 'IntOrString', 'Time', 'MicroTime']);

/** The structure that a value has where its schema leaves it open. */
export function structureFor(value: unknown, structure: Structure): Structure {
  if (structure.form !== 'deduced') return structure;
  return isObject(value) ? deducedMap : Array.isArray(value) ? deducedList : any;
}

/** What is at a key of a map: a field, or an entry. */
export function innerOf({ field, entry }: Extract<Structure, { form: 'map' }>, name: string): Structure | undefined {
  return field(name) ?? entry;
}

/** The structure of a built-in type. */
export function structureOf(type: SchemaType): Structure {
  let structure = known.get(type);
  if (!structure) known.set(type, (structure = read(underlying(type))));
  return structure;
}

function read(type: SchemaType, listType = ''): Structure {
  const { form, element, name, key } = type;
  switch (form) {
    case 'struct':
      return structure(type, key ?? '');
    case 'map': {
      const value = element ? structureOf(element) : any;
      return { form: 'map', whole: listType === 'atomic', field: noField, entry: value };
    }
    case 'list':
      if (element?.form === 'uint8') return { form: 'scalar', scalar: 'string' };
      return { form: 'list', item: element ? structureOf(element) : any, relation: relationOf(listType) };
    case 'self':
      if (untypedSelf.has(name)) return { form: 'scalar', scalar: 'untyped' };
      return name === 'Duration' ? { form: 'scalar', scalar: 'string' } : any;
    case 'string':
      return { form: 'scalar', scalar: 'string' };
    case 'bool':
      return { form: 'scalar', scalar: 'boolean' };
    default:
      return { form: 'scalar', scalar: 'numeric' };
  }
}

function structure(type: SchemaType, key: string): Structure {
  const words = (listTypes[key] ?? '').split(' ');
  const listTypeOf = new Map(words.map((word) => [word.replace(/=.*/, ''), word.replace(/^[^=]*=/, '')]));
  const fields = new Map<string, Structure>();
  const field = (name: string): Structure | undefined => {
    const known = fields.get(name);
    if (known) return known;
    const found: SchemaField | undefined = type.byName.get(name)?.field;
    if (!found) return undefined;
    const listType = listTypeOf.get(name);
    const made = listType === undefined ? structureOf(found.type) : read(underlying(found.type), listType);
    fields.set(name, made);
    return made;
  };
  return { form: 'map', whole: words[0] === '!', field };
}

function relationOf(listType: string): 'atomic' | 'set' | readonly ListKey[] {
  if (listType === '' || listType === 'atomic') return 'atomic';
  if (listType === 'set') return 'set';
  return listType.split(',').map((text) => {
    const [name = '', otherwise] = text.split('~');
    return otherwise === undefined ? { name } : { name, otherwise: JSON.parse(otherwise) as unknown };
  });
}
