// The rules in CEL that a schema may have: what stands around the expressions
// (apiextensions-apiserver/pkg/apis/apiextensions/validation, Kubernetes 1.36).
import { invalid, notSupported, required } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import type { JSONSchemaProps, ValidationRule } from '../../../../api/object.ts';
import { quote } from '../../../../api/go-text.ts';
import type { Errors } from '../checks.ts';
import { schemaIn } from './schema-walk.ts';
import { structuralProblem } from './structural-schema.ts';

const reasons = ['FieldValueDuplicate', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired'];
const hasNewlines = (text: string) => /[\n\r]/.test(text);

function checkMessage({ rule, message = '' }: ValidationRule, path: FieldPath, errors: Errors): void {
  const at = path.child('message');
  const trimmed = message.trim();
  if (!rule.trim()) errors.push(required(path.child('rule'), 'rule is not specified'));
  else if (message && !trimmed) errors.push(invalid(at, message, 'must be non-empty if specified'));
  else if (hasNewlines(trimmed)) errors.push(invalid(at, message, 'must not contain line breaks'));
  else if (hasNewlines(rule.trim()) && !trimmed) {
    errors.push(required(at, 'message must be specified if rule contains line breaks'));
  }
}

function checkRule(rule: ValidationRule, schema: JSONSchemaProps, path: FieldPath, errors: Errors): void {
  const { messageExpression = '', reason, fieldPath = '' } = rule;
  checkMessage(rule, path, errors);
  if (messageExpression && !messageExpression.trim()) {
    errors.push(required(path.child('messageExpression'), 'messageExpression must be non-empty if specified'));
  }
  if (reason !== undefined && !reasons.includes(reason))
    errors.push(notSupported(path.child('reason'), reason, reasons));
  const at = path.child('fieldPath');
  if (fieldPath && !fieldPath.trim()) errors.push(invalid(at, fieldPath, 'must be non-empty if specified'));
  if (hasNewlines(fieldPath)) errors.push(invalid(at, fieldPath, 'must not contain line breaks'));
  if (fieldPath && !structuralProblem(schema) && 'problem' in fieldAt(fieldPath, schema, true)) {
    errors.push(invalid(at, fieldPath, 'must be a valid path'));
  }
}

export function checkRuleFields(schema: JSONSchemaProps, path: FieldPath, errors: Errors): void {
  schema['x-kubernetes-validations']?.forEach((rule, i) =>
    checkRule(rule, schema, path.child('x-kubernetes-validations').index(i), errors),
  );
}

/** Where a path leads in a schema. */
type FoundField =
  { readonly names: readonly string[]; readonly schema: JSONSchemaProps | undefined } | { readonly problem: string };

const tokens = /'(?:[^'\\]|\\[^])*'|[.[\]]|[^.[\]']+|[^]/g;

/** cel.ValidFieldPath: `.spec.size`, and `['a']` where keys may be given so. */
export function fieldAt(text: string, schema: JSONSchemaProps, keys: boolean): FoundField {
  const parts = text.match(tokens) ?? [];
  const names: string[] = [];
  let inside: JSONSchemaProps | undefined = schema;
  for (let i = 0; i < parts.length; i++) {
    const delimiter = parts[i];
    if (delimiter !== '.' && delimiter !== '[') return { problem: `expected [ or . but got: ${delimiter}` };
    if (delimiter === '[' && !keys) return { problem: 'array notation is not allowed' };
    const given = parts[++i];
    if (given === undefined) return { problem: 'unexpected end of JSON path' };
    if (delimiter === '[' && !/^'[^]*'$/.test(given)) {
      return { problem: `expected single quoted string but got ${given}` };
    }
    const name: string = delimiter === '[' ? given.slice(1, -1).replace(/\\([^])/g, '$1') : given;
    if (inside?.properties && Object.keys(inside.properties).length) {
      if (!Object.hasOwn(inside.properties, name)) return { problem: 'does not refer to a valid field' };
      inside = inside.properties[name];
    } else if (inside?.additionalProperties !== undefined) inside = schemaIn(inside.additionalProperties);
    else return { problem: 'does not refer to a valid field' };
    names.push(name);
    if (delimiter === '.') continue;
    const end = parts[++i];
    if (end === undefined) return { problem: 'unexpected end of JSON path' };
    if (end !== ']') return { problem: `expected ] but got ${quote(end).slice(1, -1)}` };
  }
  return { names, schema: inside };
}
