// Rules of workloads, Services and the small kinds.
import assert from 'node:assert/strict';
import { errorsOf, labelText, updateErrorsOf } from './validate.ts';

type Given = Parameters<typeof errorsOf>[0];

const labels = { app: 'web' };
const template = { metadata: { labels }, spec: { containers: [{ name: 'app', image: 'nginx' }] } };
const workload = (kind: string, spec: object): Given => ({
  apiVersion: 'apps/v1',
  kind,
  spec: { selector: { matchLabels: labels }, template, ...spec },
});
const service = (spec: object): Given => ({
  apiVersion: 'v1',
  kind: 'Service',
  spec: { ports: [{ port: 80 }], ...spec },
});
const core = (kind: string, rest: object): Given => ({ apiVersion: 'v1', kind, ...rest });

const notSelected = '`selector` does not match template `labels`';

const cases: readonly (readonly [what: string, given: Given, ...messages: string[]])[] = [
  ['a Deployment', workload('Deployment', {})],
  [
    'a selector that misses the template',
    workload('Deployment', { selector: { matchLabels: { app: 'b' } } }),
    `spec.template.metadata.labels: Invalid value: {"app":"web"}: ${notSelected}`,
  ],
  [
    'no selector',
    workload('ReplicaSet', { selector: undefined }),
    'spec.selector: Required value',
    `spec.template.metadata.labels: Invalid value: {"app":"web"}: ${notSelected}`,
  ],
  [
    'an empty selector',
    workload('Deployment', { selector: {} }),
    'spec.selector: Invalid value: {}: empty selector is invalid for deployment',
  ],
  [
    'a selector that is none',
    workload('Deployment', { selector: { matchExpressions: [{ key: 'a', operator: 'Is' }] } }),
    'spec.selector.matchExpressions[0].operator: Invalid value: "Is": not a valid selector operator',
    'spec.selector: Invalid value: {"matchExpressions":[{"key":"a","operator":"Is"}]}: invalid label selector',
  ],
  [
    'strategies',
    workload('Deployment', { strategy: { type: 'Recreate', rollingUpdate: {} }, replicas: -1 }),
    'spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'",
  ],
  [
    'an update that cannot move',
    workload('Deployment', { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: '0%' } } }),
    'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "0%": may not be 0 when `maxSurge` is 0',
  ],
  [
    'a strategy nobody knows',
    workload('Deployment', { strategy: { type: 'Big', rollingUpdate: { maxSurge: 1 } } }),
    'spec.strategy: Unsupported value: {"Type":"Big","RollingUpdate":{"MaxUnavailable":null,"MaxSurge":1}}: supported values: "Recreate", "RollingUpdate"',
  ],
  [
    'Pods that end',
    workload('ReplicaSet', {
      template: { ...template, spec: { ...template.spec, restartPolicy: 'Never', activeDeadlineSeconds: 1 } },
    }),
    'spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"',
    'spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicaSet is not Supported',
  ],
  [
    'a DaemonSet that surges and shrinks',
    workload('DaemonSet', { updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } } }),
    'spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero',
  ],
  [
    'claims of a StatefulSet are volumes of its template',
    workload('StatefulSet', {
      podManagementPolicy: 'Both',
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce', 'X'] } }],
      template: {
        ...template,
        spec: { containers: [{ name: 'a', image: 'a', volumeMounts: [{ name: 'data', mountPath: '/d' }] }] },
      },
    }),
    "spec.podManagementPolicy: Invalid value: \"Both\": must be 'OrderedReady' or 'Parallel'",
    'spec.volumeClaimTemplates[0].spec.accessModes: Unsupported value: "X": supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"',
    'spec.volumeClaimTemplates[0].spec.resources[storage]: Required value',
  ],
  ['a Service', service({})],
  ['no ports', service({ ports: [] }), 'spec.ports: Required value'],
  [
    'ports of a Service',
    service({
      ports: [
        { port: 0, name: 'A' },
        { port: 80, nodePort: 30_000 },
        { port: 80, name: 'b', targetPort: '-' },
      ],
    }),
    `spec.ports[0].name: Invalid value: "A": ${labelText}`,
    'spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive',
    'spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive',
    'spec.ports[1].name: Required value',
    'spec.ports[2].targetPort: Invalid value: "-": must contain at least one letter (a-z)',
    'spec.ports[2].targetPort: Invalid value: "-": must not begin or end with a hyphen',
    "spec.ports[1].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
    'spec.ports[2]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":80,"TargetPort":0,"NodePort":0}',
  ],
  [
    'addresses',
    service({
      clusterIP: '10.96.0.1',
      clusterIPs: ['10.96.0.2'],
      ipFamilies: ['IPv6', 'IPv6'],
      externalIPs: ['127.0.0.1'],
    }),
    'spec.clusterIPs: Invalid value: ["10.96.0.2"]: first value must match `clusterIP`',
    'spec.ipFamilies[1]: Duplicate value: "IPv6"',
    'spec.clusterIPs[0]: Invalid value: "10.96.0.2": expected an IPv6 value as indicated by `ipFamilies[0]`',
    'spec.externalIPs[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
  ],
  [
    'a name outside the cluster',
    service({ type: 'ExternalName', clusterIP: '10.96.0.1' }),
    'spec.clusterIPs: Forbidden: may not be set for ExternalName services',
    'spec.externalName: Required value',
  ],
  [
    'what belongs to load balancers',
    service({ loadBalancerSourceRanges: ['10.0.0.1/8'], loadBalancerClass: 'a', healthCheckNodePort: 1 }),
    "spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'",
    'spec.LoadBalancerSourceRanges[0]: Invalid value: "10.0.0.1/8": must not have bits set beyond the prefix length',
    "spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'",
    "spec.healthCheckNodePort: Invalid value: 1: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
  ],
  [
    'keys of a ConfigMap',
    core('ConfigMap', { data: { 'a/b': '', c: '' }, binaryData: { c: '' } }),
    "data[a/b]: Invalid value: \"a/b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
    'data[c]: Invalid value: "c": duplicate of key present in binaryData',
  ],
  [
    'a Secret for TLS without its keys',
    core('Secret', { type: 'kubernetes.io/tls' }),
    'data[tls.crt]: Required value',
    'data[tls.key]: Required value',
  ],
  [
    'a Secret for an image registry that is no JSON',
    core('Secret', { type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': 'aA==' } }),
    'data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": invalid character \'h\' looking for beginning of value',
  ],
  [
    'a Namespace',
    core('Namespace', { metadata: { namespace: undefined, name: 'a.b' }, spec: { finalizers: ['x'] } }),
    'metadata.name: Invalid value: "a.b": must not contain dots',
    'spec.finalizers: Invalid value: "x": name is neither a standard finalizer name nor is it fully qualified',
  ],
  [
    'metadata',
    core('ServiceAccount', {
      metadata: {
        name: '',
        labels: { a: 'b c' },
        annotations: { '': '' },
        finalizers: ['x'],
        ownerReferences: [
          { apiVersion: 'v1', kind: 'Pod', name: 'a', uid: '1', controller: true },
          { apiVersion: '', kind: 'Pod', name: 'b', uid: '2', controller: true },
        ],
      },
    }),
    'metadata.name: Required value: name or generateName is required',
    "metadata.labels: Invalid value: \"b c\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    'metadata.annotations: Invalid value: "": name part must be non-empty',
    "metadata.annotations: Invalid value: \"\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    'metadata.ownerReferences.apiVersion: Invalid value: "": version must not be empty',
    'metadata.ownerReferences: Invalid value: [{"apiVersion":"v1","kind":"Pod","name":"a","uid":"1","controller":true},{"apiVersion":"","kind":"Pod","name":"b","uid":"2","controller":true}]: Only one reference can have Controller set to true. Found "true" in references for Pod/a and Pod/b',
    'metadata.finalizers[0]: Invalid value: "x": name is neither a standard finalizer name nor is it fully qualified',
  ],
];

describe('rules of kinds', () => {
  for (const [what, given, ...messages] of cases) {
    it(what, () => {
      assert.deepEqual(errorsOf(given), messages);
    });
  }
});

const immutable = 'field is immutable when `immutable` is set';

describe('updates of kinds', () => {
  for (const [what, given, old, ...messages] of [
    [
      'the selector of a Deployment stays',
      workload('Deployment', {}),
      workload('Deployment', { selector: { matchLabels: { app: 'web', tier: 'a' } } }),
      'spec.selector: Invalid value: {"matchLabels":{"app":"web"}}: field is immutable',
    ],
    ['replicas change', workload('ReplicaSet', { replicas: 3 }), workload('ReplicaSet', {})],
    [
      'the address of a Service stays',
      service({ clusterIP: '10.96.0.2', ipFamilies: ['IPv4'] }),
      service({ clusterIP: '10.96.0.1', ipFamilies: ['IPv4'] }),
      'spec.clusterIPs[0]: Invalid value: ["10.96.0.2"]: may not change once set',
    ],
    [
      'frozen data stays',
      core('ConfigMap', { data: { a: '2' } }),
      core('ConfigMap', { data: { a: '1' }, immutable: true }),
      `immutable: Forbidden: ${immutable}`,
      `data: Forbidden: ${immutable}`,
    ],
    [
      'the type of a Secret stays',
      core('Secret', { type: 'a' }),
      core('Secret', {}),
      'type: Invalid value: "a": field is immutable',
    ],
    [
      'a name stays, and what is wrong with metadata is told each time it is looked at',
      core('ServiceAccount', { metadata: { name: 'b', finalizers: ['x'] } }),
      core('ServiceAccount', {}),
      'metadata.name: Invalid value: "b": field is immutable',
      'metadata.name: Invalid value: "b": field is immutable',
      'metadata.finalizers[0]: Invalid value: "x": name is neither a standard finalizer name nor is it fully qualified',
      'metadata.finalizers[0]: Invalid value: "x": name is neither a standard finalizer name nor is it fully qualified',
    ],
  ] as const) {
    it(what, () => {
      assert.deepEqual(updateErrorsOf(given, old), messages);
    });
  }
});
