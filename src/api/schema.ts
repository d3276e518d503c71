// The Go types behind the API, as decoding, patching and hashing need them: fields in Go's order with their JSON names, how lists
// merge, and how Go calls it all. Decoded from the generated table one type at a time, when it is first asked for.
import { invariant } from '../base/invariant.ts';
import { schedulerKinds, schedulerTypes } from './scheduler-schema.ts';
import { kinds, types } from './schema.generated.ts';

/** The basic kinds, `self` for a type that decodes itself (Quantity, Time, ...), and what holds other types. */
export type TypeForm =
  | 'struct'
  | 'list'
  | 'map'
  | 'pointer'
  | 'self'
  | 'string'
  | 'bool'
  | 'int'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'float32'
  | 'float64';

/** A Go type. `goType` is as Go prints it: `v1.PodSpec`, `[]v1.Volume`, `*int64`. */
export interface SchemaType {
  readonly form: TypeForm;
  readonly goType: string;
  /** The name without its package, empty for lists, maps and pointers that have none. */
  readonly name: string;
  /** Of a struct: its key in the tables, `core/v1.PodSpec`. */
  readonly key?: string;
  /** What a list, map or pointer holds. */
  readonly element?: SchemaType;
  /** Of a struct: the fields as written, those of embedded structs not yet promoted. */
  readonly fields: readonly SchemaField[];
  /** Of a struct: every field that JSON knows by this name, promoted ones too, in the order in which Go writes them. */
  readonly byName: ReadonlyMap<string, PromotedField>;
  /** The same fields, each at its place. */
  readonly members: readonly PromotedField[];
}

export interface SchemaField {
  /** The JSON name; empty for an embedded struct, whose fields stand among the outer ones. */
  readonly name: string;
  readonly goName: string;
  readonly type: SchemaType;
  readonly omitEmpty: boolean;
  readonly omitZero: boolean;
  /** Whether it is written where nothing was given. Go's omitempty leaves out no struct. */
  readonly isWritten: boolean;
  /** How strategic merge treats the field: `merge`, `replace`, `retainKeys`, or two of them. */
  readonly patchStrategies: readonly string[];
  /** The field that tells the items of a merged list apart. */
  readonly patchMergeKey?: string;
}

/** A field and the embedded structs (their Go names, outermost first) that it comes through. */
export interface PromotedField {
  readonly field: SchemaField;
  readonly through: readonly string[];
  /** Where Go writes it, from zero. */
  readonly place: number;
}

const known = new Map<string, SchemaType>();

/** The struct of a kind, or undefined for a kind that is not built in. */
export function typeOfKind(apiVersion: string, kind: string): SchemaType | undefined {
  const key = kinds[`${apiVersion} ${kind}`] ?? schedulerKinds[`${apiVersion} ${kind}`];
  return key === undefined ? undefined : typeNamed(key);
}

/** A type by its Go package's last two folders and its name: `core/v1.PodTemplateSpec`. */
export function typeNamed(key: string): SchemaType {
  let type = known.get(key);
  if (!type) known.set(key, (type = readType(key)));
  return type;
}

/** The field of a struct by its JSON name (behind pointers too), or undefined. */
export function fieldOf(type: SchemaType, name: string): SchemaField | undefined {
  return underlying(type).byName.get(name)?.field;
}

/** The type behind pointers. */
export function underlying(type: SchemaType): SchemaType {
  return type.form === 'pointer' && type.element ? underlying(type.element) : type;
}

/** Reads the text of a type; a leading `.` stands for the package `home`. */
function typeFrom(text: string, home: string): SchemaType {
  return typeNamed(text.replace(/(^|[*\][])\./g, `$1${home}.`));
}

function readType(key: string): SchemaType {
  if (key.startsWith('*')) return new Holder('pointer', '*', '', typeNamed(key.slice(1)));
  if (key.startsWith('[]')) return new Holder('list', '[]', '', typeNamed(key.slice(2)));
  const [, keyType, value] = /^map\[([^\]]*)\](.*)$/.exec(key) ?? [];
  if (keyType !== undefined && value !== undefined) {
    return new Holder('map', `map[${goTypeOf(keyType)}]`, '', typeNamed(value));
  }
  const text = types[key] ?? schedulerTypes[key];
  if (text === undefined) return new Named(key, key as TypeForm);
  if (text === '!') return new Named(key, 'self');
  if (!text.startsWith('=')) return new Struct(key, text);
  const base = typeFrom(text.slice(1), key.slice(0, key.lastIndexOf('.')));
  return base.element ? new Holder(base.form, goTypeOf(key), nameOf(key), base.element) : new Named(key, base.form);
}

/** `v1.PodSpec` for `core/v1.PodSpec`. */
const goTypeOf = (key: string) => key.slice(key.lastIndexOf('/') + 1);
const nameOf = (key: string) => key.slice(key.lastIndexOf('.') + 1);

const noFields: readonly SchemaField[] = [];
const noNames: ReadonlyMap<string, PromotedField> = new Map();
const noMembers: readonly PromotedField[] = [];

class Named implements SchemaType {
  readonly form: TypeForm;
  readonly goType: string;
  readonly name: string;
  readonly fields = noFields;
  readonly byName = noNames;
  readonly members = noMembers;

  constructor(key: string, form: TypeForm) {
    this.form = form;
    this.goType = goTypeOf(key);
    this.name = nameOf(key);
  }
}

/** A list, map or pointer; a named one is printed by its name, another by what it holds. */
class Holder implements SchemaType {
  readonly form: TypeForm;
  readonly goType: string;
  readonly name: string;
  readonly element: SchemaType;
  readonly fields = noFields;
  readonly byName = noNames;
  readonly members = noMembers;

  constructor(form: TypeForm, printed: string, name: string, element: SchemaType) {
    this.form = form;
    this.goType = name ? printed : printed + element.goType;
    this.name = name;
    this.element = element;
  }
}

class Struct implements SchemaType {
  readonly form = 'struct';
  readonly key: string;
  readonly goType: string;
  readonly name: string;
  readonly #home: string;
  readonly #line: string;
  #fields: readonly SchemaField[] | undefined;
  #byName: ReadonlyMap<string, PromotedField> | undefined;
  #members: readonly PromotedField[] | undefined;

  constructor(key: string, line: string) {
    this.key = key;
    this.goType = goTypeOf(key);
    this.name = nameOf(key);
    this.#home = key.slice(0, key.lastIndexOf('.'));
    this.#line = line;
  }

  get fields(): readonly SchemaField[] {
    this.#fields ??= this.#line ? this.#line.split(' ').map((text) => readField(text, this.#home)) : noFields;
    return this.#fields;
  }

  get byName(): ReadonlyMap<string, PromotedField> {
    this.#byName ??= promoted(this.fields);
    return this.#byName;
  }

  get members(): readonly PromotedField[] {
    this.#members ??= [...this.byName.values()];
    return this.#members;
  }
}

const fieldShape = /^(?:\+|([^:=?]+)(?:=([^:?]+))?(\?{0,2}):)([^~]+)(?:~([^/]+)(?:\/(.+))?)?$/;

function readField(text: string, home: string): SchemaField {
  const match = fieldShape.exec(text);
  invariant(match, `schema line: ${text}`);
  const [, name = '', ownName, omit = '', typeText = '', strategies, patchMergeKey] = match;
  const type = typeFrom(typeText, home);
  const isStruct = type.form === 'struct' || type.form === 'self';
  return {
    name,
    goName: ownName ?? (name ? name.slice(0, 1).toUpperCase() + name.slice(1) : type.name),
    type,
    omitEmpty: omit !== '',
    omitZero: omit === '??',
    isWritten: omit === '' || (omit === '?' && isStruct),
    patchStrategies: strategies?.split(',') ?? [],
    ...(patchMergeKey && { patchMergeKey }),
  };
}

/** In Go's order; a field of an outer struct hides one of the same name further in. */
function promoted(fields: readonly SchemaField[]): Map<string, PromotedField> {
  const outer = new Set(fields.map(({ name }) => name));
  const names = new Map<string, PromotedField>();
  for (const field of fields) {
    if (field.name) names.set(field.name, { field, through: [], place: names.size });
    else {
      for (const [name, inner] of field.type.byName) {
        if (!outer.has(name) && !names.has(name)) {
          names.set(name, { field: inner.field, through: [field.goName, ...inner.through], place: names.size });
        }
      }
    }
  }
  return names;
}
