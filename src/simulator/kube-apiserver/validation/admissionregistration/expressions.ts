// Expressions about a request, in policies and webhooks (pkg/apis/admissionregistration/validation and
// apiserver/pkg/admission/plugin/cel, Kubernetes 1.36).
import { invalid, required, tooMany, duplicate } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import type { MatchCondition } from '../../../../api/object.ts';
import type { Errors } from '../checks.ts';
import { checkExpression } from '../expressions/checker.ts';
import { typeName, type CelType } from '../expressions/types.ts';
import { checkQualifiedName } from '../labels.ts';
import type { UnmodelledField } from '../validation.ts';
import { authorizer, requestVariables, type Variables } from './request-types.ts';

/** Whether what was looked at had an expression that could not be followed. */
export interface Followed {
  unfollowed: boolean;
}

/** Compiles an expression; the type of its values, if it has one of those wanted. */
export function checkRequestExpression(
  expression: string,
  variables: Variables,
  wanted: readonly string[] | undefined,
  path: FieldPath,
  errors: Errors,
  followed: Followed,
): CelType | undefined {
  const checked = checkExpression(expression, variables);
  const { problem, type } = checked ?? {};
  if (problem !== undefined) {
    errors.push(invalid(path, expression, `compilation failed: ${problem}`));
    return undefined;
  }
  const name = type && typeName(type);
  if (!type || (wanted && name === undefined)) {
    followed.unfollowed = true;
    return undefined;
  }
  if (!wanted || wanted.includes(type.kind)) return type;
  const [one = ''] = wanted;
  const what = wanted.length === 1 ? one : `one of [${wanted.map((kind) => goTypes[kind] ?? kind).join(' ')}]`;
  errors.push(invalid(path, expression, `must evaluate to ${what} but got ${name}`));
  return undefined;
}

/** What of a policy is not known, told by its own check. */
export const expressionsOfPolicy = <T>(check: (policy: T) => Followed): UnmodelledField => ({
  pattern: 'spec',
  reason: 'an expression may not compile',
  applies: (_, __, policy) => check(policy as T).unfollowed,
});

/** How types are called where several are listed. */
const goTypes: Readonly<Record<string, string>> = { null: 'null_type' };

const conditionsLimit = 64;

export function checkMatchConditions(
  conditions: readonly MatchCondition[] | undefined,
  parameters: Variables,
  path: FieldPath,
  errors: Errors,
  followed: Followed,
): void {
  const variables = { ...requestVariables, ...authorizer, ...parameters };
  if (conditions && conditions.length > conditionsLimit) {
    errors.push(tooMany(path, conditions.length, conditionsLimit));
  }
  conditions?.forEach(({ name, expression }, i) => {
    const at = path.index(i);
    const trimmed = expression.trim();
    if (trimmed) checkRequestExpression(trimmed, variables, ['bool'], at.child('expression'), errors, followed);
    else errors.push(required(at.child('expression')));
    if (!name) return void errors.push(required(at.child('name')));
    checkQualifiedName(name, at.child('name'), errors);
    if (conditions.findIndex((other) => other.name === name) < i) errors.push(duplicate(at.child('name'), name));
  });
}
