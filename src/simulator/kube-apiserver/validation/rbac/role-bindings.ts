// RoleBindings and ClusterRoleBindings (pkg/apis/rbac/validation, Kubernetes 1.36).
import { invalid, notSupported, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import type { ClusterRoleBinding, RbacSubject, RoleBinding } from '../../../../api/object.ts';
import { deepEqual } from '../../../../base/json.ts';
import type { Errors } from '../checks.ts';
import { goStruct } from '../go-struct.ts';
import { checkSubdomain } from '../labels.ts';
import { checkMetadata, checkMetadataUpdate, pathSegmentName } from '../object-meta.ts';
import { checkPathSegment } from '../references.ts';
import type { KindRules } from '../validation.ts';

type Binding = RoleBinding | ClusterRoleBinding;

const group = 'rbac.authorization.k8s.io';
const subjectKinds = ['ServiceAccount', 'User', 'Group'];

function checkGroup(given: string, path: FieldPath, errors: Errors): void {
  if (given !== group) errors.push(notSupported(path.child('apiGroup'), given, [group]));
}

function checkSubject(subject: RbacSubject, namespaced: boolean, path: FieldPath, errors: Errors): void {
  const { kind, name, apiGroup = '', namespace } = subject;
  if (!name) errors.push(required(path.child('name')));
  if (!subjectKinds.includes(kind)) errors.push(notSupported(path.child('kind'), kind, subjectKinds));
  else if (kind !== 'ServiceAccount') checkGroup(apiGroup, path, errors);
  else {
    if (name) checkSubdomain(name, path.child('name'), errors);
    if (apiGroup) errors.push(notSupported(path.child('apiGroup'), apiGroup, ['']));
    if (!namespaced && !namespace) errors.push(required(path.child('namespace')));
  }
}

function checkBinding({ metadata, roleRef, subjects }: Binding, namespaced: boolean, errors: Errors): void {
  const path = FieldPath.of('roleRef');
  const kinds = namespaced ? ['Role', 'ClusterRole'] : ['ClusterRole'];
  checkMetadata(metadata, { namespaced, name: pathSegmentName }, errors);
  checkGroup(roleRef.apiGroup, path, errors);
  if (!kinds.includes(roleRef.kind)) errors.push(notSupported(path.child('kind'), roleRef.kind, kinds));
  checkPathSegment(roleRef.name, path.child('name'), errors);
  subjects?.forEach((subject, i) => checkSubject(subject, namespaced, FieldPath.of('subjects').index(i), errors));
}

const bindingRules = (namespaced: boolean): KindRules<Binding> => ({
  create: (binding, errors) => checkBinding(binding, namespaced, errors),
  update(binding, old, errors) {
    checkBinding(binding, namespaced, errors);
    checkMetadataUpdate(binding.metadata, old.metadata, errors);
    if (deepEqual(binding.roleRef, old.roleRef)) return;
    const shown = goStruct('rbac/v1.RoleRef', binding.roleRef);
    errors.push(invalid(FieldPath.of('roleRef'), shown, 'cannot change roleRef'));
  },
});

export const roleBindingRules = bindingRules(true);
export const clusterRoleBindingRules = bindingRules(false);
