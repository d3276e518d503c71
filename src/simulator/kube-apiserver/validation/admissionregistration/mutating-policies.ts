// Policies that change what is admitted (pkg/apis/admissionregistration/validation, Kubernetes 1.36).
import { invalid, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import type { MutatingAdmissionPolicy as Policy, Mutation } from '../../../../api/object.ts';
import { checkRequiredSupported, type Errors } from '../checks.ts';
import { checkExpression } from '../expressions/checker.ts';
import { typeName } from '../expressions/types.ts';
import { admissionRules } from './admission-rules.ts';
import { expressionsOfPolicy, type Followed } from './expressions.ts';
import { checkMutableOperations } from './match-resources.ts';
import { checkPolicyBase, type Scope } from './policies.ts';
import type { Variables } from './request-types.ts';

const path = FieldPath.of('spec');
const reinvocations = ['IfNeeded', 'Never'];
const wanted = { JSONPatch: 'list(JSONPatch)', ApplyConfiguration: 'Object' } as const;
const ways = { JSONPatch: 'jsonPatch', ApplyConfiguration: 'applyConfiguration' } as const;

function checkMutation(mutation: Mutation, at: FieldPath, errors: Errors, { variables, followed }: Scope): void {
  const { patchType: type } = mutation;
  if (type !== 'JSONPatch' && type !== 'ApplyConfiguration') {
    return checkRequiredSupported(type, ['ApplyConfiguration', 'JSONPatch'], at.child('patchType'), errors);
  }
  const own = ways[type];
  const other = own === 'jsonPatch' ? 'applyConfiguration' : 'jsonPatch';
  const patch = mutation[own];
  const expression = patch?.expression?.trim() ?? '';
  const where = at.child(own, 'expression');
  if (!patch) errors.push(required(at.child(own), `must be specified when patchType is ${type}`));
  else if (!expression) errors.push(required(where));
  else checkPatch(expression, wanted[type], variables, where, errors, followed);
  if (mutation[other]) {
    errors.push(invalid(at.child(other), `{${other}}`, `must not be specified when patchType is ${type}`));
  }
}

/** Compiles what makes a patch, which is of the one type wanted. */
function checkPatch(
  expression: string,
  wanted: string,
  variables: Variables,
  path: FieldPath,
  errors: Errors,
  followed: Followed,
): void {
  const { problem, type } = checkExpression(expression, variables, true) ?? {};
  const name = type && typeName(type);
  if (problem !== undefined) errors.push(invalid(path, expression, `compilation failed: ${problem}`));
  else if (name === undefined) followed.unfollowed = true;
  else if (name !== wanted) errors.push(invalid(path, expression, `must evaluate to ${wanted} but got ${name}`));
}

function checkPolicy({ spec = {} }: Policy, errors: Errors, old?: Policy): Followed {
  const { mutations = [], reinvocationPolicy = '' } = spec;
  const operations = () => checkMutableOperations(spec.matchConstraints, path.child('matchConstraints'), errors);
  const scope = checkPolicyBase(spec, old && (old.spec ?? {}), errors, operations);
  if (!mutations.length) {
    errors.push(required(path.child('mutations'), 'mutations must contain at least one item'));
  }
  mutations.forEach((mutation, i) => checkMutation(mutation, path.child('mutations').index(i), errors, scope));
  checkRequiredSupported(reinvocationPolicy, reinvocations, path.child('reinvocationPolicy'), errors);
  return scope.followed;
}

export const mutatingPolicyRules = admissionRules<Policy>(
  (policy, errors, old) => void checkPolicy(policy, errors, old),
  [expressionsOfPolicy((policy: Policy) => checkPolicy(policy, []))],
);
