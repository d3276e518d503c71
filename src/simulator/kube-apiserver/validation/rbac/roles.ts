// Roles and ClusterRoles (pkg/apis/rbac/validation, Kubernetes 1.36).
import { invalid, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import type { ClusterRole, PolicyRule, Role } from '../../../../api/object.ts';
import type { Errors } from '../checks.ts';
import { checkLabelSelector } from '../labels.ts';
import { checkMetadata, checkMetadataUpdate, pathSegmentName } from '../object-meta.ts';
import { isUsableSelector } from '../pod-template.ts';
import type { KindRules } from '../validation.ts';

function checkRule(rule: PolicyRule, namespaced: boolean, path: FieldPath, errors: Errors): void {
  const { verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs: urls = [] } = rule;
  if (!verbs.length) errors.push(required(path.child('verbs'), 'verbs must contain at least one value'));
  if (urls.length) {
    const at = path.child('nonResourceURLs');
    if (namespaced) errors.push(invalid(at, urls, 'namespaced rules cannot apply to non-resource URLs'));
    if (apiGroups.length || resources.length || resourceNames.length) {
      errors.push(invalid(at, urls, 'rules cannot apply to both regular resources and non-resource URLs'));
    }
    return;
  }
  if (!apiGroups.length) {
    errors.push(required(path.child('apiGroups'), 'resource rules must supply at least one api group'));
  }
  if (!resources.length) {
    errors.push(required(path.child('resources'), 'resource rules must supply at least one resource'));
  }
}

function checkRole({ metadata, rules = [] }: Role | ClusterRole, namespaced: boolean, errors: Errors): void {
  checkMetadata(metadata, { namespaced, name: pathSegmentName }, errors);
  rules?.forEach((rule, i) => checkRule(rule, namespaced, FieldPath.of('rules').index(i), errors));
}

function checkAggregation({ aggregationRule }: ClusterRole, errors: Errors): void {
  if (!aggregationRule) return;
  const path = FieldPath.of('aggregationRule', 'clusterRoleSelectors');
  const { clusterRoleSelectors: selectors = [] } = aggregationRule;
  if (!selectors.length) {
    errors.push(required(path, 'at least one clusterRoleSelector required if aggregationRule is non-nil'));
  }
  selectors.forEach((selector, i) => {
    checkLabelSelector(selector, path.index(i), errors);
    // the selector that could not be made is what is shown
    if (!isUsableSelector(selector)) errors.push(invalid(path.index(i), null, 'invalid label selector.'));
  });
}

function checkClusterRole(role: ClusterRole, errors: Errors): void {
  checkRole(role, false, errors);
  checkAggregation(role, errors);
}

export const roleRules: KindRules<Role> = {
  create: (role, errors) => checkRole(role, true, errors),
  update(role, old, errors) {
    checkRole(role, true, errors);
    checkMetadataUpdate(role.metadata, old.metadata, errors);
  },
};

export const clusterRoleRules: KindRules<ClusterRole> = {
  create: checkClusterRole,
  update(role, old, errors) {
    checkClusterRole(role, errors);
    checkMetadataUpdate(role.metadata, old.metadata, errors);
  },
};
