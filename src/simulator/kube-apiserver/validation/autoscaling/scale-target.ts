// References of a HorizontalPodAutoscaler to objects of any version (pkg/apis/autoscaling/validation, ValidateCrossVersionObjectReference).
import { invalid } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import type { AutoscalingCrossVersionObjectReference as Reference } from '../../../../api/object.ts';
import { parseGroupVersion } from '../../../../api/resources.ts';
import type { Errors } from '../checks.ts';
import { checkKindAndName } from '../references.ts';

/** What is accepted as the API version of a reference. */
export interface ReferenceOptions {
  readonly withoutGroup: boolean;
  readonly anyVersion: boolean;
}

export function apiVersionProblem(
  { apiVersion = '' }: Reference,
  { withoutGroup, anyVersion }: ReferenceOptions,
): string | undefined {
  if (anyVersion) return undefined;
  const version = parseGroupVersion(apiVersion);
  if (!version) return `unexpected GroupVersion string: ${apiVersion}`;
  return withoutGroup || version.group ? undefined : 'apiVersion must specify API group';
}

export function checkReference(reference: Reference, options: ReferenceOptions, at: FieldPath, errors: Errors): void {
  checkKindAndName(reference, at, errors);
  const problem = apiVersionProblem(reference, options);
  if (problem) errors.push(invalid(at.child('apiVersion'), reference.apiVersion ?? '', problem));
}
