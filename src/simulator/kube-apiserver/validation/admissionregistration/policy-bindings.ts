// Bindings of admission policies (pkg/apis/admissionregistration/validation, Kubernetes 1.36).
import { duplicate, forbidden, invalid, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import { dns1123SubdomainProblems } from '../../../../api/names.ts';
import type {
  MutatingAdmissionPolicyBinding,
  MutatingAdmissionPolicyBindingSpec,
  ParamRef,
  ValidatingAdmissionPolicyBinding,
} from '../../../../api/object.ts';
import { addInvalid, checkRequiredSupported, checkSupported, type Errors } from '../checks.ts';
import { checkLabelSelector } from '../labels.ts';
import { pathSegmentName } from '../object-meta.ts';
import { admissionRules } from './admission-rules.ts';
import { checkMatchResources, checkMutableOperations } from './match-resources.ts';

const path = FieldPath.of('spec');
const actions = ['Audit', 'Deny', 'Warn'];

function checkParameters(parameters: ParamRef | undefined, at: FieldPath, errors: Errors): void {
  if (!parameters) return;
  const { name = '', selector, parameterNotFoundAction } = parameters;
  const exclusive = 'name and selector are mutually exclusive';
  if (name) {
    addInvalid(errors, at.child('name'), name, pathSegmentName(name));
    if (selector) errors.push(forbidden(at.child('name'), exclusive));
  }
  if (selector) {
    checkLabelSelector(selector, at.child('selector'), errors);
    if (name) errors.push(forbidden(at.child('selector'), exclusive));
  }
  if (!name && !selector) errors.push(required(at, 'one of name or selector must be specified'));
  checkRequiredSupported(parameterNotFoundAction, ['Deny', 'Allow'], at.child('parameterNotFoundAction'), errors);
}

function checkBinding(spec: MutatingAdmissionPolicyBindingSpec, errors: Errors): void {
  const { policyName = '', paramRef, matchResources } = spec;
  const at = path.child('policyName');
  if (policyName) addInvalid(errors, at, policyName, dns1123SubdomainProblems(policyName));
  else errors.push(required(at));
  checkParameters(paramRef, path.child('paramRef'), errors);
  checkMatchResources(matchResources, path.child('matchResources'), errors);
}

function checkActions(given: readonly string[], at: FieldPath, errors: Errors): void {
  given.forEach((action, i) => {
    checkSupported(action, actions, at.index(i), errors);
    if (given.indexOf(action) < i) errors.push(duplicate(at.index(i), action));
  });
  if (given.includes('Deny') && given.includes('Warn')) {
    const why = 'repeating the same validation failure information in the API response and headers serves no purpose';
    errors.push(invalid(at, given, `must not contain both Deny and Warn (${why})`));
  }
  if (!given.length) errors.push(required(at, 'at least one validation action is required'));
}

export const validatingBindingRules = admissionRules<ValidatingAdmissionPolicyBinding>(({ spec = {} }, errors) => {
  checkBinding(spec, errors);
  checkActions(spec.validationActions ?? [], path.child('validationActions'), errors);
});

export const mutatingBindingRules = admissionRules<MutatingAdmissionPolicyBinding>(({ spec = {} }, errors) => {
  checkBinding(spec, errors);
  checkMutableOperations(spec.matchResources, path.child('matchResources'), errors);
});
