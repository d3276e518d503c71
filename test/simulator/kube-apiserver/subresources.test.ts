import assert from 'node:assert/strict';
import type { KubeObject, Pod } from '../../../src/api/object.ts';
import type { ApiResponse } from '../../../src/simulator/client/client.ts';
import { Cluster, message, pod } from './server-fixture.ts';

const target = { resource: 'pods', namespace: 'default', name: 'myapp' };

function bind(cluster: Cluster, metadata: object = {}): ApiResponse<KubeObject> {
  const binding = {
    apiVersion: 'v1',
    kind: 'Binding',
    metadata: { name: 'myapp', ...metadata },
    target: { kind: 'Node', name: 'node1' },
  };
  return cluster.server.connect('kube-scheduler').create({ ...target, subresource: 'binding' }, binding);
}

function stored(cluster: Cluster): Pod {
  const response = cluster.kubectl.get<Pod>(target);
  assert.ok(response.ok);
  return response.object;
}

describe('pods/binding', () => {
  it('gives a Pod its node and says that it is scheduled, without a new generation', () => {
    const cluster = new Cluster(pod('myapp'));
    const response = bind(cluster, { annotations: { a: 'b' } });
    assert.deepEqual(response, {
      ok: true,
      code: 201,
      object: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' },
      warnings: [],
    });
    const { metadata, spec, status } = stored(cluster);
    assert.deepEqual([spec?.nodeName, metadata.generation, metadata.annotations], ['node1', 1, { a: 'b' }]);
    const time = { lastProbeTime: null, lastTransitionTime: '2026-01-01T00:00:00Z' };
    assert.deepEqual(status?.conditions, [{ type: 'PodScheduled', status: 'True', ...time }]);
  });

  it('takes the place of what was said before', () => {
    const cluster = new Cluster(pod('myapp'));
    const condition = {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message: 'no',
      observedGeneration: 1,
    };
    const scheduler = cluster.server.connect('kube-scheduler');
    scheduler.patch({ ...target, subresource: 'status' }, 'strategic', { status: { conditions: [condition] } });
    bind(cluster);
    const [after] = stored(cluster).status?.conditions ?? [];
    assert.deepEqual(Object.keys(after ?? {}).sort(), ['lastProbeTime', 'lastTransitionTime', 'status', 'type']);
  });

  const refusals: [why: string, prepare: (cluster: Cluster) => void, text: string][] = [
    ['is missing', (cluster) => cluster.kubectl.delete(target), 'pods "myapp" not found'],
    [
      'has a node',
      (cluster) => bind(cluster),
      'Operation cannot be fulfilled on pods/binding "myapp": pod myapp is already assigned to node "node1"',
    ],
  ];
  for (const [why, prepare, text] of refusals) {
    it(`is refused where the Pod ${why}`, () => {
      const cluster = new Cluster(pod('myapp'));
      prepare(cluster);
      assert.equal(message(bind(cluster)), text);
    });
  }

  it('is refused while the Pod is gated, and a gated Pod says so from the start', () => {
    const cluster = new Cluster(pod('myapp', { schedulingGates: [{ name: 'example.com/wait' }] }));
    const [condition] = stored(cluster).status?.conditions ?? [];
    assert.deepEqual(
      [condition?.reason, condition?.message],
      ['SchedulingGated', 'Scheduling is blocked due to non-empty scheduling gates'],
    );
    assert.match(message(bind(cluster)), /pod myapp has non-empty \.spec\.schedulingGates$/);
  });
});

describe('pods/eviction', () => {
  const evict = (cluster: Cluster) => {
    const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'myapp' } };
    return cluster.kubectl.create({ ...target, subresource: 'eviction' }, body);
  };

  it('notes why, and deletes', () => {
    const cluster = new Cluster(pod('myapp', { nodeName: 'node1' }));
    assert.equal(evict(cluster).code, 201);
    const { metadata, status } = stored(cluster);
    assert.equal(metadata.deletionGracePeriodSeconds, 30);
    const [condition] = status?.conditions ?? [];
    assert.deepEqual(
      [condition?.type, condition?.reason, condition?.message],
      ['DisruptionTarget', 'EvictionByEvictionAPI', 'Eviction API: evicting'],
    );
  });
});

describe('serviceaccounts/token', () => {
  it('gives a placeholder with the time asked for', () => {
    const cluster = new Cluster();
    const kubelet = cluster.server.connect('kubelet/node1');
    const body = {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      metadata: {},
      spec: { audiences: [], expirationSeconds: 3607 },
    };
    const account = { resource: 'serviceaccounts', namespace: 'default', name: 'default', subresource: 'token' };
    const response = kubelet.create(account, body);
    assert.deepEqual(
      [response.code, response.ok && (response.object as unknown as { status: unknown }).status],
      [201, { token: '<token>', expirationTimestamp: '2026-01-01T01:00:07Z' }],
    );
    assert.equal(message(kubelet.create({ ...account, name: 'x' }, body)), 'serviceaccounts "x" not found');
  });
});
