// Asks the rules of a kind about an object.
import type { KubeObject } from '../../../api/object.ts';
import type { Validation } from './validation.ts';

export type { UnknownField, Validation } from './validation.ts';

const nothing: Validation = { errors: [], unknown: [] };

/** The rules for a new object, which has its defaults and what the server sets by now. */
export function validateCreate(_object: KubeObject): Validation {
  return nothing;
}

/** The rules for an object that is to replace an older one. */
export function validateUpdate(_object: KubeObject, _old: KubeObject): Validation {
  return nothing;
}
