// References to objects by kind and name, which become parts of a URL's path (k8s.io/apimachinery/pkg/api/validate/content).
import type { FieldPath } from '../../../api/field-path.ts';
import { required } from '../../../api/field-error.ts';
import { addInvalid, type Errors } from './checks.ts';
import { pathSegmentName } from './object-meta.ts';

/** A text that must be there and can be a segment of a path. */
export function checkPathSegment(value: string | undefined, path: FieldPath, errors: Errors): void {
  if (!value) errors.push(required(path));
  else addInvalid(errors, path, value, pathSegmentName(value));
}

/** Both the kind and the name of what is referred to. */
export function checkKindAndName(
  { kind, name }: { readonly kind?: string; readonly name?: string },
  path: FieldPath,
  errors: Errors,
): void {
  checkPathSegment(kind, path.child('kind'), errors);
  checkPathSegment(name, path.child('name'), errors);
}
