import assert from 'node:assert/strict';
import { Cluster } from './server-fixture.ts';

const value = 'aHVudGVyMg==';
const plain = 'hunter2';
const target = { resource: 'secrets', namespace: 'default', name: 'login' };
const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': `{"data":{"password":"${value}"}}` };
const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'login', annotations },
  data: { password: value },
};

describe('the trace of Secrets', () => {
  it('never holds a value, whatever is done', () => {
    const cluster = new Cluster();
    const resourceVersion = String(cluster.etcd.revision);
    cluster.kubectl.watch('secrets', { resourceVersion }, () => undefined);
    cluster.add(secret);
    cluster.kubectl.create(target, { ...secret, stringData: { password: plain } });
    const stored = cluster.kubectl.get(target);
    assert.ok(stored.ok);
    cluster.kubectl.update(target, stored.object);
    cluster.kubectl.patch(target, 'strategic', { metadata: { annotations }, stringData: { more: plain } });
    cluster.kubectl.patch(target, 'json', [{ op: 'add', path: '/data/x', value }]);
    cluster.kubectl.patch(target, 'strategic', { data: { password: `${plain}!` } });
    cluster.kubectl.patch(target, 'merge', plain);
    cluster.kubectl.delete(target);
    cluster.settle();
    const text = JSON.stringify(cluster.kernel.trace);
    assert.ok(text.includes('/registry/secrets/default/login'));
    assert.ok(!text.includes(value) && !text.includes(plain));
  });

  it('shows which keys there are, and leaves what is stored as it is', () => {
    const cluster = new Cluster(secret);
    const [line] = cluster.trace('store').filter(({ resource }) => resource === 'secrets');
    assert.deepEqual((line?.object as { data?: unknown }).data, { password: '<redacted>' });
    const stored = cluster.kubectl.get(target);
    assert.deepEqual(stored.ok && (stored.object as { data?: unknown }).data, { password: value });
  });
});
