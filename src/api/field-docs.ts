// What Kubernetes' own schema says of a field: its type, its default, and its documentation.

/** As generate-field-docs.ts writes it. */
export interface FieldDocs {
  readonly kinds: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, Readonly<Record<string, FieldEntry>>>>;
  /** By type: the fields that have to be there. */
  readonly required: Readonly<Record<string, readonly string[]>>;
  /** By type: what it is itself documented as. */
  readonly texts: Readonly<Record<string, string>>;
  /** By type without fields: how it is written (`string`); absent where there is more than one way. */
  readonly scalars: Readonly<Record<string, string>>;
}

/** An empty default is none; the values are all that the field, or each of its items, may have, the empty text among them. */
export type FieldEntry = readonly [type: string, text: string, standard?: string, values?: readonly string[]];

export interface FieldDoc {
  readonly name: string;
  /** `string`, `[]Container`. */
  readonly type: string;
  readonly text: string;
  readonly standard?: string;
}

/** The field of a kind at a path without indexes; undefined for what the schema does not know, and for keys of maps. */
export function fieldDoc(
  docs: FieldDocs,
  apiVersion: string,
  kind: string,
  names: readonly string[],
): FieldDoc | undefined {
  let type: string | undefined = docs.kinds[`${apiVersion} ${kind}`];
  let found: FieldDoc | undefined;
  for (const name of names) {
    const field = fieldsOf(docs, type)?.[name];
    if (!field) return undefined;
    const [of, text, standard] = field;
    found = { name, type: of.replace(/[^\][]*\/[^.]*\./, ''), text, ...(standard && { standard }) };
    type = of.replace(/^(?:\[\])+/, '');
  }
  return found;
}

function fieldsOf(docs: FieldDocs, type: string | undefined) {
  return type !== undefined && Object.hasOwn(docs.types, type) ? docs.types[type] : undefined;
}

/** What the schema says of a field of a type (`core/v1.Container`). */
export const documentationOf = (docs: FieldDocs, type: string, field: string): string | undefined =>
  fieldsOf(docs, type)?.[field]?.[1];
