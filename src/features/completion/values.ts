// What a value may be where the types only say that it is a text.

/** Kubernetes checks these in code (`pkg/apis`), so no schema lists them. By field. */
const known: Readonly<Record<string, readonly string[]>> = {
  'meta/v1.LabelSelectorRequirement.operator': ['In', 'NotIn', 'Exists', 'DoesNotExist'],
  'core/v1.Secret.type': [
    ...['Opaque', 'kubernetes.io/tls', 'kubernetes.io/dockerconfigjson', 'kubernetes.io/basic-auth'],
    ...['kubernetes.io/ssh-auth', 'kubernetes.io/service-account-token', 'bootstrap.kubernetes.io/token'],
  ],
  'core/v1.LimitRangeItem.type': ['Container', 'Pod', 'PersistentVolumeClaim'],
  'core/v1.EmptyDirVolumeSource.medium': ['Memory'],
  'core/v1.Capabilities.drop': ['ALL'],
  'core/v1.ObjectFieldSelector.fieldPath': [
    ...['metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName', 'spec.serviceAccountName'],
    ...['status.hostIP', 'status.hostIPs', 'status.podIP', 'status.podIPs'],
  ],
  'core/v1.ResourceFieldSelector.resource': [
    ...['limits.cpu', 'limits.memory', 'limits.ephemeral-storage'],
    ...['requests.cpu', 'requests.memory', 'requests.ephemeral-storage'],
  ],
  'rbac/v1.RoleRef.apiGroup': ['rbac.authorization.k8s.io'],
  'rbac/v1.RoleRef.kind': ['Role', 'ClusterRole'],
  'rbac/v1.Subject.kind': ['ServiceAccount', 'User', 'Group'],
  'rbac/v1.PolicyRule.verbs': ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection', '*'],
};

export const valuesOfText = (row: string): readonly string[] => known[row] ?? [];
