// What may stand at a place: Kubernetes' own types and the schemas of custom resources, seen as the same thing.
import type { JSONSchemaProps } from '../../api/object.ts';
import { typeOfKind, underlying, type SchemaType } from '../../api/schema.ts';
import type { FieldDocs } from '../../api/field-docs.ts';

export interface Shape {
  readonly form: 'object' | 'map' | 'list' | 'bool' | 'number' | 'text' | 'any';
  /** As a person reads it: `[]Container`. */
  readonly type: string;
  /** Of a built-in struct: its key in the tables, `core/v1.PodSpec`. */
  readonly key?: string;
  /** Of an object; in the order in which they are declared. */
  readonly fields: ReadonlyMap<string, Field>;
  /** What lists and maps hold. */
  readonly element?: Shape;
}

export interface Field {
  readonly name: string;
  readonly shape: Shape;
  readonly required: boolean;
  /** All that it, or each of its items, may be; empty if that is not known. */
  readonly values: readonly string[];
  readonly standard?: string;
  /** Of a custom resource. That of built-in kinds is large, and told when somebody looks. */
  readonly documentation?: string;
}

const noFields: ReadonlyMap<string, Field> = new Map();

/** The shape of a built-in kind; undefined for one that is not. */
export function builtinShape(apiVersion: string, kind: string, docs: FieldDocs | undefined): Shape | undefined {
  const type = typeOfKind(apiVersion, kind);
  return type && ofType(type, docs);
}

export function ofType(given: SchemaType, docs: FieldDocs | undefined): Shape {
  const type = underlying(given);
  const { form, element, key } = type;
  const shown = shownType(type);
  if (form === 'struct' && key !== undefined) return structOf(type, key, docs);
  if (form === 'list' && element?.form !== 'uint8' && element) {
    return { form: 'list', type: shown, fields: noFields, element: ofType(element, docs) };
  }
  if (form === 'map' && element) return { form: 'map', type: shown, fields: noFields, element: ofType(element, docs) };
  const simple = form === 'bool' ? 'bool' : /^(?:int|uint|float)/.test(form) ? 'number' : 'text';
  return { form: simple, type: shown, fields: noFields };
}

/** `[]Container`, `map[string]Quantity`, `integer`. */
function shownType({ form, element, name }: SchemaType): string {
  if (form === 'list')
    return element?.form === 'uint8' ? 'base64' : `[]${element ? shownType(underlying(element)) : ''}`;
  if (form === 'map') return `map[string]${element ? shownType(underlying(element)) : ''}`;
  if (form === 'struct' || form === 'self') return name;
  return form === 'bool' ? 'boolean' : form === 'string' ? 'string' : form.startsWith('float') ? 'number' : 'integer';
}

const nothing = {};
const structs = new WeakMap<object, Map<string, Struct>>();

/** Made once: every word that is typed asks for the same ones. */
function structOf(type: SchemaType, key: string, docs: FieldDocs | undefined): Struct {
  const known = structs.get(docs ?? nothing) ?? new Map<string, Struct>();
  structs.set(docs ?? nothing, known);
  const struct = known.get(key) ?? new Struct(type, key, docs);
  known.set(key, struct);
  return struct;
}

/** Its fields are looked up when somebody asks: schemas go in circles. */
class Struct implements Shape {
  readonly form = 'object';
  readonly type: string;
  readonly key: string;
  readonly #schema: SchemaType;
  readonly #docs: FieldDocs | undefined;
  #fields: ReadonlyMap<string, Field> | undefined;

  constructor(schema: SchemaType, key: string, docs: FieldDocs | undefined) {
    this.type = schema.name;
    this.key = key;
    this.#schema = schema;
    this.#docs = docs;
  }

  get fields(): ReadonlyMap<string, Field> {
    return (this.#fields ??= this.#read());
  }

  #read(): ReadonlyMap<string, Field> {
    const texts = this.#docs?.types[this.key];
    const required = new Set(this.#docs?.required[this.key]);
    return new Map(
      [...this.#schema.byName].map(([name, { field }]) => {
        const [, , standard, values = []] = texts?.[name] ?? [];
        const shape = ofType(field.type, this.#docs);
        const written = values.filter((value) => value !== '');
        return [name, { name, shape, values: written, required: required.has(name), ...(standard && { standard }) }];
      }),
    );
  }
}

/** The shape of a custom resource by its structural schema; what every object begins with is the same for all. */
export function customShape(schema: JSONSchemaProps, head: Shape): Shape {
  return { ...head, fields: new Map([...ofSchema(schema, 'object').fields, ...head.fields]) };
}

function ofSchema(schema: JSONSchemaProps, name: string): Shape {
  const { type, properties, items, additionalProperties } = schema;
  if (type === 'array') {
    const element = isSchema(items) ? ofSchema(items, name) : undefined;
    return { form: 'list', type: `[]${element?.type ?? 'any'}`, fields: noFields, ...(element && { element }) };
  }
  if (properties) return { form: 'object', type: name, fields: fieldsOf(schema, properties) };
  if (isSchema(additionalProperties)) {
    const element = ofSchema(additionalProperties, name);
    return { form: 'map', type: `map[string]${element.type}`, fields: noFields, element };
  }
  const form = forms[type ?? ''] ?? 'any';
  return { form, type: schema['x-kubernetes-int-or-string'] ? 'integer or string' : (type ?? 'any'), fields: noFields };
}

const forms: Readonly<Record<string, Shape['form']>> = {
  boolean: 'bool',
  integer: 'number',
  number: 'number',
  string: 'text',
};

function fieldsOf(
  { required = [] }: JSONSchemaProps,
  properties: Readonly<Record<string, JSONSchemaProps>>,
): ReadonlyMap<string, Field> {
  return new Map(
    Object.entries(properties).map(([name, of]) => {
      const allowed = of.enum ?? (isSchema(of.items) ? of.items.enum : undefined) ?? [];
      const field: Field = {
        name,
        shape: ofSchema(of, name),
        required: required.includes(name),
        values: (allowed as readonly unknown[]).map(String),
        ...(isSimple(of.default) && { standard: String(of.default) }),
        ...(of.description && { documentation: of.description }),
      };
      return [name, field];
    }),
  );
}

/** A schema and not one of the other things that may stand in its place. */
const isSchema = (value: unknown): value is JSONSchemaProps =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSimple = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);
