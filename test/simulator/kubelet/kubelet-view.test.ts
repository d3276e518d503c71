import assert from 'node:assert/strict';
import type { Node } from '../../../src/api/object.ts';
import { adoptedPod } from '../../../src/simulator/kubelet/index.ts';
import { OneNode, settled, target, userPod } from './one-node.ts';

describe('Pods the kubelet has its own view of', () => {
  it('one that does not fit is refused', () => {
    const node = settled({}, { resources: { requests: { cpu: '8' } } });
    const message = "Node didn't have enough resource: cpu, requested: 8000, used: 0, capacity: 2000";
    assert.deepEqual(node.events(), [`OutOfcpu: ${message}`]);
    assert.equal(node.pod()?.status?.message, `Pod was rejected: ${message}`);
    assert.equal(node.summary(), 'Failed');
  });

  it('one with a field that is not modelled is unknown', () => {
    const node = settled({}, {}, { volumes: [{ name: 'a', nfs: { server: 's', path: '/' } }] });
    const unknown = node.kernel.trace.flatMap((entry) =>
      entry.type === 'unknown' && entry.from === 'kubelet/node1' ? [entry.path] : [],
    );
    assert.deepEqual(unknown, ['spec.volumes[0].nfs']);
  });

  it('one that is active for too long is ended', () => {
    const node = settled({}, {}, { activeDeadlineSeconds: 8 });
    assert.equal(node.summary(), 'Failed; app: Completed 0');
    assert.equal(node.pod()?.status?.reason, 'DeadlineExceeded');
    const event = 'DeadlineExceeded: Pod was active on the node longer than the specified deadline';
    assert.ok(node.events().includes(event));
  });

  it('one that runs already is left as it is, and can be deleted', () => {
    const given = { ...userPod({ nodeName: 'node1' }), metadata: { name: 'myapp', namespace: 'default', uid: 'u' } };
    const { status } = adoptedPod(given);
    const node = new OneNode();
    node.stop();
    const created = node.create('pods', { ...given, metadata: { name: 'myapp', namespace: 'default' } });
    node.admin.update({ ...target, subresource: 'status' }, { ...created, status });
    node.restart();
    const writes = node.kernel.trace.length;
    node.settle();
    assert.equal(node.summary(), 'Running ready; app: running');
    assert.ok(!node.kernel.trace.slice(writes).some((entry) => entry.type === 'store'));
    node.admin.delete(target);
    assert.equal(node.settle().summary(), 'gone');
  });

  it('a replaced image restarts the container', () => {
    const node = settled({}, {});
    const pod = node.pod();
    assert.ok(pod?.spec);
    node.admin.update(target, {
      ...pod,
      spec: { ...pod.spec, containers: pod.spec.containers.map((c) => ({ ...c, image: 'redis' })) },
    });
    node.settle();
    assert.equal(node.summary(), 'Running ready; app: running (1)');
    assert.ok(node.events().includes('Killing app: Container app definition changed, will be restarted'));
  });

  it('images that were pulled are told with the next node status', () => {
    const node = settled({}, {}, {});
    node.run(10_000);
    const response = node.admin.get({ resource: 'nodes', name: 'node1' });
    assert.ok(response.ok);
    const names = (response.object as Node).status?.images?.map((image) => image.names[1]);
    assert.deepEqual(names, ['docker.io/library/nginx:latest']);
  });
});
