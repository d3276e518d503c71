import assert from 'node:assert/strict';
import type { ConfigMap, Deployment, EndpointSlice, KubeObject, Node, Pod } from '../../../src/api/object.ts';
import { Cluster, message, pod } from './server-fixture.ts';

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] } };
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { replicas: 2, selector: { matchLabels: { app: 'web' } }, template },
};
const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { a: '1' } };
const inDefault = (resource: string, name: string) => ({ resource, namespace: 'default', name });

describe('update', () => {
  it('replaces an object, and refuses one made from an older version', () => {
    const cluster = new Cluster();
    const stored = cluster.add<ConfigMap>(settings);
    const target = inDefault('configmaps', 'settings');
    const second = cluster.kubectl.update<ConfigMap>(target, { ...stored, data: { a: '2' } });
    assert.deepEqual([second.code, second.ok && second.object.data], [200, { a: '2' }]);
    const late = cluster.kubectl.update<ConfigMap>(target, { ...stored, data: { a: '3' } });
    assert.deepEqual(
      [late.code, message(late)],
      [
        409,
        'Operation cannot be fulfilled on configmaps "settings": the object has been modified; ' +
          'please apply your changes to the latest version and try again',
      ],
    );
  });

  it('takes an object without resourceVersion over whatever there is', () => {
    const cluster = new Cluster(settings);
    const blind = { ...settings, data: { a: '2' } } as ConfigMap;
    const response = cluster.kubectl.update<ConfigMap>(inDefault('configmaps', 'settings'), blind);
    assert.deepEqual(response.ok && response.object.data, { a: '2' });
  });

  it('writes nothing where nothing changes', () => {
    const cluster = new Cluster();
    const stored = cluster.add<ConfigMap>(settings);
    const before = cluster.etcd.revision;
    const response = cluster.kubectl.update(inDefault('configmaps', 'settings'), stored);
    assert.equal(response.code, 200);
    assert.equal(cluster.etcd.revision, before);
  });

  it('answers 404 for what is not there, 400 for a name that is not the one in the path', () => {
    const cluster = new Cluster(settings);
    const other = { ...settings, metadata: { name: 'other' } } as ConfigMap;
    const missing = cluster.kubectl.update(inDefault('configmaps', 'other'), other);
    assert.deepEqual([missing.code, message(missing)], [404, 'configmaps "other" not found']);
    const wrong = cluster.kubectl.update(inDefault('configmaps', 'settings'), other);
    assert.equal(message(wrong), 'the name of the object (other) does not match the name on the URL (settings)');
    const nameless = cluster.kubectl.patch(inDefault('configmaps', 'settings'), 'merge', { metadata: { name: null } });
    assert.deepEqual(
      [nameless.code, message(nameless)],
      [400, 'the name of the object (settings based on URL) was undeterminable: name must be provided'],
    );
  });

  it('keeps what the server set', () => {
    const cluster = new Cluster();
    const stored = cluster.add<ConfigMap>(settings);
    const metadata = { name: 'settings', namespace: 'default', creationTimestamp: '2001-01-01T00:00:00Z' };
    const response = cluster.kubectl.update<ConfigMap>(inDefault('configmaps', 'settings'), { ...stored, metadata });
    const { uid, creationTimestamp } = response.ok ? response.object.metadata : {};
    assert.deepEqual([uid, creationTimestamp], [stored.metadata.uid, stored.metadata.creationTimestamp]);
  });

  it('counts the generation of a Deployment up with its spec and its annotations, not with its status', () => {
    const cluster = new Cluster(deployment);
    const target = inDefault('deployments.apps', 'web');
    const generation = (patch: unknown, subresource = '') => {
      const response = cluster.kubectl.patch<Deployment>({ ...target, subresource }, 'strategic', patch);
      return response.ok && response.object.metadata.generation;
    };
    assert.equal(generation({ spec: { replicas: 3 } }), 2);
    assert.equal(generation({ metadata: { annotations: { a: 'b' } } }), 3);
    assert.equal(generation({ metadata: { labels: { a: 'b' } } }), 3);
    assert.equal(generation({ status: { replicas: 3 } }, 'status'), 3);
  });

  it('changes a status through its subresource alone, and nothing but the status there', () => {
    const cluster = new Cluster(deployment);
    const target = inDefault('deployments.apps', 'web');
    const patch = { metadata: { labels: { a: 'b' } }, spec: { replicas: 9 }, status: { replicas: 9 } };
    const main = cluster.kubectl.patch<Deployment>(target, 'strategic', { status: { replicas: 9 } });
    assert.deepEqual(main.ok && main.object.status, {});
    const status = cluster.kubectl.patch<Deployment>({ ...target, subresource: 'status' }, 'strategic', patch);
    assert.ok(status.ok);
    const { metadata, spec, status: after } = status.object;
    assert.deepEqual([metadata.labels, spec?.replicas, after], [undefined, 2, { replicas: 9 }]);
  });

  it('keeps the quality-of-service class and observed generations that a kubelet leaves out', () => {
    const cluster = new Cluster(pod('myapp'));
    const kubelet = cluster.server.connect('kubelet/node1');
    const target = { ...inDefault('pods', 'myapp'), subresource: 'status' };
    const ready = (status: string, more = {}) => ({ conditions: [{ type: 'Ready', status, ...more }] });
    kubelet.patch<Pod>(target, 'strategic', { status: { ...ready('False', { observedGeneration: 1 }) } });
    const response = kubelet.patch<Pod>(target, 'merge', { status: { qosClass: null, ...ready('True') } });
    assert.ok(response.ok);
    const { qosClass, conditions } = response.object.status ?? {};
    assert.equal(qosClass, 'BestEffort');
    assert.deepEqual(conditions, [{ type: 'Ready', status: 'True', observedGeneration: 1 }]);
  });

  it('counts the generation of an EndpointSlice up with its content and its labels', () => {
    const slice = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata: { name: 'web-x' } };
    const cluster = new Cluster({ ...slice, addressType: 'IPv4', endpoints: [] });
    const target = inDefault('endpointslices.discovery.k8s.io', 'web-x');
    const generation = (patch: unknown) => {
      const response = cluster.kubectl.patch<EndpointSlice>(target, 'merge', patch);
      return response.ok && response.object.metadata.generation;
    };
    assert.equal(generation({ endpoints: [{ addresses: ['10.244.0.2'] }] }), 2);
    assert.equal(generation({ metadata: { annotations: { a: 'b' } } }), 2);
    assert.equal(generation({ metadata: { labels: { a: 'b' } } }), 3);
  });

  it('lets an object go whose last finalizer an update takes away', () => {
    const held = { ...settings, metadata: { name: 'settings', finalizers: ['example.com/hold'] } };
    const cluster = new Cluster(held);
    cluster.kubectl.delete(inDefault('configmaps', 'settings'));
    const patch = { metadata: { finalizers: null } };
    assert.equal(cluster.kubectl.patch(inDefault('configmaps', 'settings'), 'merge', patch).code, 200);
    assert.equal(cluster.kubectl.get(inDefault('configmaps', 'settings')).code, 404);
  });

  it('refuses an object that is another one of the same name', () => {
    const cluster = new Cluster(settings);
    const other = { ...settings, metadata: { name: 'settings', uid: 'x' } } as KubeObject;
    assert.match(message(cluster.kubectl.update(inDefault('configmaps', 'settings'), other)), /UID in precondition: x/);
  });
});

describe('patch', () => {
  it('merges lists by their keys, or replaces them', () => {
    const cluster = new Cluster(pod('myapp'));
    const target = inDefault('pods', 'myapp');
    const image = { spec: { containers: [{ name: 'app', image: 'nginx:1.28' }] } };
    const response = cluster.kubectl.patch<Pod>(target, 'strategic', image);
    assert.ok(response.ok);
    const [container] = response.object.spec?.containers ?? [];
    assert.deepEqual([container?.image, container?.imagePullPolicy], ['nginx:1.28', 'Always']);
    assert.equal(response.object.metadata.generation, 2);
  });

  it('applies JSON patches, or nothing of them', () => {
    const cluster = new Cluster(settings);
    const target = inDefault('configmaps', 'settings');
    const steps = [
      { op: 'test', path: '/data/a', value: '1' },
      { op: 'add', path: '/metadata/annotations', value: {} },
      { op: 'add', path: '/metadata/annotations/example.com~1a', value: 'x' },
      { op: 'copy', from: '/data/a', path: '/data/d' },
      { op: 'move', from: '/data/d', path: '/data/e' },
      { op: 'remove', path: '/data/a' },
    ];
    const good = cluster.kubectl.patch<ConfigMap>(target, 'json', steps);
    assert.ok(good.ok);
    assert.deepEqual([good.object.data, good.object.metadata.annotations], [{ e: '1' }, { 'example.com/a': 'x' }]);
    const bad = cluster.kubectl.patch(target, 'json', [{ op: 'remove', path: '/data/none' }]);
    assert.deepEqual([bad.code, message(bad)], [422, 'the server rejected our request due to an error in our request']);
    assert.equal(cluster.kubectl.patch(target, 'json', { op: 'remove' }).code, 422);
  });

  it('leaves no empty list where the last item was taken out', () => {
    const cluster = new Cluster(pod('myapp', { schedulingGates: [{ name: 'example.com/wait' }] }));
    const steps = [{ op: 'remove', path: '/spec/schedulingGates/0' }];
    const response = cluster.kubectl.patch<Pod>(inDefault('pods', 'myapp'), 'json', steps);
    assert.ok(response.ok);
    assert.equal(response.object.spec?.schedulingGates, undefined);
  });

  it('answers as the real server does when the result is no object of its kind', () => {
    const cluster = new Cluster(pod('myapp'));
    const patch = { spec: { overhead: { cpu: '1 Gi' } } };
    const response = cluster.kubectl.patch(inDefault('pods', 'myapp'), 'strategic', patch);
    assert.deepEqual(
      [response.code, message(response)],
      [
        422,
        ' "" is invalid: patch: Invalid value: "map[spec:map[overhead:map[cpu:1 Gi]]]": ' +
          "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
      ],
    );
  });

  it('tells of bytes in a patch that they were read as JSON', () => {
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } };
    const cluster = new Cluster(map);
    const patch = { binaryData: { blob: 'YQ=' } };
    const response = cluster.kubectl.patch(inDefault('configmaps', 'settings'), 'strategic', patch);
    assert.equal(
      message(response),
      ' "" is invalid: patch: Invalid value: "map[binaryData:map[blob:YQ=]]": ' +
        'error decoding from json: illegal base64 data at input byte 3',
    );
  });

  it('sets the replicas of a workload through its scale', () => {
    const cluster = new Cluster(deployment);
    const target = { ...inDefault('deployments.apps', 'web'), subresource: 'scale' };
    const scaled = cluster.kubectl.patch(target, 'merge', { spec: { replicas: 5 } });
    assert.equal(scaled.ok && scaled.object.kind, 'Scale');
    const after = cluster.kubectl.get<Deployment>(inDefault('deployments.apps', 'web'));
    assert.deepEqual(after.ok && [after.object.spec?.replicas, after.object.metadata.generation], [5, 2]);
    const scale = cluster.kubectl.get(target);
    assert.deepEqual(scale.ok && (scale.object as unknown as { spec: unknown }).spec, { replicas: 5 });
  });

  it('says so where a subresource is not modelled', () => {
    const cluster = new Cluster(pod('myapp'));
    const target = { ...inDefault('pods', 'myapp'), subresource: 'resize' };
    assert.equal(cluster.kubectl.patch(target, 'merge', {}).code, 404);
    assert.ok(cluster.unknown().includes('the subresource resize is not modelled'));
  });

  it('changes a Node without touching its status', () => {
    const cluster = new Cluster({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } });
    const target = { resource: 'nodes', name: 'n' };
    const patch = { spec: { unschedulable: true }, status: { capacity: { cpu: '9' } } };
    const response = cluster.kubectl.patch<Node>(target, 'strategic', patch);
    assert.ok(response.ok);
    assert.deepEqual([response.object.spec?.unschedulable, response.object.status?.capacity], [true, undefined]);
  });
});
