import assert from 'node:assert/strict';
import type { ConfigMap, Job, Namespace, Pod } from '../../../src/api/object.ts';
import { Cluster, message, pod } from './server-fixture.ts';

const myapp = { resource: 'pods', namespace: 'default', name: 'myapp' };

/** The changes of the object's key in etcd, and what of its deletion they show. */
function writes(cluster: Cluster, key: string): string[] {
  return cluster
    .trace('store')
    .filter((entry) => entry.key === key)
    .map(({ change, object: { metadata } }) => {
      const { generation, deletionTimestamp, deletionGracePeriodSeconds } = metadata;
      return [change, generation, deletionTimestamp, deletionGracePeriodSeconds].join(' ').trim();
    });
}

describe('delete', () => {
  it('marks a Pod that nobody runs, and removes it at once', () => {
    const cluster = new Cluster(pod('myapp'));
    assert.equal(cluster.kubectl.delete(myapp).code, 200);
    assert.deepEqual(writes(cluster, '/registry/pods/default/myapp'), [
      'ADDED 1',
      'MODIFIED 2 2026-01-01T00:00:00Z 0',
      'DELETED 2 2026-01-01T00:00:00Z 0',
    ]);
  });

  it('gives a Pod on a node its grace period, until its kubelet lets go', () => {
    const cluster = new Cluster(pod('myapp', { nodeName: 'node1' }));
    cluster.kubectl.delete(myapp);
    assert.equal(cluster.kubectl.delete(myapp).code, 200);
    const kubelet = cluster.server.connect('kubelet/node1');
    kubelet.delete(myapp, { gracePeriodSeconds: 0 });
    assert.deepEqual(writes(cluster, '/registry/pods/default/myapp'), [
      'ADDED 1',
      'MODIFIED 2 2026-01-01T00:00:30Z 30',
      'MODIFIED 2 2026-01-01T00:00:00Z 0',
      'DELETED 2 2026-01-01T00:00:00Z 0',
    ]);
  });

  it('shortens a grace period that is running, but does not lengthen it', () => {
    const cluster = new Cluster(pod('myapp', { nodeName: 'node1' }));
    const left = (gracePeriodSeconds: number) => {
      const response = cluster.kubectl.delete<Pod>(myapp, { gracePeriodSeconds });
      return response.ok && response.object.metadata.deletionTimestamp;
    };
    assert.equal(left(20), '2026-01-01T00:00:20Z');
    assert.equal(left(25), '2026-01-01T00:00:20Z');
    assert.equal(left(5), '2026-01-01T00:00:05Z');
  });

  it('keeps what a finalizer holds, marked', () => {
    const metadata = { name: 'c', finalizers: ['example.com/hold'] };
    const cluster = new Cluster({ apiVersion: 'v1', kind: 'ConfigMap', metadata });
    const response = cluster.kubectl.delete<ConfigMap>({ resource: 'configmaps', namespace: 'default', name: 'c' });
    const { deletionTimestamp, deletionGracePeriodSeconds } = response.ok ? response.object.metadata : {};
    assert.deepEqual([deletionTimestamp, deletionGracePeriodSeconds], ['2026-01-01T00:00:00Z', 0]);
    assert.equal(cluster.kubectl.get({ resource: 'configmaps', namespace: 'default', name: 'c' }).code, 200);
  });

  it('asks the garbage collector by finalizers', () => {
    const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'b' }] } };
    const job = (name: string) => ({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: { template } });
    const cluster = new Cluster(job('a'), job('b'), job('c'));
    const finalizers = (name: string, options: Parameters<typeof cluster.kubectl.delete>[1]) => {
      const response = cluster.kubectl.delete<Job>({ resource: 'jobs.batch', namespace: 'default', name }, options);
      return response.ok && response.object.metadata.finalizers;
    };
    assert.deepEqual(finalizers('a', { propagationPolicy: 'Foreground' }), ['foregroundDeletion']);
    assert.deepEqual(finalizers('b', {}), ['orphan']);
    assert.deepEqual(finalizers('c', { propagationPolicy: 'Background' }), undefined);
    assert.equal(cluster.kubectl.get({ resource: 'jobs.batch', namespace: 'default', name: 'c' }).code, 404);
  });

  it('ends a namespace when its content is gone', () => {
    const cluster = new Cluster({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
    const shop = { resource: 'namespaces', name: 'shop' };
    const response = cluster.kubectl.delete<Namespace>(shop);
    assert.ok(response.ok);
    assert.deepEqual(response.object.status, { phase: 'Terminating' });
    const refused = cluster.create(pod('late', {}, { namespace: 'shop' }));
    assert.deepEqual(
      [refused.code, message(refused)],
      [403, 'pods "late" is forbidden: unable to create new content in namespace shop because it is being terminated'],
    );
    assert.equal(cluster.kubectl.delete(shop).code, 200);
    const controller = cluster.server.connect('kube-controller-manager/namespace-controller');
    controller.update<Namespace>({ ...shop, subresource: 'finalize' }, { ...response.object, spec: {} });
    assert.equal(cluster.kubectl.get(shop).code, 404);
  });

  it('refuses to delete the namespaces that stay, what is not there, and another object of the name', () => {
    const cluster = new Cluster(pod('myapp'));
    const namespace = cluster.kubectl.delete({ resource: 'namespaces', name: 'default' });
    assert.deepEqual(
      [namespace.code, message(namespace)],
      [403, 'namespaces "default" is forbidden: this namespace may not be deleted'],
    );
    assert.equal(message(cluster.kubectl.delete({ ...myapp, name: 'x' })), 'pods "x" not found');
    assert.equal(cluster.kubectl.delete(myapp, { uid: 'another' }).code, 409);
  });

  it('says of a name that is taken by an object on its way out that it is', () => {
    const cluster = new Cluster(pod('myapp', { nodeName: 'node1' }));
    cluster.kubectl.delete(myapp);
    assert.equal(message(cluster.create(pod('myapp'))), 'object is being deleted: pods "myapp" already exists');
  });
});
