// What a strategic merge needs to know of a type: how each field merges (the Go tags patchStrategy and patchMergeKey).
import { typeOfKind, underlying, type SchemaType } from './schema.ts';

export interface PatchField {
  /** Lists are replaced unless told `merge`; maps are merged unless told `replace`. */
  readonly strategy?: 'merge' | 'replace';
  /** A patch of the value lists the keys that stay (`$retainKeys`): unions, of which one member may be set. */
  readonly retainKeys?: boolean;
  /** The field that tells two elements of a merged list apart. Absent for lists of scalars. */
  readonly mergeKey?: string;
  /** The type of the value; of a list's elements, that of an element. */
  readonly type?: PatchSchema;
}

export interface PatchSchema {
  /** Undefined for a field that merges by default: maps key by key, lists replaced, nothing known of what is inside. */
  field(name: string): PatchField | undefined;
}

/** The type of which nothing is known. */
export const plainPatchSchema: PatchSchema = { field: () => undefined };

/** How objects of a built-in kind merge, or undefined for other kinds: those are patched by JSON merge patches. */
export function patchSchemaOf(apiVersion: string, kind: string): PatchSchema | undefined {
  const type = typeOfKind(apiVersion, kind);
  return type && schemaOf(type);
}

const known = new WeakMap<SchemaType, PatchSchema>();

/** The schema of a type, or of the elements of a list. */
function schemaOf(type: SchemaType): PatchSchema {
  const inner = underlying(type);
  if (inner.form === 'list' && inner.element) return schemaOf(inner.element);
  let schema = known.get(inner);
  if (!schema) known.set(inner, (schema = new TypeSchema(inner)));
  return schema;
}

class TypeSchema implements PatchSchema {
  readonly #type: SchemaType;
  readonly #fields = new Map<string, PatchField | undefined>();

  constructor(type: SchemaType) {
    this.#type = type;
  }

  field(name: string): PatchField | undefined {
    const { form, element } = this.#type;
    if (form === 'map') return element && { type: schemaOf(element) };
    if (!this.#fields.has(name)) this.#fields.set(name, this.#read(name));
    return this.#fields.get(name);
  }

  #read(name: string): PatchField | undefined {
    const field = this.#type.byName.get(name)?.field;
    if (!field) return undefined;
    const { patchStrategies, patchMergeKey, type } = field;
    const strategy = patchStrategies.find((found) => found !== 'retainKeys');
    return {
      ...((strategy === 'merge' || strategy === 'replace') && { strategy }),
      ...(patchStrategies.includes('retainKeys') && { retainKeys: true }),
      ...(patchMergeKey && { mergeKey: patchMergeKey }),
      type: schemaOf(type),
    };
  }
}
