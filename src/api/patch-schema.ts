// What a strategic merge needs to know of a type: how each field merges. The tables of the schema answer it; so can a test.

/** How a list or map field merges (the Go tags patchStrategy and patchMergeKey). */
export interface PatchField {
  /** Lists are replaced unless told `merge`; maps are merged unless told `replace`. */
  readonly strategy?: 'merge' | 'replace';
  /** A patch of the value lists the keys that stay (`$retainKeys`): unions, of which one member may be set. */
  readonly retainKeys?: boolean;
  /** The field that tells two elements of a merged list apart. Absent for lists of scalars. */
  readonly mergeKey?: string;
  /** The type of the value; of a list's or map's elements, that of an element. */
  readonly type?: PatchSchema;
}

export interface PatchSchema {
  /** Undefined for a field that merges by default: maps key by key, lists replaced, nothing known of what is inside. */
  field(name: string): PatchField | undefined;
}

/** The type of which nothing is known. */
export const plainPatchSchema: PatchSchema = { field: () => undefined };
