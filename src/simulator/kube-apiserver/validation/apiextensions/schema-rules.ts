// The expressions of a schema's rules: whether they compile, and cost little enough
// (apiextensions-apiserver/pkg/apis/apiextensions/validation and pkg/apiserver/schema/cel, Kubernetes 1.36).
import { invalid } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import type { JSONSchemaProps, ValidationRule } from '../../../../api/object.ts';
import type { Errors } from '../checks.ts';
import { checkExpression } from '../expressions/checker.ts';
import type { CelType } from '../expressions/types.ts';
import { celType, sizeOf } from './cel-types.ts';
import { goRule } from './go-schema.ts';
import { schemaIn } from './schema-walk.ts';

/** The most that one rule may cost, and all of a schema together. */
const ruleLimit = 10_000_000;
const schemaLimit = 100_000_000;

/** Where in a schema a rule stands. */
interface Place {
  readonly path: FieldPath;
  readonly isRoot: boolean;
  /** How many values there can be in that place; undefined where a list or map around it has no limit. */
  readonly times: number | undefined;
  /** Whether it can be told which value of the old object stood in that place. */
  readonly isCorrelated: boolean;
}

/** What is wrong with the rules of a schema without other errors; and whether one of them could not be followed. */
export function checkRules(schema: JSONSchemaProps, path: FieldPath, errors: Errors): { readonly unfollowed: boolean } {
  const walk = new RuleWalk(errors);
  walk.visit(schema, { path, isRoot: true, times: 1, isCorrelated: true });
  return walk;
}

const product = (times: number | undefined, limit: number | undefined) =>
  times === undefined || limit === undefined ? undefined : times * Math.max(0, limit);

class RuleWalk {
  readonly #errors: Errors;
  /** Paths with errors of the schema itself: the rules around them are not looked at. */
  readonly #broken: readonly string[];
  #cost = 0;
  unfollowed = false;

  constructor(errors: Errors) {
    this.#errors = errors;
    this.#broken = errors.map(({ field }) => field);
  }

  visit(schema: JSONSchemaProps, place: Place): void {
    const { path } = place;
    const additional = schemaIn(schema.additionalProperties);
    const items = schemaIn(schema.items);
    const inner = { ...place, isRoot: false };
    if (additional) {
      const times = product(place.times, schema.maxProperties);
      this.visit(additional, { ...inner, times, path: path.child('additionalProperties') });
    }
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      this.visit(property, { ...inner, path: path.child('properties').key(name) });
    }
    if (items) {
      const isCorrelated = place.isCorrelated && schema['x-kubernetes-list-type'] === 'map';
      const times = product(place.times, schema.maxItems);
      this.visit(items, { times, isCorrelated, isRoot: false, path: path.child('items') });
    }
    const rules = schema['x-kubernetes-validations'] ?? [];
    if (!rules.length || this.#broken.some((field) => field.startsWith(path.toString()))) return;
    rules.forEach((rule, i) =>
      this.#check(rule, schema, { ...place, path: path.child('x-kubernetes-validations').index(i) }),
    );
  }

  #check(rule: ValidationRule, schema: JSONSchemaProps, { path, isRoot, times, isCorrelated }: Place): void {
    const self = isRoot ? celType(schema, true) : celType(schema);
    const variables = self && { self, oldSelf: self };
    const checked = variables && checkExpression(rule.rule, variables);
    const usesOld = checked?.uses.has('oldSelf') ?? false;
    if (!checked || checked.type?.kind === 'dyn' || (usesOld && (!isCorrelated || rule.optionalOldSelf))) {
      this.unfollowed = true;
      return;
    }
    const { problem, type } = checked;
    const at = path.child('rule');
    this.#spend(checked.cost * (times ?? sizeOf(schema, undefined)));
    if (problem) this.#errors.push(invalid(at, goRule(rule), `compilation failed: ${problem}`));
    else if (type?.kind !== 'bool')
      this.#errors.push(invalid(at, goRule(rule), 'cel expression must evaluate to a bool'));
    else if (rule.messageExpression) this.#checkMessage(rule, rule.messageExpression, variables, path);
    if (rule.optionalOldSelf === undefined || usesOld) return;
    const detail = 'may not be set if oldSelf is not used in rule';
    this.#errors.push(invalid(path.child('optionalOldSelf'), rule.optionalOldSelf, detail));
  }

  #checkMessage(
    rule: ValidationRule,
    expression: string,
    variables: Readonly<Record<string, CelType>>,
    path: FieldPath,
  ): void {
    const checked = checkExpression(expression, variables);
    if (!checked || checked.type?.kind === 'dyn') {
      this.unfollowed = true;
      return;
    }
    const { problem, type, cost } = checked;
    const at = path.child('messageExpression');
    this.#spend(cost);
    if (problem) this.#errors.push(invalid(at, goRule(rule), `messageExpression compilation failed: ${problem}`));
    else if (type?.kind !== 'string') {
      this.#errors.push(invalid(at, goRule(rule), 'messageExpression must evaluate to a string'));
    }
  }

  #spend(cost: number): void {
    this.#cost += cost;
    if (cost > ruleLimit || this.#cost > schemaLimit) this.unfollowed = true;
  }
}
