// What the tests of rules share: an object as the server would validate it, and its errors as a person reads them.
import { message } from '../../../../src/api/field-error.ts';
import type { KubeObject } from '../../../../src/api/object.ts';
import { defaultObject } from '../../../../src/simulator/kube-apiserver/defaulting/index.ts';
import { validateCreate, validateUpdate } from '../../../../src/simulator/kube-apiserver/validation/index.ts';

interface Given {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: object;
  readonly [field: string]: unknown;
}

function stored({ metadata, ...given }: Given): KubeObject {
  const own = { name: 'web', namespace: 'default', uid: 'u', resourceVersion: '1', ...metadata };
  return defaultObject({ ...given, metadata: own });
}

/** The messages for a new object. */
export function errorsOf(given: Given): string[] {
  return validateCreate(stored(given)).errors.map(message);
}

/** What the rules do not look at in a new object. */
export const unknownOf = (given: Given) => validateCreate(stored(given)).unknown();

/** The messages for an object that replaces another. */
export function updateErrorsOf(given: Given, old: Given): string[] {
  return validateUpdate(stored(given), stored(old)).errors.map(message);
}

export const labelText =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
