// Whether a user may do what it asks for: role-based access control over the bootstrap roles and those stored in the cluster
// (plugin/pkg/auth/authorizer/rbac and pkg/registry/rbac/validation/rule.go, Kubernetes 1.36).
import type {
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  Role,
  RoleBinding,
  RbacSubject,
} from '../../../api/object.ts';
import type { ClusterReader } from '../registry/reader.ts';
import type { User } from '../request.ts';
import { addOnBindings, addOnRoles } from './add-ons.ts';
import { bootstrapBindings, bootstrapRoles } from './bootstrap-policy.generated.ts';

/** What is asked for: a resource, or a path that is none. */
export interface AccessAttributes {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly path?: string;
}

/** Undefined: allowed by nothing. The text is the authorizer's reason for allowing. */
export function rbacReason(user: User, attributes: AccessAttributes, reader: ClusterReader): string | undefined {
  for (const [binding, subject] of policyGrants(user)) {
    const role = clusterRole(binding.roleRef.name, reader);
    if (role?.some((rule) => allows(rule, attributes))) return reason('ClusterRoleBinding', binding, subject);
  }
  for (const binding of reader.list<ClusterRoleBinding>('clusterrolebindings.rbac.authorization.k8s.io')) {
    const subject = (binding.subjects ?? []).find((candidate) => isSubject(candidate, user));
    if (!subject) continue;
    const role = clusterRole(binding.roleRef.name, reader);
    if (role?.some((rule) => allows(rule, attributes))) return reason('ClusterRoleBinding', binding, subject);
  }
  if (!attributes.namespace) return undefined;
  for (const binding of reader.list<RoleBinding>('rolebindings.rbac.authorization.k8s.io', attributes.namespace)) {
    const subject = (binding.subjects ?? []).find((candidate) => isSubject(candidate, user, attributes.namespace));
    if (!subject) continue;
    const { kind, name } = binding.roleRef;
    const role = kind === 'ClusterRole' ? clusterRole(name, reader) : roleRules(name, attributes.namespace, reader);
    if (role?.some((rule) => allows(rule, attributes))) return reason('RoleBinding', binding, subject);
  }
  return undefined;
}

type ClusterGrant = readonly [binding: Pick<ClusterRoleBinding, 'metadata' | 'roleRef'>, subject: RbacSubject];

/** The bindings of the bootstrap policy and of the add-ons that name a user: the same in every cluster, and asked for with every request. */
const grantsByUser = new Map<string, readonly ClusterGrant[]>();
const mostUsers = 1_000;

function policyGrants(user: User): readonly ClusterGrant[] {
  const key = `${user.name} ${user.groups.join(' ')}`;
  let grants = grantsByUser.get(key);
  if (!grants) {
    if (grantsByUser.size >= mostUsers) grantsByUser.clear();
    grants = [...bootstrapBindings, ...addOnBindings].flatMap(([name, role, subjects]): ClusterGrant[] => {
      const subject = subjects.find((candidate) => isSubject(candidate, user));
      const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role };
      return subject ? [[{ metadata: { name }, roleRef }, subject]] : [];
    });
    grantsByUser.set(key, grants);
  }
  return grants;
}

function clusterRole(name: string, reader: ClusterReader): readonly PolicyRule[] | undefined {
  const stored = reader.get<ClusterRole>('clusterroles.rbac.authorization.k8s.io', undefined, name);
  return stored ? (stored.rules ?? []) : (bootstrapRoles[name] ?? addOnRoles[name]);
}

function roleRules(name: string, namespace: string, reader: ClusterReader): readonly PolicyRule[] | undefined {
  return reader.get<Role>('roles.rbac.authorization.k8s.io', namespace, name)?.rules ?? undefined;
}

function isSubject({ kind, name, namespace }: RbacSubject, user: User, bindingNamespace = ''): boolean {
  if (kind === 'User') return user.name === name;
  if (kind === 'Group') return user.groups.includes(name);
  return user.name === `system:serviceaccount:${namespace || bindingNamespace}:${name}`;
}

/** Whether a rule of a role covers what is asked for. */
export function allows(
  rule: PolicyRule,
  { verb, group, resource, subresource, name, path }: AccessAttributes,
): boolean {
  if (!includes(rule.verbs, verb)) return false;
  if (path !== undefined) return (rule.nonResourceURLs ?? []).some((pattern) => matchesPath(pattern, path));
  if (!includes(rule.apiGroups, group) || !includesResource(rule.resources, resource, subresource)) return false;
  return !rule.resourceNames?.length || (name !== undefined && rule.resourceNames.includes(name));
}

const includes = (list: readonly string[] = [], value: string) => list.includes('*') || list.includes(value);

function includesResource(list: readonly string[] = [], resource: string, subresource: string): boolean {
  const asked = subresource ? `${resource}/${subresource}` : resource;
  return includes(list, asked) || (subresource !== '' && list.includes(`*/${subresource}`));
}

const matchesPath = (pattern: string, path: string) =>
  pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : pattern === path;

function reason(
  kind: string,
  { metadata, roleRef }: Pick<ClusterRoleBinding, 'metadata' | 'roleRef'>,
  subject: RbacSubject,
): string {
  const binding = metadata.namespace ? `${metadata.name}/${metadata.namespace}` : metadata.name;
  const who = subject.kind === 'ServiceAccount' ? `"${subject.name}/${subject.namespace}"` : `"${subject.name}"`;
  return `RBAC: allowed by ${kind} "${binding}" of ${roleRef.kind} "${roleRef.name}" to ${subject.kind} ${who}`;
}
