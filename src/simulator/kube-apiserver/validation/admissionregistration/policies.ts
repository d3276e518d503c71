// Admission policies (pkg/apis/admissionregistration/validation, Kubernetes 1.36).
import { duplicate, invalid, notSupported, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import { dns1035LabelProblems, dns1123SubdomainProblems } from '../../../../api/names.ts';
import type {
  AuditAnnotation,
  MatchResources,
  ParamKind,
  ValidatingAdmissionPolicy as Policy,
  ValidatingAdmissionPolicySpec as PolicySpec,
  Validation,
  Variable,
} from '../../../../api/object.ts';
import { checkSupported, type Errors } from '../checks.ts';
import { anything, objectOf, scalar, type CelKind, type CelType } from '../expressions/types.ts';
import { checkQualifiedName } from '../labels.ts';
import { semanticEqual } from '../semantic-equal.ts';
import { admissionRules } from './admission-rules.ts';
import { checkMatchConditions, checkRequestExpression, expressionsOfPolicy, type Followed } from './expressions.ts';
import { checkMatchResources, failurePolicies } from './match-resources.ts';
import { authorizer, requestVariables, type Variables } from './request-types.ts';

const path = FieldPath.of('spec');
const reasons = ['Forbidden', 'Invalid', 'RequestEntityTooLarge'];
const annotationsLimit = 20;
const valueLimit = 5 * 1024;

function checkParameterKind({ apiVersion = '', kind = '' }: ParamKind, at: FieldPath, errors: Errors): void {
  const where = at.child('apiVersion');
  const [group = '', version = ''] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  if (!apiVersion) errors.push(required(where));
  else if (apiVersion.split('/').length > 2) {
    errors.push(invalid(where, apiVersion, `unexpected GroupVersion string: ${apiVersion}`));
  } else {
    const groupProblems = group ? dns1123SubdomainProblems(group) : [];
    const versionProblems = dns1035LabelProblems(version);
    if (groupProblems.length) errors.push(invalid(where, group, groupProblems.join(',')));
    if (!version) errors.push(invalid(where, apiVersion, 'version must be specified'));
    else if (versionProblems.length) errors.push(invalid(where, version, versionProblems.join(',')));
  }
  const problems = dns1035LabelProblems(kind.toLowerCase());
  if (!kind) errors.push(required(at.child('kind')));
  else if (problems.length) {
    const detail = `may have mixed case, but should otherwise match: ${problems.join(',')}`;
    errors.push(invalid(at.child('kind'), kind, detail));
  }
}

function checkConstraints(match: MatchResources | undefined, errors: Errors): void {
  const at = path.child('matchConstraints');
  if (!match) return void errors.push(required(at));
  checkMatchResources(match, at, errors);
  if (!match.resourceRules?.length) errors.push(required(at.child('resourceRules')));
}

const reserved =
  'true false null in as break const continue else for function if import let loop package namespace return var void while';

const isIdentifier = (name: string) => /^[_a-zA-Z][_a-zA-Z0-9]*$/.test(name) && !reserved.split(' ').includes(name);

const declarable: readonly CelKind[] = [
  'bool',
  'bytes',
  'double',
  'duration',
  'int',
  'null',
  'opaque',
  'string',
  'timestamp',
];

/** The type that a variable is declared with, which only has a name for the plain ones. */
function declared(type: CelType): CelType {
  const { kind, element } = type;
  if (kind === 'list' || kind === 'map') return { ...type, element: element ? declared(element) : anything };
  return declarable.includes(kind) ? type : anything;
}

/** Each variable is known to those after it. Those that could not be followed are opaque. */
function checkVariables(
  given: readonly Variable[],
  variables: Variables,
  errors: Errors,
  followed: Followed,
): Readonly<Record<string, CelType>> {
  const known: Record<string, CelType> = {};
  given.forEach(({ name, expression }, i) => {
    const at = path.child('variables').index(i);
    if (!name.trim()) errors.push(required(at.child('name'), 'name is not specified'));
    else if (!isIdentifier(name)) errors.push(invalid(at.child('name'), name, 'must be a valid CEL identifier'));
    if (!expression.trim()) return void errors.push(required(at.child('expression'), 'expression is not specified'));
    const scope = { ...variables, variables: objectOf({ ...known }) };
    const where = at.child('expression');
    const type = checkRequestExpression(expression, scope, undefined, where, errors, followed);
    known[name] = declared(type ?? scalar('opaque'));
  });
  return known;
}

const hasNewlines = (text: string) => /[\n\r]/.test(text);

function checkValidation(
  { expression, message = '', messageExpression = '', reason }: Validation,
  variables: Variables,
  at: FieldPath,
  errors: Errors,
  followed: Followed,
): void {
  const where = at.child('messageExpression');
  const { authorizer: _, 'authorizer.requestResource': __, ...unauthorized } = variables;
  if (!expression.trim()) errors.push(required(at.child('expression'), 'expression is not specified'));
  else checkRequestExpression(expression, variables, ['bool'], at.child('expression'), errors, followed);
  if (messageExpression && !messageExpression.trim()) {
    errors.push(invalid(where, messageExpression, 'must be non-empty if specified'));
  } else if (messageExpression) {
    checkRequestExpression(messageExpression, unauthorized, ['string'], where, errors, followed);
  }
  if (message && !message.trim()) errors.push(invalid(at.child('message'), message, 'must be non-empty if specified'));
  else if (hasNewlines(message.trim()))
    errors.push(invalid(at.child('message'), message, 'must not contain line breaks'));
  checkSupported(reason, reasons, at.child('reason'), errors);
}

function checkAnnotations(
  name: string,
  given: readonly AuditAnnotation[],
  variables: Variables,
  errors: Errors,
  followed: Followed,
): void {
  const list = path.child('auditAnnotations');
  if (given.length > annotationsLimit) {
    errors.push(invalid(list, given, `must not have more than ${annotationsLimit} auditAnnotations`));
  }
  given.forEach(({ key, valueExpression }, i) => {
    const at = list.index(i);
    const where = at.child('valueExpression');
    const trimmed = valueExpression.trim();
    if (name) checkQualifiedName(`${name}/${key}`, at.child('key'), errors);
    else errors.push(invalid(at.child('key'), key, 'requires metadata.name be non-empty'));
    if (!trimmed) errors.push(required(where, 'valueExpression is not specified'));
    else if (trimmed.length > valueLimit) errors.push(required(where, `must not exceed ${valueLimit} bytes in length`));
    else checkRequestExpression(trimmed, variables, ['string', 'null'], where, errors, followed);
    if (given.findIndex((other) => other.key === key) < i) errors.push(duplicate(at.child('key'), key));
  });
}

type AnySpec = Pick<PolicySpec, 'failurePolicy' | 'matchConditions' | 'matchConstraints' | 'paramKind' | 'variables'>;

/** What is known to an expression, and whether those so far could be followed. */
export interface Scope {
  readonly variables: Variables;
  readonly followed: Followed;
}

/** What policies that check and policies that change have in common. `constraints` looks further at what is matched. */
export function checkPolicyBase(
  spec: AnySpec,
  old: AnySpec | undefined,
  errors: Errors,
  constraints?: () => void,
): Scope {
  const followed = { unfollowed: false };
  const { paramKind, variables: given = [] } = spec;
  const parameters: Variables = paramKind ? { params: anything } : {};
  checkRequiredPolicy(spec, errors);
  if (paramKind) checkParameterKind(paramKind, path.child('paramKind'), errors);
  checkConstraints(spec.matchConstraints, errors);
  constraints?.();
  if (!old || !hasSameConditions(spec, old)) {
    checkMatchConditions(spec.matchConditions, parameters, path.child('matchConditions'), errors, followed);
  }
  const base = { ...requestVariables, ...authorizer, ...parameters };
  const variables = given.length
    ? { ...base, variables: objectOf(checkVariables(given, base, errors, followed)) }
    : base;
  return { variables, followed };
}

function checkPolicy({ metadata, spec = {} }: Policy, errors: Errors, old?: Policy): Followed {
  const { validations = [], auditAnnotations = [] } = spec;
  const { variables, followed } = checkPolicyBase(spec, old && (old.spec ?? {}), errors);
  if (!validations.length && !auditAnnotations.length) {
    const detail = 'validations or auditAnnotations must contain at least one item';
    errors.push(required(path.child('validations'), detail), required(path.child('auditAnnotations'), detail));
    return followed;
  }
  validations.forEach((one, i) =>
    checkValidation(one, variables, path.child('validations').index(i), errors, followed),
  );
  checkAnnotations(metadata.name ?? '', auditAnnotations, variables, errors, followed);
  return followed;
}

/** The defaults leave nothing out but what is empty. */
function checkRequiredPolicy({ failurePolicy }: AnySpec, errors: Errors): void {
  const at = path.child('failurePolicy');
  if (failurePolicy === undefined) errors.push(required(at));
  else if (!failurePolicies.includes(failurePolicy)) errors.push(notSupported(at, failurePolicy, failurePolicies));
}

const hasSameConditions = (spec: AnySpec, old: AnySpec) =>
  semanticEqual(spec.paramKind, old.paramKind) && semanticEqual(spec.matchConditions, old.matchConditions);

export const validatingPolicyRules = admissionRules<Policy>(
  (policy, errors, old) => void checkPolicy(policy, errors, old),
  [expressionsOfPolicy((policy: Policy) => checkPolicy(policy, []))],
);
