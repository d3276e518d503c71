import assert from 'node:assert/strict';
import type { KubeObject, ResourceQuota } from '../../../../src/api/object.ts';
import { resourceQuota } from '../../../../src/simulator/kube-apiserver/admission/resource-quota.ts';
import { outcome } from '../admission-fixture.ts';
import { Cluster, pod, type Manifest } from '../server-fixture.ts';
import { countUsage } from '../../../../src/api/quota/count.ts';
import { amountsOf } from '../../../../src/api/quota/usage.ts';
import { qualifiedName, resourceOfKind, type ApiResource } from '../../../../src/api/resources.ts';

type Amounts = Record<string, string>;
interface Quota {
  readonly hard: Amounts;
  readonly spec?: Manifest;
  /** What its controller counted; what is there unless told. */
  readonly used?: Amounts;
}

const metadata = { name: 'q', namespace: 'default' };

/** A cluster of objects, in which the quota's controller has counted. */
function withQuota({ hard, spec, used }: Quota, ...objects: Manifest[]): Cluster {
  const there = new Cluster(...objects);
  const quota = there.add({ apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard, ...spec } });
  const list = (resource: ApiResource) => there.server.store.reader.list(qualifiedName(resource));
  const counted = used ?? amountsOf(countUsage(quota, list));
  const target = { resource: 'resourcequotas', ...metadata, subresource: 'status' };
  there.kubectl.update(target, { ...quota, status: { hard, used: counted } } as KubeObject);
  return there;
}

/** What is said of the object, or of its update. */
function told(there: Cluster, manifest: Manifest, old?: Manifest): unknown {
  const object = manifest as unknown as KubeObject;
  const resource = resourceOfKind(object.apiVersion, object.kind);
  if (!resource) throw new Error(`no kind ${object.kind}`);
  const request = {
    operation: old ? ('UPDATE' as const) : ('CREATE' as const),
    resource,
    resourceName: qualifiedName(resource),
    subresource: '',
    namespace: 'default',
    object,
    old: old as KubeObject | undefined,
    user: { name: 'kubernetes-admin', groups: [] },
    options: {},
  };
  const { reader, policies, loopback } = there.server.store;
  return outcome(resourceQuota.validate?.(request, { reader, suffix: () => 'xxxxx', policies, loopback }));
}

const sized = (cpu: string, memory = '64Mi') => ({ requests: { cpu, memory }, limits: { cpu, memory } });
const of = (...resources: Manifest[]) => ({
  containers: resources.map((named, i) => ({ name: `c${i}`, image: 'nginx', resources: named })),
});
const service = (type: string, ports = [80, 81].map((port) => ({ name: `p${port}`, port }))) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 's' },
  spec: { type, ports },
});
const claim = (storage: string, storageClassName: string) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'c' },
  spec: { accessModes: ['ReadWriteOnce'], storageClassName, resources: { requests: { storage } } },
});
const config = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });

const exceeded = (subject: string, requested: string, used: string, limited: string) =>
  `${subject} is forbidden: exceeded quota: q, requested: ${requested}, used: ${used}, limited: ${limited}`;
const failed = (what: string) => `pods "a" is forbidden: failed quota: q: must specify ${what}`;

describe('ResourceQuota', () => {
  const compute = { 'requests.cpu': '1', 'limits.cpu': '2', 'limits.memory': '2Gi' };
  const rows: [what: string, quota: Quota, object: Manifest, expected: string | undefined][] = [
    ['what fits', { hard: compute }, pod('a', of(sized('1'))), undefined],
    [
      'containers that do not say how much they take',
      { hard: compute },
      pod('a', { ...of({ limits: { cpu: '1' } }, {}), initContainers: [{ name: 'b', image: 'nginx' }] }),
      failed('limits.cpu for: b,c1; limits.memory for: b,c0,c1; requests.cpu for: b,c0,c1'),
    ],
    [
      'a Pod that says it for all',
      { hard: compute },
      pod('a', { ...of({}), resources: sized('3') }),
      exceeded('pods "a"', 'limits.cpu=3,requests.cpu=3', 'limits.cpu=0,requests.cpu=0', 'limits.cpu=2,requests.cpu=1'),
    ],
    [
      'a sum, with the sandbox',
      { hard: compute },
      pod('a', { ...of(sized('500m'), sized('600m')), overhead: { cpu: '100m' } }),
      exceeded('pods "a"', 'requests.cpu=1200m', 'requests.cpu=0', 'requests.cpu=1'),
    ],
    [
      'an extended resource',
      { hard: { 'requests.example.com/gpu': '1' } },
      pod('a', of({ requests: { 'example.com/gpu': '2' } })),
      exceeded('pods "a"', 'requests.example.com/gpu=2', 'requests.example.com/gpu=0', 'requests.example.com/gpu=1'),
    ],
    ['another kind', { hard: { configmaps: '0', 'count/jobs.batch': '0' } }, pod('a'), undefined],
    [
      'node ports',
      { hard: { services: '5', 'services.nodeports': '1' } },
      service('NodePort'),
      exceeded('services "s"', 'services.nodeports=2', 'services.nodeports=0', 'services.nodeports=1'),
    ],
    [
      'no node ports',
      { hard: { 'services.nodeports': '0', 'services.loadbalancers': '0' } },
      service('ClusterIP'),
      undefined,
    ],
    [
      'load balancers',
      { hard: { 'services.loadbalancers': '0' } },
      service('LoadBalancer'),
      exceeded('services "s"', 'services.loadbalancers=1', 'services.loadbalancers=0', 'services.loadbalancers=0'),
    ],
    [
      'storage of a class',
      { hard: { 'fast.storageclass.storage.k8s.io/requests.storage': '1Gi', 'requests.storage': '9Gi' } },
      claim('8Gi', 'fast'),
      exceeded(
        'persistentvolumeclaims "c"',
        ...(['8Gi', '0', '1Gi'].map((size) => `fast.storageclass.storage.k8s.io/requests.storage=${size}`) as [
          string,
          string,
          string,
        ]),
      ),
    ],
    [
      'storage of another class',
      { hard: { 'fast.storageclass.storage.k8s.io/requests.storage': '1Gi' } },
      claim('8Gi', 'slow'),
      undefined,
    ],
  ];
  for (const [what, quota, object, expected] of rows) {
    it(`judges ${what}`, () => assert.equal(told(withQuota(quota), object), expected));
  }

  const none = exceeded('pods "a"', 'pods=1', 'pods=0', 'pods=0');
  const classes = (operator: string, values?: string[]) => ({
    scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator, ...(values && { values }) }] },
  });
  const important = pod('a', { priorityClassName: 'important' });
  const others = {
    affinity: {
      podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ namespaces: ['b'], topologyKey: 'c' }] },
    },
  };
  const scopes: [scope: Manifest, object: Manifest, matches: boolean][] = [
    [{ scopes: ['BestEffort'] }, pod('a'), true],
    [{ scopes: ['BestEffort'] }, pod('a', of(sized('1'))), false],
    [{ scopes: ['NotBestEffort'] }, pod('a', of(sized('1'))), true],
    [{ scopes: ['Terminating'] }, pod('a', { activeDeadlineSeconds: 5 }), true],
    [{ scopes: ['NotTerminating'] }, pod('a', { activeDeadlineSeconds: 5 }), false],
    [{ scopes: ['BestEffort', 'Terminating'] }, pod('a'), false],
    [{ scopes: ['CrossNamespacePodAffinity'] }, pod('a', others), true],
    [{ scopes: ['CrossNamespacePodAffinity'] }, pod('a'), false],
    [classes('In', ['important']), important, true],
    [classes('In', ['important']), pod('a'), false],
    [classes('NotIn', ['important']), pod('a'), true],
    [classes('NotIn', ['important']), important, false],
    [classes('Exists'), pod('a'), false],
    [classes('DoesNotExist'), pod('a'), true],
  ];
  for (const [spec, object, matches] of scopes) {
    it(`${matches ? 'counts' : 'leaves out'} ${JSON.stringify(object['spec'])} with ${JSON.stringify(spec)}`, () =>
      assert.equal(told(withQuota({ hard: { pods: '0' }, spec }), object), matches ? none : undefined));
  }

  it('goes by what is counted as used, and adds to it what is admitted', () => {
    const there = withQuota({ hard: { pods: '1', configmaps: '1', 'count/configmaps': '2' } }, config('one'));
    assert.equal(
      told(there, config('two')),
      exceeded('configmaps "two"', 'configmaps=1', 'configmaps=1', 'configmaps=1'),
    );
    there.add(pod('first'));
    const { status } = there.server.store.reader.get<ResourceQuota>('resourcequotas', 'default', 'q') ?? {};
    assert.deepEqual(status?.used, { configmaps: '1', 'count/configmaps': '1', pods: '1' });
    assert.equal(told(there, pod('a')), exceeded('pods "a"', 'pods=1', 'pods=1', 'pods=1'));
  });

  it('adds nothing for a dry run', () => {
    const there = withQuota({ hard: { pods: '1' } });
    const answer = there.kubectl.create({ resource: 'pods', namespace: 'default' }, pod('a') as unknown as KubeObject, {
      dryRun: true,
    });
    assert.ok(answer.ok);
    assert.equal(told(there, pod('b')), undefined);
  });

  it('asks of an update only what it adds', () => {
    const before = service('ClusterIP');
    const there = withQuota({ hard: { services: '1', 'services.nodeports': '1' } }, before);
    assert.equal(told(there, before, before), undefined);
    assert.equal(
      told(there, service('NodePort'), before),
      exceeded('services "s"', 'services.nodeports=2', 'services.nodeports=0', 'services.nodeports=1'),
    );
  });

  it('does not know what a quota holds that was not counted, in whole or in part', () => {
    const there = new Cluster({ apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard: { pods: '1' } } });
    const uncounted = 'ResourceQuota q of the namespace has not been counted by its controller';
    assert.equal(told(there, pod('a')), uncounted);
    assert.equal(
      told(withQuota({ hard: { pods: '2', 'requests.cpu': '1' }, used: { pods: '0' } }), pod('a', of(sized('1')))),
      uncounted,
    );
    assert.equal(told(there, config('two')), undefined);
  });
});
