// What validation says of an object: errors in the order in which the server finds them, and what no rule looks at.
import type { FieldError } from '../../../api/field-error.ts';
import type { KubeObject } from '../../../api/object.ts';

/** A part of an object that would make the server look further than our rules do. */
export interface UnknownField {
  /** A field path without list indexes where it does not matter which item it is. */
  readonly path: string;
  readonly reason: string;
}

export interface Validation {
  readonly errors: readonly FieldError[];
  readonly unknown: readonly UnknownField[];
}

/** The rules of a kind. Objects are defaulted and have what the server sets before it validates. */
export interface KindRules<T extends KubeObject = never> {
  create(object: T, errors: FieldError[]): void;
  /** Absent: updates of the kind have no rules yet. */
  update?(object: T, old: T, errors: FieldError[]): void;
  /** Patterns of fields that the rules do not look at though the server does. */
  readonly unmodelled?: readonly UnmodelledField[];
}

/** `spec.volumes[*].csi`, `metadata.annotations[example.com/a]`: `[*]` is every item of a list or value of a map. */
export interface UnmodelledField {
  readonly pattern: string;
  readonly reason: string;
}
