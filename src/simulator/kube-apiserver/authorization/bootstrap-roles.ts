// The objects of the bootstrap policy, which a server makes when it starts (pkg/registry/rbac/rest/storage_rbac.go and
// plugin/pkg/auth/authorizer/rbac/bootstrappolicy, Kubernetes 1.36). Authorization has the policy as tables, and needs none of them:
// they are put into the store when somebody first asks for roles or bindings.
import type { ClusterRole, ClusterRoleBinding, KubeObject, Role, RoleBinding } from '../../../api/object.ts';
import { bootstrapBindings, bootstrapRoles } from './bootstrap-policy.generated.ts';
import { clusterRoleDetails, namespacedBindings, namespacedRoles } from './bootstrap-roles.generated.ts';

const apiVersion = 'rbac.authorization.k8s.io/v1';
const group = 'rbac.authorization.k8s.io';

const metadata = (name: string, namespace?: string, labels?: Readonly<Record<string, string>>) => ({
  name,
  ...(namespace && { namespace }),
  labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults', ...labels },
  annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
});

/** All of them, with the resource that each is one of. */
export function bootstrapPolicyObjects(): readonly (readonly [resource: string, object: KubeObject])[] {
  const clusterRoles = Object.entries(bootstrapRoles).map(([name, rules]): ClusterRole => {
    const { labels, ...more } = clusterRoleDetails[name] ?? {};
    return { apiVersion, kind: 'ClusterRole', metadata: metadata(name, undefined, labels), ...more, rules };
  });
  const clusterBindings = bootstrapBindings.map(([name, role, subjects]): ClusterRoleBinding => ({
    apiVersion,
    kind: 'ClusterRoleBinding',
    metadata: metadata(name),
    roleRef: { apiGroup: group, kind: 'ClusterRole', name: role },
    subjects: subjects.map((subject) =>
      subject.kind === 'ServiceAccount' ? subject : { ...subject, apiGroup: group },
    ),
  }));
  const roles = namespacedRoles.map(([namespace, name, rules]): Role => ({
    apiVersion,
    kind: 'Role',
    metadata: metadata(name, namespace),
    rules,
  }));
  const bindings = namespacedBindings.map(([namespace, name, roleRef, subjects]): RoleBinding => ({
    apiVersion,
    kind: 'RoleBinding',
    metadata: metadata(name, namespace),
    roleRef,
    subjects,
  }));
  const of = (plural: string) => (object: KubeObject) => [`${plural}.${group}`, object] as const;
  return [
    ...clusterRoles.map(of('clusterroles')),
    ...clusterBindings.map(of('clusterrolebindings')),
    ...roles.map(of('roles')),
    ...bindings.map(of('rolebindings')),
  ];
}
