// What the server warns of, in its order.
import assert from 'node:assert/strict';
import type { KubeObject } from '../../../../src/api/object.ts';
import { defaultObject } from '../../../../src/simulator/kube-apiserver/defaulting/index.ts';
import { warningsOfCreate, warningsOfUpdate } from '../../../../src/simulator/kube-apiserver/warnings/index.ts';

const app = { name: 'app', image: 'nginx' };
const object = (apiVersion: string, kind: string, rest: object): KubeObject =>
  defaultObject({ apiVersion, kind, metadata: { name: 'web', generation: 1 }, ...rest });
const pod = (spec: object, metadata: object = { name: 'web' }) =>
  object('v1', 'Pod', { metadata, spec: { containers: [app], ...spec } });
const service = (spec: object) => object('v1', 'Service', { spec });

const cases: readonly (readonly [what: string, given: KubeObject, ...warnings: string[]])[] = [
  ['a plain Pod', pod({})],
  [
    'a name that is no hostname',
    pod({}, { name: 'a.b' }),
    "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]",
  ],
  [
    'profiles in annotations of a template, and a name of two ports',
    object('apps/v1', 'Deployment', {
      spec: {
        template: {
          metadata: {
            annotations: {
              'seccomp.security.alpha.kubernetes.io/pod': 'unconfined',
              'container.apparmor.security.beta.kubernetes.io/app': 'unconfined',
            },
          },
          spec: {
            containers: [
              { ...app, ports: [{ containerPort: 80, name: 'x' }] },
              { ...app, name: 'b', ports: [{ containerPort: 81, name: 'x' }] },
            ],
          },
        },
      },
    }),
    'spec.template.metadata.annotations[seccomp.security.alpha.kubernetes.io/pod]: non-functional in v1.27+; use the "seccompProfile" field instead',
    'spec.template.metadata.annotations[container.apparmor.security.beta.kubernetes.io/app]: deprecated since v1.30; use the "appArmorProfile" field instead',
    'spec.template.spec.containers[1].ports[0]: duplicate port name "x" with spec.template.spec.containers[0].ports[0], services and probes that select ports by name will use spec.template.spec.containers[0].ports[0]',
  ],
  [
    'labels of nodes that go by another name',
    pod({
      nodeSelector: { 'beta.kubernetes.io/os': 'linux' },
      topologySpreadConstraints: [{ topologyKey: 'failure-domain.beta.kubernetes.io/zone' }],
    }),
    'spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead',
    'spec.topologySpreadConstraints[0].topologyKey: failure-domain.beta.kubernetes.io/zone is deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
    'spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod',
  ],
  [
    'volumes',
    pod({
      volumes: [
        { name: 'a', storageos: {} },
        {
          name: 'b',
          configMap: {
            name: 'c',
            items: [
              { key: 'k', path: 'x' },
              { key: 'l', path: 'x/y' },
            ],
          },
        },
        {
          name: 'p',
          projected: {
            sources: [
              {},
              { secret: { name: 's', items: [{ key: 'k', path: 't' }] } },
              { serviceAccountToken: { path: 't' } },
            ],
          },
        },
      ],
    }),
    'spec.volumes[0].storageOS: deprecated in v1.22, non-functional in v1.25+',
    'volume "b" (ConfigMap "c"): overlapping paths: "x/y" with "x"',
    'volume "p" (Projected) has no sources provided',
    'volume "p" (Projected): overlapping paths: "t" (ServiceAccountToken) with "t" (Secret "s")',
  ],
  [
    'lists',
    pod({
      hostAliases: [{ ip: '1.1.1.1' }, { ip: '1.1.1.1' }],
      imagePullSecrets: [{ name: '' }, { name: 'a' }, { name: 'a' }],
    }),
    'spec.hostAliases[1].ip: duplicate ip "1.1.1.1"',
    'spec.imagePullSecrets[2].name: duplicate name "a"',
    'spec.imagePullSecrets[0].name: invalid empty name ""',
  ],
  [
    'containers',
    pod({
      containers: [
        {
          ...app,
          resources: { requests: { memory: '1m' } },
          env: [
            { name: 'A', value: '1' },
            { name: 'A', value: '$(A)2' },
            { name: 'A', value: '3' },
          ],
          ports: [
            { containerPort: 80, hostIP: '::1' },
            { containerPort: 80, hostPort: 80 },
          ],
        },
      ],
      terminationGracePeriodSeconds: -1,
    }),
    'spec.containers[0].resources.requests[memory]: fractional byte value "1m" is invalid, must be an integer',
    'spec.containers[0].env[2]: hides previous definition of "A", which may be dropped when using apply',
    'spec.containers[0].ports[0]: hostIP set without hostPort: {Name: HostPort:0 ContainerPort:80 Protocol:TCP HostIP:::1}',
    'spec.containers[0].ports[1]: overlapping port definition with spec.containers[0].ports[0]',
    'spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1',
  ],
  [
    'a headless Service',
    service({ clusterIP: 'None', loadBalancerIP: '010.1.1.1', externalName: 'a', trafficDistribution: 'PreferClose' }),
    'spec.loadBalancerIP is ignored for headless services',
    'spec.loadBalancerIP: non-standard IP address "010.1.1.1" is invalid: use "10.1.1.1"',
    'spec.externalName is ignored when spec.type is not "ExternalName"',
    'spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"',
  ],
  [
    'addresses in other forms',
    service({ externalIPs: ['FD00::1'], loadBalancerSourceRanges: ['010.0.0.0/8'] }),
    'spec.externalIPs[0]: IPv6 address "FD00::1" should be in RFC 5952 canonical format ("fd00::1")',
    'spec.externalIPs is deprecated and may no longer be implemented in some clusters',
    'spec.loadBalancerSourceRanges[0]: non-standard CIDR value "010.0.0.0/8" is invalid: use "10.0.0.0/8"',
  ],
  [
    'a certificate that is none',
    object('v1', 'Secret', { type: 'kubernetes.io/tls', data: { 'tls.crt': 'YQ==' } }),
    'tls: failed to find any PEM data in certificate input',
  ],
  [
    'claims',
    object('v1', 'PersistentVolumeClaim', { spec: { resources: { requests: { storage: '100m' } } } }),
    'spec.resources.requests[storage]: fractional byte value "100m" is invalid, must be an integer',
  ],
];

describe('warnings about a new object', () => {
  for (const [what, given, ...warnings] of cases) {
    it(what, () => {
      assert.deepEqual(warningsOfCreate(given), warnings);
    });
  }
});

describe('warnings about an update', () => {
  const deployment = (generation: number) =>
    object('apps/v1', 'Deployment', {
      metadata: { name: 'a.b', generation },
      spec: { template: { spec: { containers: [app], overhead: { memory: '1m' } } } },
    });
  const overhead = 'spec.template.spec.overhead[memory]: fractional byte value "1m" is invalid, must be an integer';

  it('are those of the template, if something else is desired now', () => {
    assert.deepEqual(warningsOfUpdate(deployment(2), deployment(1)), [overhead]);
    assert.deepEqual(warningsOfUpdate(deployment(1), deployment(1)), []);
  });

  it('are not made for Pods', () => {
    const given = pod({ terminationGracePeriodSeconds: -1 });
    assert.deepEqual(warningsOfUpdate(given, given), []);
  });
});
