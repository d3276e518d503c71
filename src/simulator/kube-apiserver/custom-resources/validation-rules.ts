// x-kubernetes-validations: the rules of a schema that are written in CEL (apiextensions-apiserver/pkg/apiserver/schema/cel, Kubernetes 1.36).
import { remembering } from '../../../base/remembering.ts';
import { duplicate, forbidden, invalid, required, type FieldError } from '../../../api/field-error.ts';
import { FieldPath } from '../../../api/field-path.ts';
import { quote } from '../../../api/go-text.ts';
import type { JSONSchemaProps, ValidationRule } from '../../../api/object.ts';
import { isObject } from '../../../base/json.ts';
import { sortedKeys } from '../../../base/order.ts';
import { CelDoubt } from '../../../cel/error.ts';
import {
  compile,
  kubernetesEnvironment,
  optionalOf,
  type CelEnvironment,
  type CelProgram,
} from '../../../cel/program.ts';
import { celValue } from './cel-value.ts';
import { itemsOf } from './conform.ts';
import type { Where } from './schema-result.ts';

/** What comes of the rules: errors, and rules that could not be followed. */
export interface RuleFindings {
  readonly errors: FieldError[];
  readonly unknown: { readonly path: string; readonly reason: string }[];
}

let environment: CelEnvironment | undefined;

/** What expressions were compiled to; undefined for those that the library refuses. */
const programOf = remembering(500, (expression): CelProgram | undefined => {
  environment ??= kubernetesEnvironment().registerVariable('self', 'dyn').registerVariable('oldSelf', 'dyn');
  const result = compile(environment, expression);
  return 'summary' in result ? undefined : result;
});

/** Follows all rules of the schema, from the outside in. `old` is what stood in the same place before, if anything. */
export function checkRules(
  schema: JSONSchemaProps,
  value: unknown,
  old: unknown,
  where: Where,
  findings: RuleFindings,
): void {
  if (value === null || value === undefined) return;
  const rules = schema['x-kubernetes-validations'] ?? [];
  for (const rule of rules) checkRule(rule, schema, value, old, where, findings);
  for (const part of schema.allOf ?? []) {
    for (const rule of part['x-kubernetes-validations'] ?? []) checkRule(rule, schema, value, old, where, findings);
  }
  if (Array.isArray(value)) {
    const items = itemsOf(schema);
    const before = itemsBefore(schema, old);
    if (items && where) {
      value.forEach((item, i) => checkRules(items, item, before(item), where.index(i), findings));
    }
    return;
  }
  if (!isObject(value)) return;
  const { properties = {}, additionalProperties } = schema;
  for (const key of sortedKeys(value)) {
    const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
    const before = isObject(old) ? old[key] : undefined;
    const at = property ? (where?.child(key) ?? FieldPath.of(key)) : (where?.key(key) ?? FieldPath.of(key));
    if (property) checkRules(property, value[key], before, at, findings);
    else if (isObject(additionalProperties)) checkRules(additionalProperties, value[key], before, at, findings);
  }
}

/** Only the items of a list that is a map can be told again. */
function itemsBefore(schema: JSONSchemaProps, old: unknown): (item: unknown) => unknown {
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  if (schema['x-kubernetes-list-type'] !== 'map' || !Array.isArray(old)) return () => undefined;
  return (item) =>
    old.find((other) => isObject(item) && isObject(other) && keys.every((key) => item[key] === other[key])) as unknown;
}

const usesOldSelf = (rule: string) => /(?<![\w.])oldSelf\b/.test(rule);

function checkRule(
  rule: ValidationRule,
  schema: JSONSchemaProps,
  value: unknown,
  old: unknown,
  where: Where,
  { errors, unknown }: RuleFindings,
): void {
  const isTransition = usesOldSelf(rule.rule);
  if (isTransition && old === undefined && !rule.optionalOldSelf) return;
  const program = programOf(rule.rule);
  const path = where?.toString() ?? '';
  if (!program) {
    unknown.push({ path, reason: unfollowed(rule) });
    return;
  }
  const variables = variablesOf(rule, schema, value, old, where);
  const outcome = variables && program.evaluate(variables);
  const at = where ?? '<nil>';
  if (!outcome || ('error' in outcome && outcome.isForeign)) {
    unknown.push({ path, reason: unfollowed(rule) });
    return;
  }
  if ('error' in outcome) {
    errors.push(invalid(at, schema.type ?? '', errorDetail(outcome.error, rule)));
    return;
  }
  if (outcome.value === true) return;
  const detail = messageOf(rule, variables);
  const isOmitted = schema.type === 'object' || schema.type === 'array';
  errors.push(errorFor(rule, placeOf(rule, where) ?? at, isOmitted ? undefined : value, detail));
}

const unfollowed = ({ rule }: ValidationRule) => `the rule ${quote(rule.trim())} cannot be followed`;

/** Undefined if a value is of a format that is not followed. */
function variablesOf(rule: ValidationRule, schema: JSONSchemaProps, value: unknown, old: unknown, where: Where) {
  const isRoot = where === undefined || schema['x-kubernetes-embedded-resource'] === true;
  try {
    const before = old === undefined ? undefined : celValue(old, schema, isRoot);
    return {
      self: celValue(value, schema, isRoot),
      oldSelf: rule.optionalOldSelf ? optionalOf(before) : (before ?? null),
    };
  } catch (error) {
    if (error instanceof CelDoubt) return undefined;
    throw error;
  }
}

function errorDetail(error: string, rule: ValidationRule): string {
  const which = (rule.message || rule.rule).trim();
  if (!error.startsWith('no such overload')) return `${error} evaluating rule: ${which}`;
  return `'${error}': call arguments did not match a supported operator, function or macro signature for rule: ${which}`;
}

/** What the rule's expression for it says, its text, or the rule. */
function messageOf(rule: ValidationRule, variables: Readonly<Record<string, unknown>>): string {
  const outcome = rule.messageExpression ? programOf(rule.messageExpression)?.evaluate(variables) : undefined;
  const said = outcome && 'value' in outcome && typeof outcome.value === 'string' ? outcome.value.trim() : '';
  if (said !== '' && !said.includes('\n')) return said;
  return rule.message ? rule.message.trim() : `failed rule: ${rule.rule.trim()}`;
}

/** `fieldPath` of a rule (`.spec.size`, `.labels['a']`) from where the rule stands. */
function placeOf({ fieldPath = '' }: ValidationRule, where: Where): FieldPath | undefined {
  let place = where;
  for (const [, name, key] of fieldPath.matchAll(/\.([^.[\]]+)|\['((?:[^'\\]|\\.)*)'\]/g)) {
    const text = (name ?? key ?? '').replace(/\\(.)/g, '$1');
    place = place ? (name === undefined ? place.key(text) : place.child(text)) : FieldPath.of(text);
  }
  return place;
}

function errorFor({ reason }: ValidationRule, at: FieldPath | string, value: unknown, detail: string): FieldError {
  switch (reason) {
    case 'FieldValueForbidden':
      return forbidden(at, detail);
    case 'FieldValueRequired':
      return required(at, detail);
    case 'FieldValueDuplicate':
      return duplicate(at, value);
    default:
      return invalid(at, value, detail);
  }
}
