// Policies, their bindings, and webhooks that look at requests.
import { ruleTable } from './rule-table.ts';

const api = 'admissionregistration.k8s.io/v1',
  cluster = { namespace: undefined };
const rule = {
  operations: ['CREATE'],
  apiGroups: ['apps'],
  apiVersions: ['v1'],
  resources: ['deployments'],
  scope: '*',
};
const match = (more: object = {}) => ({
  matchPolicy: 'Equivalent',
  namespaceSelector: {},
  objectSelector: {},
  resourceRules: [rule],
  ...more,
});
const policy = (more: object = {}) => ({
  apiVersion: api,
  kind: 'ValidatingAdmissionPolicy',
  metadata: cluster,
  spec: {
    failurePolicy: 'Fail',
    matchConstraints: match(),
    validations: [{ expression: 'object.spec.replicas <= 5' }],
    ...more,
  },
});
const policyRule = (more: object = {}) =>
  policy({ matchConstraints: match({ resourceRules: [{ ...rule, ...more }] }) });
const validation = (more: object = {}) => policy({ validations: [more] });
const binding = (more: object = {}) => ({
  apiVersion: api,
  kind: 'ValidatingAdmissionPolicyBinding',
  metadata: cluster,
  spec: { policyName: 'a', validationActions: ['Deny'], ...more },
});
const webhook = (more: object = {}) => ({
  name: 'a.example.com',
  clientConfig: { service: { name: 'a', namespace: 'b', port: 443 } },
  rules: [rule],
  failurePolicy: 'Fail',
  matchPolicy: 'Equivalent',
  sideEffects: 'None',
  timeoutSeconds: 10,
  admissionReviewVersions: ['v1'],
  ...more,
});
const webhooks = (...list: object[]) => ({
  apiVersion: api,
  kind: 'ValidatingWebhookConfiguration',
  metadata: cluster,
  webhooks: list,
});

ruleTable('rules of admissionregistration', [
  { what: 'a plain policy', given: policy(), messages: [] },
  {
    what: 'a policy about nothing',
    given: policy({ matchConstraints: undefined, validations: [] }),
    messages: [
      'spec.matchConstraints: Required value',
      'spec.validations: Required value: validations or auditAnnotations must contain at least one item',
      'spec.auditAnnotations: Required value: validations or auditAnnotations must contain at least one item',
    ],
  },
  {
    what: 'a policy that does what there is not',
    given: policy({ failurePolicy: 'Panic' }),
    messages: ['spec.failurePolicy: Unsupported value: "Panic": supported values: "Fail", "Ignore"'],
  },
  {
    what: 'requests that are all others as well',
    given: policyRule({
      operations: ['*', 'CREATE'],
      apiGroups: ['*', 'apps'],
      apiVersions: ['*', 'v1'],
      resources: ['*', 'pods'],
    }),
    messages: [
      'spec.matchConstraints.resourceRules[0].operations: Invalid value: ["*","CREATE"]: if \'*\' is present, must not specify other operations',
      'spec.matchConstraints.resourceRules[0].apiGroups: Invalid value: ["*","apps"]: if \'*\' is present, must not specify other API groups',
      'spec.matchConstraints.resourceRules[0].apiVersions: Invalid value: ["*","v1"]: if \'*\' is present, must not specify other API versions',
      'spec.matchConstraints.resourceRules[0].resources: Invalid value: ["*","pods"]: if \'*\' is present, must not specify other resources without subresources',
    ],
  },
  {
    what: 'parts of resources',
    given: policyRule({ resources: ['pods/*', 'pods/log', '*/scale', 'deployments/scale'] }),
    messages: [
      'spec.matchConstraints.resourceRules[0].resources[1]: Invalid value: "pods/log": if \'pods/*\' is present, must not specify pods/log',
      'spec.matchConstraints.resourceRules[0].resources[3]: Invalid value: "deployments/scale": if \'*/scale\' is present, must not specify deployments/scale',
    ],
  },
  {
    what: 'everything',
    given: policyRule({ resources: ['*/*', 'pods'] }),
    messages: [
      'spec.matchConstraints.resourceRules[0].resources: Invalid value: ["*/*","pods"]: if \'*/*\' is present, must not specify other resources',
    ],
  },
  {
    what: 'parameters',
    given: policy({ paramKind: { apiVersion: 'a/b/c', kind: '' } }),
    messages: [
      'spec.paramKind.apiVersion: Invalid value: "a/b/c": unexpected GroupVersion string: a/b/c',
      'spec.paramKind.kind: Required value',
    ],
  },
  {
    what: 'an expression about parameters',
    given: {
      ...policy({
        paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
        validations: [{ expression: 'params.data.a == object.metadata.name' }],
      }),
    },
    messages: [],
  },
  {
    what: 'parameters there are not',
    given: validation({ expression: 'params.data.a == "b"' }),
    messages: [
      'spec.validations[0].expression: Invalid value: "params.data.a == \\"b\\"": compilation failed: ERROR: <input>:1:1: undeclared reference to \'params\' (in container \'\')\n | params.data.a == "b"\n | ^',
    ],
  },
  {
    what: 'variables',
    given: policy({
      variables: [{ name: 'a', expression: 'object.metadata.name' }],
      validations: [{ expression: 'variables.a == "b"' }],
    }),
    messages: [],
  },
  {
    what: 'a variable there is not',
    given: policy({
      variables: [{ name: 'a', expression: 'object.metadata.name' }],
      validations: [{ expression: 'variables.b == "b"' }],
    }),
    messages: [
      'spec.validations[0].expression: Invalid value: "variables.b == \\"b\\"": compilation failed: ERROR: <input>:1:10: undefined field \'b\'\n | variables.b == "b"\n | .........^',
    ],
  },
  {
    what: 'a variable that is a word of the language',
    given: policy({ variables: [{ name: 'in', expression: 'true' }] }),
    messages: ['spec.variables[0].name: Invalid value: "in": must be a valid CEL identifier'],
  },
  {
    what: 'who asks',
    given: validation({ expression: '"system:masters" in request.userInfo.groups && request.operation == "CREATE"' }),
    messages: [],
  },
  {
    what: 'what a request has not',
    given: validation({ expression: 'request.body == 1' }),
    messages: [
      'spec.validations[0].expression: Invalid value: "request.body == 1": compilation failed: ERROR: <input>:1:8: undefined field \'body\'\n | request.body == 1\n | .......^',
    ],
  },
  {
    what: 'an expression with macros',
    given: validation({
      expression: 'object.spec.template.spec.containers.all(c, has(c.image) && c.image.startsWith("example.com/"))',
    }),
    messages: [],
  },
  {
    what: 'an expression that is not yes or no',
    given: validation({ expression: '1 + 1' }),
    messages: ['spec.validations[0].expression: Invalid value: "1 + 1": must evaluate to bool but got int'],
  },
  {
    what: 'a message that is no text',
    given: validation({ expression: 'true', messageExpression: '1' }),
    messages: ['spec.validations[0].messageExpression: Invalid value: "1": must evaluate to string but got int'],
  },
  {
    what: 'annotations',
    given: policy({
      auditAnnotations: [
        { key: 'a b', valueExpression: 'x' },
        { key: 'c', valueExpression: ' ' },
      ],
    }),
    messages: [
      "spec.auditAnnotations[0].key: Invalid value: \"web/a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      "spec.auditAnnotations[0].valueExpression: Invalid value: \"x\": compilation failed: ERROR: <input>:1:1: undeclared reference to 'x' (in container '')\n | x\n | ^",
      'spec.auditAnnotations[1].valueExpression: Required value: valueExpression is not specified',
    ],
  },
  {
    what: 'conditions',
    given: policy({
      matchConditions: [
        { name: 'a', expression: 'x' },
        { name: 'a', expression: '' },
      ],
    }),
    messages: [
      "spec.matchConditions[0].expression: Invalid value: \"x\": compilation failed: ERROR: <input>:1:1: undeclared reference to 'x' (in container '')\n | x\n | ^",
      'spec.matchConditions[1].expression: Required value',
      'spec.matchConditions[1].name: Duplicate value: "a"',
    ],
  },
  {
    what: 'conditions that were there before',
    given: policy({ matchConditions: [{ name: 'a', expression: 'x' }] }),
    old: policy({ matchConditions: [{ name: 'a', expression: 'x' }] }),
    messages: [],
  },
  { what: 'a plain binding', given: binding(), messages: [] },
  {
    what: 'a binding to nothing',
    given: binding({ policyName: '', validationActions: [] }),
    messages: [
      'spec.policyName: Required value',
      'spec.validationActions: Required value: at least one validation action is required',
    ],
  },
  {
    what: 'what is done',
    given: binding({ validationActions: ['Deny', 'Warn', 'Warn', 'Laugh'] }),
    messages: [
      'spec.validationActions[2]: Duplicate value: "Warn"',
      'spec.validationActions[3]: Unsupported value: "Laugh": supported values: "Audit", "Deny", "Warn"',
      'spec.validationActions: Invalid value: ["Deny","Warn","Warn","Laugh"]: must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)',
    ],
  },
  {
    what: 'parameters of a binding',
    given: binding({ paramRef: { name: 'a', selector: {} } }),
    messages: [
      'spec.paramRef.name: Forbidden: name and selector are mutually exclusive',
      'spec.paramRef.selector: Forbidden: name and selector are mutually exclusive',
      'spec.paramRef.parameterNotFoundAction: Required value',
    ],
  },
  { what: 'a plain webhook', given: webhooks(webhook()), messages: [] },
  {
    what: 'where and how it is called',
    given: webhooks(
      webhook({
        name: 'a',
        clientConfig: {},
        timeoutSeconds: 31,
        sideEffects: 'Some',
        admissionReviewVersions: ['v2', 'v2'],
      }),
    ),
    messages: [
      'webhooks[0].name: Invalid value: "a": should be a domain with at least three segments separated by dots',
      'webhooks[0].sideEffects: Unsupported value: "Some": supported values: "None", "NoneOnDryRun"',
      'webhooks[0].timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30 seconds',
      'webhooks[0].clientConfig: Required value: exactly one of url or service is required',
      'webhooks[0].admissionReviewVersions[1]: Invalid value: "v2": duplicate version',
      'webhooks[0].admissionReviewVersions: Invalid value: ["v2","v2"]: must include at least one of v1, v1beta1',
    ],
  },
  {
    what: 'two of a name',
    given: webhooks(webhook(), webhook()),
    messages: ['webhooks[1].name: Duplicate value: "a.example.com"'],
  },
  {
    what: 'a path',
    given: webhooks(webhook({ clientConfig: { service: { name: '', namespace: '', port: 0, path: 'a//b' } } })),
    messages: [
      'webhooks[0].clientConfig.service.name: Required value',
      'webhooks[0].clientConfig.service.namespace: Required value',
      'webhooks[0].clientConfig.service.port: Invalid value: 0: port is not valid: must be between 1 and 65535, inclusive',
      'webhooks[0].clientConfig.service.path: Invalid value: "a//b": must start with a \'/\'',
      'webhooks[0].clientConfig.service.path: Invalid value: "a//b": segment[0] may not be empty',
      'webhooks[0].clientConfig.service.path: Invalid value: "a//b": segment[1] may not be empty',
    ],
  },
  {
    what: 'side effects there were before',
    given: webhooks(webhook({ sideEffects: 'Some' })),
    old: webhooks(webhook({ sideEffects: 'Unknown' })),
    messages: [],
  },
]);

const mutation = { patchType: 'JSONPatch', jsonPatch: { expression: "[JSONPatch{op: 'remove', path: '/a'}]" } };
const mutating = (more: object = {}) => ({
  apiVersion: api,
  kind: 'MutatingAdmissionPolicy',
  metadata: cluster,
  spec: { matchConstraints: match(), mutations: [mutation], reinvocationPolicy: 'Never', ...more },
});

ruleTable('policies that change what is admitted', [
  { what: 'a plain one', given: mutating(), messages: [] },
  {
    what: 'one that changes nothing, and when',
    given: mutating({ mutations: [], reinvocationPolicy: 'Always' }),
    messages: [
      'spec.mutations: Required value: mutations must contain at least one item',
      'spec.reinvocationPolicy: Unsupported value: "Always": supported values: "IfNeeded", "Never"',
    ],
  },
  {
    what: 'a patch of another kind',
    given: mutating({ mutations: [{ ...mutation, patchType: 'ApplyConfiguration' }, { patchType: 'Merge' }] }),
    messages: [
      'spec.mutations[0].applyConfiguration: Required value: must be specified when patchType is ApplyConfiguration',
      'spec.mutations[0].jsonPatch: Invalid value: "{jsonPatch}": must not be specified when patchType is ApplyConfiguration',
      'spec.mutations[1].patchType: Unsupported value: "Merge": supported values: "ApplyConfiguration", "JSONPatch"',
    ],
  },
  {
    what: 'what is deleted',
    given: mutating({ matchConstraints: match({ resourceRules: [{ ...rule, operations: ['DELETE'] }] }) }),
    messages: [
      'spec.matchConstraints.resourceRules.operations: Unsupported value: "DELETE": supported values: "*", "CONNECT", "CREATE", "UPDATE"',
    ],
  },
]);
