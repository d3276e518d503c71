// Selectors of nodes, in Pods and in volumes (pkg/apis/core/validation, ValidateNodeSelector, Kubernetes 1.36).
import { invalid, required } from '../../../api/field-error.ts';
import type { FieldPath } from '../../../api/field-path.ts';
import { dns1123SubdomainProblems, labelValueProblems } from '../../../api/names.ts';
import type { NodeSelector, NodeSelectorRequirement, NodeSelectorTerm } from '../../../api/object.ts';
import { addInvalid, type Errors } from './checks.ts';
import { checkOperator, checkQualifiedName } from './labels.ts';

function checkExpression(
  { key, operator, values = [] }: NodeSelectorRequirement,
  checkValues: boolean,
  path: FieldPath,
  errors: Errors,
): void {
  if (operator === 'Gt' || operator === 'Lt') {
    if (values.length !== 1) {
      const detail = "must be specified single value when `operator` is 'Lt' or 'Gt'";
      errors.push(required(path.child('values'), detail));
    }
  } else checkOperator(operator, values, path, errors);
  checkQualifiedName(key, path.child('key'), errors);
  if (!checkValues) return;
  values.forEach((value, i) => addInvalid(errors, path.child('values').index(i), value, labelValueProblems(value)));
}

/** The only field of a node that can be selected by is its name. */
function checkField({ key, operator, values = [] }: NodeSelectorRequirement, path: FieldPath, errors: Errors): void {
  if (operator !== 'In' && operator !== 'NotIn') {
    errors.push(invalid(path.child('operator'), operator, 'not a valid selector operator'));
  } else if (values.length !== 1) {
    const detail = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
    errors.push(required(path.child('values'), detail));
  }
  if (key !== 'metadata.name') {
    errors.push(invalid(path.child('key'), key, 'not a valid field selector key'));
    return;
  }
  values.forEach((value, i) =>
    addInvalid(errors, path.child('values').index(i), value, dns1123SubdomainProblems(value)),
  );
}

/** `checkValues`: whether values must be values that labels can have. */
export function checkNodeSelectorTerm(
  { matchExpressions, matchFields }: NodeSelectorTerm,
  checkValues: boolean,
  path: FieldPath,
  errors: Errors,
): void {
  matchExpressions?.forEach((requirement, i) =>
    checkExpression(requirement, checkValues, path.child('matchExpressions').index(i), errors),
  );
  matchFields?.forEach((requirement, i) => checkField(requirement, path.child('matchFields').index(i), errors));
}

export function checkNodeSelector({ nodeSelectorTerms }: NodeSelector, path: FieldPath, errors: Errors): void {
  const at = path.child('nodeSelectorTerms');
  if (!nodeSelectorTerms.length) errors.push(required(at, 'must have at least one node selector term'));
  nodeSelectorTerms.forEach((term, i) => checkNodeSelectorTerm(term, true, at.index(i), errors));
}
