// Roles and their bindings.
import { ruleTable } from './rule-table.ts';

const api = 'rbac.authorization.k8s.io/v1',
  group = 'rbac.authorization.k8s.io',
  cluster = { namespace: undefined };
const role = (rules: object = {}) => ({ apiVersion: api, kind: 'Role', rules });
const clusterRole = (more: object = {}) => ({ apiVersion: api, kind: 'ClusterRole', metadata: cluster, ...more });
const binding = (more: object = {}) => ({
  apiVersion: api,
  kind: 'RoleBinding',
  roleRef: { apiGroup: group, kind: 'Role', name: 'a' },
  ...more,
});
const clusterBinding = (more: object = {}) => ({
  apiVersion: api,
  kind: 'ClusterRoleBinding',
  metadata: cluster,
  roleRef: { apiGroup: group, kind: 'ClusterRole', name: 'a' },
  ...more,
});

ruleTable('rules of rbac', [
  {
    what: 'a role that is fine',
    given: role([{ verbs: ['get'], apiGroups: [''], resources: ['pods'] }]),
    messages: [],
  },
  {
    what: 'empty rules',
    given: role([{}]),
    messages: [
      'rules[0].verbs: Required value: verbs must contain at least one value',
      'rules[0].apiGroups: Required value: resource rules must supply at least one api group',
      'rules[0].resources: Required value: resource rules must supply at least one resource',
    ],
  },
  {
    what: 'paths in a namespace',
    given: role([{ verbs: ['get'], nonResourceURLs: ['/metrics'] }]),
    messages: [
      'rules[0].nonResourceURLs: Invalid value: ["/metrics"]: namespaced rules cannot apply to non-resource URLs',
    ],
  },
  {
    what: 'paths and resources',
    given: clusterRole({ rules: [{ verbs: ['get'], nonResourceURLs: ['/metrics'], resources: ['pods'] }] }),
    messages: [
      'rules[0].nonResourceURLs: Invalid value: ["/metrics"]: rules cannot apply to both regular resources and non-resource URLs',
    ],
  },
  {
    what: 'names may be anything that goes into a path',
    given: { ...role([]), metadata: { name: 'system:a b' } },
    messages: [],
  },
  {
    what: 'names that would not',
    given: { ...role([]), metadata: { name: 'a/b%' } },
    messages: [
      'metadata.name: Invalid value: "a/b%": may not contain \'/\'',
      'metadata.name: Invalid value: "a/b%": may not contain \'%\'',
    ],
  },
  {
    what: 'aggregation of nothing',
    given: clusterRole({ aggregationRule: {} }),
    messages: [
      'aggregationRule.clusterRoleSelectors: Required value: at least one clusterRoleSelector required if aggregationRule is non-nil',
    ],
  },
  {
    what: 'aggregation by a selector that is none',
    given: clusterRole({
      aggregationRule: { clusterRoleSelectors: [{ matchExpressions: [{ key: 'a', operator: 'Is' }] }] },
    }),
    messages: [
      'aggregationRule.clusterRoleSelectors[0].matchExpressions[0].operator: Invalid value: "Is": not a valid selector operator',
      'aggregationRule.clusterRoleSelectors[0]: Invalid value: null: invalid label selector.',
    ],
  },
  {
    what: 'a binding that is fine',
    given: binding({
      subjects: [
        { kind: 'User', name: 'a' },
        { kind: 'ServiceAccount', name: 'b' },
      ],
    }),
    messages: [],
  },
  {
    what: 'what is bound',
    given: binding({ roleRef: { apiGroup: 'x', kind: 'Pod', name: '' } }),
    messages: [
      'roleRef.apiGroup: Unsupported value: "x": supported values: "rbac.authorization.k8s.io"',
      'roleRef.kind: Unsupported value: "Pod": supported values: "Role", "ClusterRole"',
      'roleRef.name: Required value',
    ],
  },
  {
    what: 'to whom',
    given: binding({
      subjects: [
        { kind: 'Robot', name: '' },
        { kind: 'ServiceAccount', name: 'A', apiGroup: 'x' },
        { kind: 'User', name: 'a', apiGroup: 'x' },
      ],
    }),
    messages: [
      'subjects[0].name: Required value',
      'subjects[0].kind: Unsupported value: "Robot": supported values: "ServiceAccount", "User", "Group"',
      "subjects[1].name: Invalid value: \"A\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      'subjects[1].apiGroup: Unsupported value: "x": supported values: ""',
      'subjects[2].apiGroup: Unsupported value: "x": supported values: "rbac.authorization.k8s.io"',
    ],
  },
  {
    what: 'accounts of the cluster have a namespace',
    given: clusterBinding({ subjects: [{ kind: 'ServiceAccount', name: 'a' }] }),
    messages: ['subjects[0].namespace: Required value'],
  },
  {
    what: 'a cluster binds cluster roles',
    given: clusterBinding({ roleRef: { apiGroup: group, kind: 'Role', name: 'a' } }),
    messages: ['roleRef.kind: Unsupported value: "Role": supported values: "ClusterRole"'],
  },
  {
    what: 'what is bound stays',
    given: binding({}),
    old: binding({ roleRef: { apiGroup: group, kind: 'ClusterRole', name: 'a' } }),
    messages: [
      'roleRef: Invalid value: {"APIGroup":"rbac.authorization.k8s.io","Kind":"Role","Name":"a"}: cannot change roleRef',
    ],
  },
]);
