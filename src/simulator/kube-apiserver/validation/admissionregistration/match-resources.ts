// Which requests a policy or webhook is about (pkg/apis/admissionregistration/validation, Kubernetes 1.36).
import { duplicate, invalid, required } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import type { MatchResources, NamedRuleWithOperations, RuleWithOperations } from '../../../../api/object.ts';
import { addInvalid, checkSupported, type Errors } from '../checks.ts';
import { checkLabelSelector } from '../labels.ts';
import { pathSegmentName } from '../object-meta.ts';

export const matchPolicies = ['Equivalent', 'Exact'];
export const failurePolicies = ['Fail', 'Ignore'];
const operations = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];
const scopes = ['*', 'Cluster', 'Namespaced'];

/** A list that says everything, and then more. */
const isMixed = (values: readonly string[]) => values.length > 1 && values.includes('*');

/** `pods`, `pods/log`, or all with `*`: what one says need not be said by another. */
function checkResources(resources: readonly string[], path: FieldPath, errors: Errors): void {
  const wholes = new Set<string>();
  const everywhere = new Set<string>();
  let isPlain = false;
  if (!resources.length) errors.push(required(path));
  resources.forEach((text, i) => {
    if (!text) return void errors.push(required(path.index(i)));
    const slash = text.indexOf('/');
    if (slash < 0) {
      // only the last one counts
      isPlain = text !== '*';
      return;
    }
    const [resource, part] = [text.slice(0, slash), text.slice(slash + 1)];
    const excluded = (all: string) => invalid(path.index(i), text, `if '${all}' is present, must not specify ${text}`);
    if (wholes.has(resource)) errors.push(excluded(`${resource}/*`));
    if (everywhere.has(part)) errors.push(excluded(`*/${part}`));
    if (part === '*') wholes.add(resource);
    if (resource === '*') everywhere.add(part);
  });
  if (resources.length > 1 && resources.includes('*/*')) {
    errors.push(invalid(path, resources, "if '*/*' is present, must not specify other resources"));
  }
  if (resources.includes('*') && isPlain) {
    const detail = "if '*' is present, must not specify other resources without subresources";
    errors.push(invalid(path, resources, detail));
  }
}

export function checkRequestRule(rule: RuleWithOperations, path: FieldPath, errors: Errors): void {
  const { apiGroups = [], apiVersions = [], resources = [], scope } = rule;
  const given = rule.operations ?? [];
  const mixed = (name: string, values: readonly string[], others: string) => {
    if (isMixed(values)) {
      errors.push(invalid(path.child(name), values, `if '*' is present, must not specify other ${others}`));
    }
  };
  if (!given.length) errors.push(required(path.child('operations')));
  mixed('operations', given, 'operations');
  given.forEach((operation, i) => checkSupported(operation, operations, path.child('operations').index(i), errors));
  if (!apiGroups.length) errors.push(required(path.child('apiGroups')));
  mixed('apiGroups', apiGroups, 'API groups');
  if (!apiVersions.length) errors.push(required(path.child('apiVersions')));
  mixed('apiVersions', apiVersions, 'API versions');
  apiVersions.forEach((version, i) => {
    if (!version) errors.push(required(path.child('apiVersions').index(i)));
  });
  checkResources(resources, path.child('resources'), errors);
  checkSupported(scope, scopes, path.child('scope'), errors);
}

function checkNamedRule(rule: NamedRuleWithOperations, path: FieldPath, errors: Errors): void {
  const { resourceNames = [] } = rule;
  resourceNames.forEach((name, i) => {
    const at = path.child('resourceNames').index(i);
    addInvalid(errors, at, name, pathSegmentName(name));
    if (resourceNames.indexOf(name) < i) errors.push(duplicate(at, name));
  });
  checkRequestRule(rule, path, errors);
}

export function checkMatchResources(match: MatchResources | undefined, path: FieldPath, errors: Errors): void {
  if (!match) return;
  const { matchPolicy, namespaceSelector, objectSelector, resourceRules = [], excludeResourceRules = [] } = match;
  if (matchPolicy === undefined) errors.push(required(path.child('matchPolicy')));
  checkSupported(matchPolicy, matchPolicies, path.child('matchPolicy'), errors);
  if (!namespaceSelector) errors.push(required(path.child('namespaceSelector')));
  checkLabelSelector(namespaceSelector, path.child('namespaceSelector'), errors);
  if (!objectSelector) errors.push(required(path.child('objectSelector')));
  checkLabelSelector(objectSelector, path.child('objectSelector'), errors);
  resourceRules.forEach((rule, i) => checkNamedRule(rule, path.child('resourceRules').index(i), errors));
  excludeResourceRules.forEach((rule, i) => checkNamedRule(rule, path.child('excludeResourceRules').index(i), errors));
}

const mutable = ['*', 'CONNECT', 'CREATE', 'UPDATE'];

/** What is deleted cannot be changed. */
export function checkMutableOperations(match: MatchResources | undefined, path: FieldPath, errors: Errors): void {
  const at = path.child('resourceRules', 'operations');
  for (const { operations = [] } of match?.resourceRules ?? []) {
    for (const operation of operations) checkSupported(operation, mutable, at, errors);
  }
}
