// Rules of Pods: what is changed in a valid Pod, and what the server says of it, in its order.
import assert from 'node:assert/strict';
import { errorsOf, labelText, unknownOf, updateErrorsOf } from './validate.ts';

const app = { name: 'app', image: 'nginx:1.27' };
const pod = (spec: object, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata,
  spec: { serviceAccountName: 'default', containers: [app], ...spec },
});
const withContainer = (container: object, spec: object = {}) =>
  pod({ containers: [{ ...app, ...container }], ...spec });

const cases: readonly (readonly [what: string, given: Parameters<typeof errorsOf>[0], ...messages: string[]])[] = [
  ['a valid Pod', pod({})],
  ['no containers', pod({ containers: [] }), 'spec.containers: Required value'],
  [
    'a container without anything',
    pod({ containers: [{ name: '' }] }),
    'spec.containers[0].name: Required value',
    'spec.containers[0].image: Required value',
  ],
  [
    'a bad name, twice',
    pod({
      containers: [
        { ...app, name: 'A' },
        { ...app, name: 'A' },
      ],
    }),
    `spec.containers[0].name: Invalid value: "A": ${labelText}`,
    `spec.containers[1].name: Invalid value: "A": ${labelText}`,
    'spec.containers[1].name: Duplicate value: "A"',
  ],
  [
    'space around an image',
    withContainer({ image: ' nginx' }),
    'spec.containers[0].image: Invalid value: " nginx": must not have leading or trailing whitespace',
  ],
  [
    'ports',
    withContainer({ ports: [{ containerPort: 0 }, { name: 'a', containerPort: 80, hostPort: 70_000, protocol: 'X' }] }),
    'spec.containers[0].ports[0].containerPort: Required value',
    'spec.containers[0].ports[1].hostPort: Invalid value: 70000: must be between 1 and 65535, inclusive',
    'spec.containers[0].ports[1].protocol: Unsupported value: "X": supported values: "SCTP", "TCP", "UDP"',
  ],
  [
    'a host port taken twice',
    withContainer({
      ports: [
        { containerPort: 1, hostPort: 9 },
        { containerPort: 2, hostPort: 9 },
      ],
    }),
    'spec.containers[0].ports[1].hostPort: Duplicate value: "TCP//9"',
  ],
  [
    'a host port that differs on the network of the node',
    withContainer({ ports: [{ containerPort: 80, hostPort: 81 }] }, { hostNetwork: true }),
    'spec.containers[0].ports[0].hostPort: Invalid value: 81: must match `containerPort` when `hostNetwork` is true',
  ],
  [
    'values from two places and a text',
    withContainer({
      env: [
        { name: '', valueFrom: {} },
        { name: 'A', value: 'x', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        { name: 'B', valueFrom: { fieldRef: { fieldPath: 'spec.bogus' }, secretKeyRef: { name: 's', key: '' } } },
      ],
    }),
    'spec.containers[0].env[0].name: Required value',
    'spec.containers[0].env[0].valueFrom: Invalid value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
    'spec.containers[0].env[1].valueFrom: Invalid value: "": may not be specified when `value` is not empty',
    'spec.containers[0].env[2].valueFrom.fieldRef.fieldPath: Invalid value: "spec.bogus": error converting fieldPath: field label not supported: spec.bogus',
    'spec.containers[0].env[2].valueFrom.secretKeyRef.key: Required value',
    'spec.containers[0].env[2].valueFrom: Invalid value: "": may not have more than one field specified at a time',
  ],
  [
    'a resource field and its divisor',
    withContainer({
      env: [
        { name: 'A', valueFrom: { resourceFieldRef: { resource: 'limits.gpu' } } },
        { name: 'B', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '2' } } },
      ],
    }),
    'spec.containers[0].env[0].valueFrom.resourceFieldRef.resource: Unsupported value: "limits.gpu": supported values: "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"',
    'spec.containers[0].env[1].valueFrom.resourceFieldRef.divisor: Invalid value: "limits.cpu": only divisor\'s values 1m and 1 are supported with the cpu resource',
  ],
  [
    'envFrom',
    withContainer({ envFrom: [{}, { prefix: '=', configMapRef: { name: '' } }] }),
    'spec.containers[0].envFrom: Invalid value: "": must specify one of: `configMapRef` or `secretRef`',
    'spec.containers[0].envFrom[1].prefix: Invalid value: "=": a valid environment variable name must consist only of printable ASCII characters other than \'=\'',
    'spec.containers[0].envFrom[1].configMapRef.name: Required value',
  ],
  [
    'amounts',
    withContainer({
      resources: { limits: { cpu: '1' }, requests: { cpu: '2', memory: '-1', gpu: '1', 'a.io/b': '1.5' } },
    }),
    'spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1',
    'spec.containers[0].resources.requests[memory]: Invalid value: "-1": must be greater than or equal to 0',
    'spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified',
    'spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource for containers',
    'spec.containers[0].resources.requests[a.io/b]: Invalid value: "1500m": must be an integer',
    'spec.containers[0].resources.limits: Required value: Limit must be set for non overcommitable resources',
  ],
  [
    'huge pages without anything else',
    withContainer({ resources: { limits: { 'hugepages-2Mi': '3Mi' } } }),
    'spec.containers[0].resources.limits[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi',
    'spec.containers[0].resources.requests[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi',
    'spec.containers[0].resources: Forbidden: HugePages require cpu or memory',
  ],
  [
    'a claim the Pod does not have',
    withContainer({ resources: { claims: [{ name: 'gpu' }] } }),
    'spec.containers[0].resources.claims[0]: Not found: "gpu": must be one of the names in pod.spec.resourceClaims which is empty',
  ],
  [
    'probes',
    withContainer({
      livenessProbe: { httpGet: { port: 0 }, exec: { command: [] }, successThreshold: 2 },
      readinessProbe: { terminationGracePeriodSeconds: 0 },
    }),
    'spec.containers[0].livenessProbe.exec.command: Required value',
    'spec.containers[0].livenessProbe.httpGet: Forbidden: may not specify more than 1 handler type',
    'spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1',
    'spec.containers[0].readinessProbe: Required value: must specify a handler type',
    'spec.containers[0].readinessProbe.terminationGracePeriodSeconds: Invalid value: 0: must be greater than 0',
    'spec.containers[0].readinessProbe.terminationGracePeriodSeconds: Invalid value: 0: must not be set for readinessProbes',
  ],
  [
    'a hook that sleeps too long',
    withContainer({ lifecycle: { preStop: { sleep: { seconds: 31 } } } }),
    'spec.containers[0].lifecycle.preStop.sleep: Invalid value: 31: must be non-negative and less than terminationGracePeriodSeconds (30)',
  ],
  [
    'mounts',
    withContainer(
      {
        volumeMounts: [
          { name: 'a', mountPath: '/a', subPath: '../x' },
          { name: 'b', mountPath: '/a', mountPropagation: 'Bidirectional' },
        ],
      },
      { volumes: [{ name: 'a', emptyDir: {} }] },
    ),
    'spec.containers[0].volumeMounts.subPath: Invalid value: "../x": must not contain \'..\'',
    'spec.containers[0].volumeMounts[1].name: Not found: "b"',
    'spec.containers[0].volumeMounts[1].mountPath: Invalid value: "/a": must be unique',
    'spec.containers[0].volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers',
  ],
  [
    'a volume of two sources is none',
    withContainer(
      { volumeMounts: [{ name: 'a', mountPath: '/a' }] },
      { volumes: [{ name: 'a', secret: { secretName: '' }, configMap: { name: 'c' } }] },
    ),
    'spec.volumes[0].secret.secretName: Required value',
    'spec.volumes[0].configMap: Forbidden: may not specify more than 1 volume type',
    'spec.containers[0].volumeMounts[0].name: Not found: "a"',
  ],
  [
    'files of a projected volume',
    pod({
      volumes: [
        {
          name: 'a',
          projected: {
            sources: [
              { secret: { name: 's', items: [{ key: 'k', path: '/p' }] } },
              { configMap: { name: 'c', items: [{ key: '', path: '/p', mode: 1000 }] } },
              { serviceAccountToken: { path: '', expirationSeconds: 5 }, downwardAPI: {} },
            ],
          },
        },
      ],
    }),
    'spec.volumes[0].projected.sources[0].secret.items[0].path: Invalid value: "/p": must be a relative path',
    'spec.volumes[0].projected.sources[1].configMap.items[0].key: Required value',
    'spec.volumes[0].projected.sources[1].configMap.items[0].path: Invalid value: "/p": must be a relative path',
    'spec.volumes[0].projected.sources[1].configMap.items[0].mode: Invalid value: 1000: must be a number between 0 and 0777 (octal), both inclusive',
    'spec.volumes[0].projected: Invalid value: "c": conflicting duplicate paths',
    'spec.volumes[0].projected.sources[2].serviceAccountToken.expirationSeconds: Invalid value: 5: may not specify a duration less than 10 minutes',
    'spec.volumes[0].projected.path: Required value',
    'spec.volumes[0].projected.sources[2]: Forbidden: may not specify more than 1 volume type per source',
  ],
  [
    'policies',
    pod({ restartPolicy: 'Sometimes', dnsPolicy: 'None' }),
    'spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"',
    'spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None',
  ],
  [
    'affinity',
    pod({
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'Gt', values: [] }] }],
          },
        },
        podAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'zone', matchLabelKeys: ['x'] }],
        },
      },
    }),
    "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values: Required value: must be specified single value when `operator` is 'Lt' or 'Gt'",
    'spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].matchLabelKeys: Forbidden: must not be specified when labelSelector is not set',
  ],
  [
    'label keys of a spread that have become expressions of its selector',
    pod({
      topologySpreadConstraints: [
        {
          ...{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', matchLabelKeys: ['hash'] },
          labelSelector: { matchExpressions: [{ key: 'hash', operator: 'In', values: ['x'] }] },
        },
        {
          ...{ maxSkew: 1, topologyKey: 'host', whenUnsatisfiable: 'DoNotSchedule', matchLabelKeys: ['app'] },
          labelSelector: {
            matchLabels: { app: 'a' },
            matchExpressions: [{ key: 'app', operator: 'In', values: ['a'] }],
          },
        },
      ],
    }),
    'spec.topologySpreadConstraints[1][0]: Invalid value: "app": exists in both matchLabelKeys and labelSelector',
  ],
  [
    'tolerations',
    pod({
      tolerations: [
        { operator: 'Equal', effect: 'Never' },
        { key: 'a', operator: 'Gt', tolerationSeconds: 1 },
      ],
    }),
    'spec.tolerations[0].operator: Invalid value: "Equal": operator must be Exists when `key` is empty, which means "match all values and all keys"',
    'spec.tolerations[0].effect: Unsupported value: "Never": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
    'spec.tolerations[1].effect: Invalid value: "": effect must be \'NoExecute\' when `tolerationSeconds` is set',
    'spec.tolerations[1].operator: Unsupported value: "Gt": supported values: "Equal", "Exists", "Lt", "Gt"',
  ],
  [
    'spreading',
    pod({
      topologySpreadConstraints: [
        { maxSkew: 0, topologyKey: '', whenUnsatisfiable: 'ScheduleAnyway', minDomains: 0, labelSelector: {} },
      ],
    }),
    'spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero',
    'spec.topologySpreadConstraints[0].topologyKey: Required value: can not be empty',
    'spec.topologySpreadConstraints[0].minDomains: Invalid value: 0: must be greater than zero',
    'spec.topologySpreadConstraints[0].minDomains: Invalid value: 0: can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway',
  ],
  [
    'security contexts',
    withContainer(
      { securityContext: { allowPrivilegeEscalation: false, privileged: true, runAsUser: -1 } },
      { securityContext: { seccompProfile: { type: 'Localhost' }, sysctls: [{ name: 'A' }] } },
    ),
    'spec.containers[0].securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive',
    'spec.containers[0].securityContext: Invalid value: {"Capabilities":null,"Privileged":true,"SELinuxOptions":null,"WindowsOptions":null,"RunAsUser":-1,"RunAsGroup":null,"RunAsNonRoot":null,"ReadOnlyRootFilesystem":null,"AllowPrivilegeEscalation":false,"ProcMount":null,"SeccompProfile":null,"AppArmorProfile":null}: cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
    'spec.securityContext.sysctls[0].name: Invalid value: "A": must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$',
    'spec.securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost',
  ],
  [
    'init containers are not probed, unless they stay',
    pod({
      initContainers: [
        { name: 'a', image: 'a', startupProbe: {} },
        { name: 'b', image: 'b', restartPolicy: 'Always', startupProbe: { exec: { command: ['x'] } } },
      ],
    }),
    'spec.initContainers[0].startupProbe: Forbidden: may not be set for init containers without restartPolicy=Always',
  ],
  [
    'a gate and a node',
    pod({ nodeName: 'node1', schedulingGates: [{ name: 'a.io/b' }, { name: 'a.io/b' }] }),
    'spec.schedulingGates[1]: Duplicate value: "a.io/b"',
    'spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared',
  ],
  [
    'a Pod for Windows',
    pod({ os: { name: 'windows' }, hostPID: true, securityContext: { fsGroup: 1 } }),
    'spec.hostPID: Forbidden: cannot be set for a windows pod',
    'spec.securityContext.fsGroup: Forbidden: cannot be set for a windows pod',
  ],
];

describe('rules of a Pod', () => {
  for (const [what, given, ...messages] of cases) {
    it(what, () => {
      assert.deepEqual(errorsOf(given), messages);
    });
  }
});

describe('what is not modelled of a Pod', () => {
  it('is told with its path', () => {
    const key = 'scheduler.alpha.kubernetes.io/tolerations';
    assert.deepEqual(unknownOf(pod({}, { annotations: { [key]: '[]' } })), [
      { path: `metadata.annotations[${key}]`, reason: 'the rules for tolerations in an annotation are not modelled' },
    ]);
  });

  it('is a kind without rules', () => {
    assert.deepEqual(unknownOf({ apiVersion: 'example.com/v1', kind: 'Widget' }), [
      { path: '', reason: 'the rules for objects of kind Widget are not modelled' },
    ]);
  });
});

const fixed =
  'spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)\n';

describe('updates of a Pod', () => {
  it('may change images, add tolerations and bring the deadline nearer', () => {
    const old = pod({ activeDeadlineSeconds: 9 });
    const tolerations = [{ key: 'a', operator: 'Exists' }];
    assert.deepEqual(
      updateErrorsOf(withContainer({ image: 'nginx:1.28' }, { activeDeadlineSeconds: 8, tolerations }), old),
      [],
    );
  });

  it('may not change anything else, and show what was changed', () => {
    const [first, ...others] = updateErrorsOf(pod({ hostname: 'b' }), pod({ hostname: 'a' }));
    assert.deepEqual(others, []);
    const difference = [
      '   "SELinuxChangePolicy": null',
      '  },',
      '  "ImagePullSecrets": null,',
      '- "Hostname": "a",',
      '+ "Hostname": "b",',
      '  "Subdomain": "",',
      '  "SetHostnameAsFQDN": null,',
      '  "Affinity": null,',
      '',
    ];
    assert.equal(first?.slice(0, fixed.length), fixed);
    assert.equal(first?.slice(fixed.length).replace(/^@@ .* @@\n/, ''), difference.join('\n'));
  });

  for (const [what, given, old, ...messages] of [
    [
      'add containers',
      pod({ containers: [app, { ...app, name: 'b' }] }),
      pod({}),
      'spec.containers: Forbidden: pod updates may not add or remove containers',
    ],
    [
      'put the deadline off',
      pod({ activeDeadlineSeconds: 2 }),
      pod({ activeDeadlineSeconds: 1 }),
      'spec.activeDeadlineSeconds: Invalid value: 2: must be less than or equal to previous value',
    ],
    [
      'take tolerations away',
      pod({}),
      pod({ tolerations: [{ key: 'a', operator: 'Exists' }] }),
      'spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds',
    ],
    [
      'add gates',
      pod({ schedulingGates: [{ name: 'a.io/b' }] }),
      pod({}),
      "spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate 'a.io/b'",
    ],
    [
      'take selectors away while gated',
      pod({ schedulingGates: [{ name: 'a.io/b' }] }),
      pod({ schedulingGates: [{ name: 'a.io/b' }], nodeSelector: { a: 'b' } }),
      'spec.nodeSelector: Invalid value: null: only additions to spec.nodeSelector are allowed (no mutations or deletions)',
    ],
  ] as const) {
    it(`may not ${what}`, () => {
      assert.deepEqual(updateErrorsOf(given, old), messages);
    });
  }
});
