import assert from 'node:assert/strict';
import type {
  CustomResourceDefinition,
  DaemonSet,
  EndpointSlice,
  KubeObject,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  PodSpec,
  ServiceAccount,
  StatefulSet,
} from '../../../src/api/object.ts';
import { qosClass } from '../../../src/api/qos-class.ts';
import { withLabelKeys } from '../../../src/simulator/kube-apiserver/registry/pods/label-keys.ts';
import { appArmorWarnings, withAppArmorFields } from '../../../src/simulator/kube-apiserver/registry/pods/profiles.ts';
import { Cluster, pod, type Manifest } from './server-fixture.ts';

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] } };
const selector = { matchLabels: { app: 'web' } };

describe('AppArmor annotations of a new Pod', () => {
  const prefix = 'container.apparmor.security.beta.kubernetes.io/';
  const rows: [annotation: string, field: Manifest | undefined, warned: boolean][] = [
    ['localhost/x', { type: 'Localhost', localhostProfile: 'x' }, true],
    ['runtime/default', { type: 'RuntimeDefault' }, true],
    ['unconfined', undefined, false],
    ['localhost/', undefined, true],
  ];
  for (const [annotation, field, warned] of rows) {
    it(`${annotation}: ${field ? 'becomes a field' : 'stays'}, and ${warned ? 'is' : 'is not'} warned of`, () => {
      const given = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'web', annotations: { [`${prefix}app`]: annotation } },
        spec: { containers: [{ name: 'app' }], securityContext: { appArmorProfile: { type: 'Unconfined' } } },
      } as Pod;
      assert.deepEqual(withAppArmorFields(given).spec?.containers[0]?.securityContext?.appArmorProfile, field);
      assert.equal(appArmorWarnings(given).length, warned ? 1 : 0);
    });
  }
});

describe('the quality-of-service class', () => {
  const container = (requests: Manifest, limits: Manifest = {}) => ({ name: 'a', resources: { requests, limits } });
  const full = { cpu: '500m', memory: '1Gi' };
  const rows: [spec: Manifest, expected: string][] = [
    [{ containers: [{ name: 'a' }] }, 'BestEffort'],
    [{ containers: [container({ 'example.com/gpu': '1' })] }, 'BestEffort'],
    [{ containers: [container({ cpu: '0' })] }, 'BestEffort'],
    [{ containers: [container({ cpu: '100m' })] }, 'Burstable'],
    [{ containers: [container({}, full)] }, 'Burstable'],
    [{ containers: [container(full, full)] }, 'Guaranteed'],
    [{ containers: [container({ cpu: '0.5', memory: '1024Mi' }, full)] }, 'Guaranteed'],
    [{ containers: [container(full, full), { name: 'b' }] }, 'Burstable'],
    [{ containers: [container(full, full)], initContainers: [{ name: 'b' }] }, 'Burstable'],
    [{ containers: [container({ cpu: '1' })], resources: { requests: full, limits: full } }, 'Guaranteed'],
  ];
  for (const [spec, expected] of rows) {
    it(`of ${JSON.stringify(spec)} is ${expected}`, () => assert.equal(qosClass(spec as unknown as PodSpec), expected));
  }
});

describe('label keys of a new Pod', () => {
  const term = {
    topologyKey: 'zone',
    labelSelector: selector,
    matchLabelKeys: ['hash', 'none'],
    mismatchLabelKeys: ['tenant'],
  };
  const labels = { hash: 'x', tenant: 'y' };
  const expected = {
    ...selector,
    matchExpressions: [
      { key: 'hash', operator: 'In', values: ['x'] },
      { key: 'tenant', operator: 'NotIn', values: ['y'] },
    ],
  };

  it('become requirements of the selectors of affinity', () => {
    const weighted = [{ weight: 1, podAffinityTerm: term }];
    const podAffinity = { requiredDuringSchedulingIgnoredDuringExecution: [term] };
    const podAntiAffinity = { preferredDuringSchedulingIgnoredDuringExecution: weighted };
    const given = pod('a', { affinity: { podAffinity, podAntiAffinity } }, { labels }) as unknown as Pod;
    const { affinity } = withLabelKeys(given).spec ?? {};
    assert.deepEqual(
      [
        affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.[0]?.labelSelector,
        affinity?.podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution?.[0]?.podAffinityTerm.labelSelector,
      ],
      [expected, expected],
    );
  });

  it('become requirements of the selectors of topology spread, but not of a selector that is absent', () => {
    const constraint = {
      maxSkew: 1,
      topologyKey: 'zone',
      whenUnsatisfiable: 'DoNotSchedule',
      matchLabelKeys: ['hash'],
    };
    const topologySpreadConstraints = [{ ...constraint, labelSelector: selector }, constraint];
    const given = pod('a', { topologySpreadConstraints }, { labels }) as unknown as Pod;
    const selectors = withLabelKeys(given).spec?.topologySpreadConstraints?.map(({ labelSelector }) => labelSelector);
    assert.deepEqual(selectors, [{ ...selector, matchExpressions: [expected.matchExpressions[0]] }, undefined]);
  });

  it('leave a Pod alone that has neither', () => {
    const given = pod('a') as unknown as Pod;
    assert.equal(withLabelKeys(given), given);
  });
});

describe('the strategy of a resource', () => {
  /** The object after a patch of its spec or of its status. */
  function patched<T extends KubeObject>(cluster: Cluster, target: object, patch: Manifest): T {
    const response = cluster.kubectl.patch<T>(target as Parameters<typeof cluster.kubectl.patch>[0], 'merge', patch);
    assert.ok(response.ok);
    return response.object;
  }

  it('counts the templates of a DaemonSet besides its generation', () => {
    const spec = { selector, template };
    const cluster = new Cluster();
    const made = cluster.add<DaemonSet>({ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'd' }, spec });
    const key = 'deprecated.daemonset.template.generation';
    assert.deepEqual([made.metadata.annotations?.[key], made.metadata.generation], ['1', 1]);
    const target = { resource: 'daemonsets.apps', namespace: 'default', name: 'd' };
    const slower = patched<DaemonSet>(cluster, target, { spec: { minReadySeconds: 5 } });
    assert.deepEqual([slower.metadata.annotations?.[key], slower.metadata.generation], ['1', 2]);
    const containers = [{ name: 'web', image: 'nginx:1.28' }];
    const newer = patched<DaemonSet>(cluster, target, { spec: { template: { spec: { containers } } } });
    assert.deepEqual([newer.metadata.annotations?.[key], newer.metadata.generation], ['2', 3]);
  });

  it('drops what a feature that is off would read: of StatefulSets, Nodes and EndpointSlices', () => {
    const cluster = new Cluster();
    const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { partition: 1, maxUnavailable: 2 } };
    const spec = { serviceName: 'db', selector, template, updateStrategy };
    const set = cluster.add<StatefulSet>({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 's' }, spec });
    assert.deepEqual(set.spec?.updateStrategy?.rollingUpdate, { partition: 1 });
    const configSource = { configMap: { name: 'a', namespace: 'b', kubeletConfigKey: 'c' } };
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' }, spec: { configSource } };
    assert.equal(cluster.add<Node>(node).spec?.configSource, undefined);
    const endpoints = [{ addresses: ['10.244.0.2'], deprecatedTopology: { rack: '1' } }];
    const kind = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata: { name: 'e' } };
    const slice = cluster.add<EndpointSlice>({ ...kind, addressType: 'IPv4', endpoints });
    assert.deepEqual(slice.endpoints?.[0]?.addresses, ['10.244.0.2']);
    assert.equal(slice.endpoints?.[0]?.deprecatedTopology, undefined);
  });

  it('notes when the phase of a volume changed', () => {
    const cluster = new Cluster();
    const accessModes = ['ReadWriteOnce'];
    const spec = { capacity: { storage: '1Gi' }, accessModes, hostPath: { path: '/data' } };
    const volume = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'v' }, spec };
    const since = '2026-01-01T00:00:00Z';
    assert.deepEqual(cluster.add<PersistentVolume>(volume).status, {
      phase: 'Pending',
      lastPhaseTransitionTime: since,
    });
    cluster.kernel.runTo(5000, 100);
    const target = { resource: 'persistentvolumes', name: 'v', subresource: 'status' };
    const bound = patched<PersistentVolume>(cluster, target, { status: { phase: 'Bound' } });
    assert.equal(bound.status?.lastPhaseTransitionTime, '2026-01-01T00:00:05Z');
    cluster.kernel.runTo(9000, 100);
    const told = patched<PersistentVolume>(cluster, target, { status: { message: 'x' } });
    assert.equal(told.status?.lastPhaseTransitionTime, '2026-01-01T00:00:05Z');
  });

  it('says in both fields of a claim what it is filled from', () => {
    const resources = { requests: { storage: '1Gi' } };
    const sources = (source: Manifest) => {
      const spec = { accessModes: ['ReadWriteOnce'], resources, ...source };
      const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'c' }, spec };
      const { dataSource, dataSourceRef } = new Cluster().add<PersistentVolumeClaim>(claim).spec ?? {};
      return [dataSource, dataSourceRef].map((reference) => reference?.name);
    };
    const other = { kind: 'PersistentVolumeClaim', name: 'other' };
    assert.deepEqual(sources({ dataSource: other }), ['other', 'other']);
    assert.deepEqual(sources({ dataSourceRef: other }), ['other', 'other']);
    assert.deepEqual(sources({}), [undefined, undefined]);
  });

  it('keeps of the Secrets of a ServiceAccount their names', () => {
    const secrets = [{ name: 'a', namespace: 'b', kind: 'Secret' }];
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'robot' }, secrets };
    assert.deepEqual(new Cluster().add<ServiceAccount>(account).secrets, [{ name: 'a' }]);
  });

  it('notes the version that objects of a CustomResourceDefinition are stored in', () => {
    const schema = { openAPIV3Schema: { type: 'object' } };
    const versions = [
      { name: 'v1', served: true, storage: true, schema },
      { name: 'v2', served: true, storage: false, schema },
    ];
    const names = { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' };
    const { status, metadata } = new Cluster().add<CustomResourceDefinition>({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'widgets.example.com' },
      spec: { group: 'example.com', scope: 'Namespaced', names, versions },
    });
    assert.deepEqual([status?.storedVersions, metadata.generation], [['v1'], 1]);
  });
});
