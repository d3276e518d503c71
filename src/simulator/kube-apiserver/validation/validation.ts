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
  /** Worked out for those who are told of it. */
  readonly unknown: () => readonly UnknownField[];
}

/** The rules of a kind. Objects are defaulted and have what the server sets before it validates. */
export interface KindRules<T extends KubeObject = never> {
  create(object: T, errors: FieldError[]): void;
  /** Absent: updates of the kind have no rules yet. */
  update?(object: T, old: T, errors: FieldError[]): void;
  /** Patterns of fields that the rules do not look at though the server does. */
  readonly unmodelled?: readonly UnmodelledField[];
}

/** A part of objects that the server looks at and the rules do not. */
export interface UnmodelledField {
  /** `spec.volumes[*].csi`: `[*]` is every item of a list or value of a map. */
  readonly pattern: string;
  readonly reason: string;
  /** Where the pattern begins: `spec.template` for a part of a Pod in a workload. Absent: at the object. */
  readonly within?: string;
  /** Whether it is so of this value, which has the given key (or index) and lies in the given root. Absent: of every value. */
  applies?(value: unknown, key: string, root: unknown): boolean;
}
