// Labels, label selectors and other names (k8s.io/apimachinery/pkg/apis/meta/v1/validation, Kubernetes 1.36).
import { forbidden, invalid, required } from '../../../api/field-error.ts';
import type { FieldPath } from '../../../api/field-path.ts';
import {
  dns1123LabelProblems,
  dns1123SubdomainProblems,
  labelValueProblems,
  qualifiedNameProblems,
} from '../../../api/names.ts';
import type { LabelSelector, LabelSelectorRequirement } from '../../../api/object.ts';
import { addInvalid, type Errors } from './checks.ts';

export const checkLabel = (value: string, path: FieldPath, errors: Errors): void =>
  addInvalid(errors, path, value, dns1123LabelProblems(value));

export const checkSubdomain = (value: string, path: FieldPath, errors: Errors): void =>
  addInvalid(errors, path, value, dns1123SubdomainProblems(value));

/** ValidateLabelName and ValidateQualifiedName. */
export const checkQualifiedName = (value: string, path: FieldPath, errors: Errors): void =>
  addInvalid(errors, path, value, qualifiedNameProblems(value));

/** ValidateLabels: keys and values, both reported at the map. */
export function checkLabels(
  labels: Readonly<Record<string, string>> | undefined,
  path: FieldPath,
  errors: Errors,
): void {
  for (const key in labels) {
    checkQualifiedName(key, path, errors);
    const value = labels[key] ?? '';
    addInvalid(errors, path, value, labelValueProblems(value));
  }
}

/** ValidateLabelSelector. An absent selector is fine here. */
export function checkLabelSelector(selector: LabelSelector | undefined, path: FieldPath, errors: Errors): void {
  if (!selector) return;
  checkLabels(selector.matchLabels, path.child('matchLabels'), errors);
  selector.matchExpressions?.forEach((requirement, i) =>
    checkRequirement(requirement, path.child('matchExpressions').index(i), errors),
  );
}

function checkRequirement(
  { key, operator, values = [] }: LabelSelectorRequirement,
  path: FieldPath,
  errors: Errors,
): void {
  checkOperator(operator, values, path, errors);
  checkQualifiedName(key, path.child('key'), errors);
  values.forEach((value, i) => addInvalid(errors, path.child('values').index(i), value, labelValueProblems(value)));
}

/** The operators that selectors of labels and of nodes share, and how many values they take. */
export function checkOperator(operator: string, values: readonly string[], path: FieldPath, errors: Errors): void {
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length) return;
    errors.push(required(path.child('values'), "must be specified when `operator` is 'In' or 'NotIn'"));
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (!values.length) return;
    const detail = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
    errors.push(forbidden(path.child('values'), detail));
  } else {
    errors.push(invalid(path.child('operator'), operator, 'not a valid selector operator'));
  }
}
