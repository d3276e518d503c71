// Policies that change what is admitted (pkg/apis/admissionregistration/validation, Kubernetes 1.36).
import { invalid, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import type { MutatingAdmissionPolicy as Policy, Mutation } from '../../../../api/object.ts';
import { checkRequiredSupported, type Errors } from '../checks.ts';
import { admissionRules } from './admission-rules.ts';
import { checkMutableOperations } from './match-resources.ts';
import { checkPolicyBase } from './policies.ts';

const path = FieldPath.of('spec');
const reinvocations = ['IfNeeded', 'Never'];
const ways = { JSONPatch: 'jsonPatch', ApplyConfiguration: 'applyConfiguration' } as const;

function checkMutation(mutation: Mutation, at: FieldPath, errors: Errors): void {
  const { patchType: type } = mutation;
  if (type !== 'JSONPatch' && type !== 'ApplyConfiguration') {
    return checkRequiredSupported(type, ['ApplyConfiguration', 'JSONPatch'], at.child('patchType'), errors);
  }
  const own = ways[type];
  const other = own === 'jsonPatch' ? 'applyConfiguration' : 'jsonPatch';
  const patch = mutation[own];
  if (!patch) errors.push(required(at.child(own), `must be specified when patchType is ${type}`));
  else if (!patch.expression?.trim()) errors.push(required(at.child(own, 'expression')));
  if (mutation[other]) {
    errors.push(invalid(at.child(other), `{${other}}`, `must not be specified when patchType is ${type}`));
  }
}

export const mutatingPolicyRules = admissionRules<Policy>(
  ({ spec = {} }, errors, old) => {
    const { mutations = [], reinvocationPolicy = '' } = spec;
    const operations = () => checkMutableOperations(spec.matchConstraints, path.child('matchConstraints'), errors);
    checkPolicyBase(spec, old && (old.spec ?? {}), errors, operations);
    if (!mutations.length) {
      errors.push(required(path.child('mutations'), 'mutations must contain at least one item'));
    }
    mutations.forEach((mutation, i) => checkMutation(mutation, path.child('mutations').index(i), errors));
    checkRequiredSupported(reinvocationPolicy, reinvocations, path.child('reinvocationPolicy'), errors);
  },
  [{ pattern: 'spec.mutations', reason: 'an expression may not compile' }],
);
