// A ReplicaSet has as many Pods as it asks for.
import assert from 'node:assert/strict';
import type { Pod, ReplicaSet, ReplicationController } from '../../../src/api/object.ts';
import { World } from './world.ts';

const web = (replicas: number, more = '') => `
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web}
spec:
  replicas: ${replicas}
  ${more}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}, annotations: {note: here}}
    spec: {containers: [{name: web, image: nginx}]}
`;

const status = (world: World) => world.get<ReplicaSet>('replicasets.apps', 'web')?.status;
const names = (world: World) => world.list<Pod>('pods').map(({ metadata }) => metadata.name ?? '');

describe('replicaset-controller', () => {
  it('makes Pods from the template and counts them', () => {
    const world = new World().create(web(2)).run(100);
    const [pod] = world.list<Pod>('pods');
    assert.match(pod?.metadata.name ?? '', /^web-[a-z0-9]{5}$/);
    assert.deepEqual(pod?.metadata.annotations, { note: 'here' });
    assert.equal(pod?.metadata.ownerReferences?.[0]?.name, 'web');
    const counts = { replicas: 2, fullyLabeledReplicas: 2, terminatingReplicas: 0, observedGeneration: 1 };
    assert.deepEqual(status(world), counts);
    assert.deepEqual(status(world.startPods().run(100)), { ...counts, readyReplicas: 2, availableReplicas: 2 });
    assert.equal(world.events().filter((event) => event.includes('SuccessfulCreate ReplicaSet/web')).length, 2);
  });

  it('replaces a Pod that is deleted, at once', () => {
    const world = new World().create(web(1)).run(100).startPods().run(100);
    const [first = ''] = names(world);
    world.user.delete({ resource: 'pods', namespace: 'default', name: first });
    world.run(100);
    assert.equal(names(world).length, 2);
    assert.equal(status(world)?.terminatingReplicas, 1);
    world.endPods().run(100);
    assert.equal(names(world).length, 1);
    assert.notEqual(names(world)[0], first);
  });

  it('does not count Pods that have ended', () => {
    const world = new World().create(web(1)).run(100);
    const [first = ''] = names(world);
    world.change<Pod>('pods', first, (pod) => ({ ...pod, status: { ...pod.status, phase: 'Failed' } }), 'status');
    assert.equal(names(world.run(100)).length, 2);
  });

  it('gives up Pods that are not ready first', () => {
    const world = new World().create(web(3)).run(100);
    const [, second = ''] = names(world);
    world.startPods(({ metadata }) => metadata.name === second).run(100);
    world.change<ReplicaSet>('replicasets.apps', 'web', (object) => ({
      ...object,
      spec: { ...object.spec, selector: object.spec?.selector ?? {}, replicas: 1 },
    }));
    world.run(100);
    const left = world.list<Pod>('pods').filter(({ metadata }) => !metadata.deletionTimestamp);
    assert.deepEqual(
      left.map(({ metadata }) => metadata.name),
      [second],
    );
  });

  it('is available only after minReadySeconds', () => {
    const world = new World().create(web(1, 'minReadySeconds: 5')).run(100).startPods().run(4000);
    assert.equal(status(world)?.availableReplicas, undefined);
    assert.equal(status(world.run(4000))?.availableReplicas, 1);
  });

  it('says what it failed at, tries again later each time, and takes it back', () => {
    const world = new World().create(web(1).replace('spec: {', 'spec: {serviceAccountName: robot, ')).run(1000);
    const message =
      'pods "web-" is forbidden: error looking up service account default/robot: serviceaccount "robot" not found';
    assert.deepEqual(world.events(), [`Warning FailedCreate ReplicaSet/web: Error creating: ${message}`]);
    const [condition] = status(world)?.conditions ?? [];
    assert.deepEqual(
      [condition?.type, condition?.reason, condition?.message],
      ['ReplicaFailure', 'FailedCreate', message],
    );
    const attempts = world.trace.filter((entry) => entry.type === 'response' && entry.code === 403);
    // 5, 10, 20 … 320 ms after each other.
    assert.equal(attempts.length, 8);
    world.create('{apiVersion: v1, kind: ServiceAccount, metadata: {name: robot}}').run(3000);
    assert.equal(names(world).length, 1);
    assert.equal(status(world)?.conditions, undefined);
  });

  it('hears of the refusals of a batch first', () => {
    const quota = '{apiVersion: v1, kind: ResourceQuota, metadata: {name: q}, spec: {hard: {pods: "2"}}}';
    const world = new World().create(quota).run(100).create(web(3)).run(20);
    const reasons = world.events().map((text) => text.split(' ')[1]);
    assert.deepEqual(reasons.slice(0, 3), ['SuccessfulCreate', 'FailedCreate', 'SuccessfulCreate']);
  });

  it('adopts a Pod without an owner that it selects, and lets go of one that it no longer does', () => {
    const world = new World();
    world.create(`
apiVersion: v1
kind: Pod
metadata: {name: stray, labels: {app: web}}
spec: {containers: [{name: web, image: nginx}]}
`);
    world.run(100).create(web(1)).run(100);
    const owner = () => world.get<Pod>('pods', 'stray')?.metadata.ownerReferences?.[0]?.name;
    assert.deepEqual([owner(), names(world)], ['web', ['stray']]);
    world.change<Pod>('pods', 'stray', (pod) => ({ ...pod, metadata: { ...pod.metadata, labels: { app: 'other' } } }));
    world.run(100);
    assert.equal(owner(), undefined);
    assert.equal(names(world).length, 2);
  });
});

describe('replication-controller', () => {
  const controller = (replicas: number) => `
apiVersion: v1
kind: ReplicationController
metadata: {name: web}
spec:
  replicas: ${replicas}
  selector: {app: web}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx}]}
`;
  const statusOf = (world: World) => world.get<ReplicationController>('replicationcontrollers', 'web')?.status;

  it('makes Pods as the one of ReplicaSets does, and does not count those on their way out', () => {
    const world = new World().create(controller(2)).run(100);
    const [pod] = world.list<Pod>('pods');
    assert.match(pod?.metadata.name ?? '', /^web-[a-z0-9]{5}$/);
    const { apiVersion, kind } = pod?.metadata.ownerReferences?.[0] ?? {};
    assert.deepEqual([apiVersion, kind], ['v1', 'ReplicationController']);
    const counts = { replicas: 2, fullyLabeledReplicas: 2, observedGeneration: 1 };
    assert.deepEqual(statusOf(world), counts);
    assert.deepEqual(statusOf(world.startPods().run(100)), { ...counts, readyReplicas: 2, availableReplicas: 2 });
    assert.equal(
      world.events().filter((event) => event.includes('SuccessfulCreate ReplicationController/web')).length,
      2,
    );
    assert.deepEqual(world.unknown(), []);
  });

  it('is scaled, replaces what is deleted, and adopts what its labels mean', () => {
    const stray =
      '{apiVersion: v1, kind: Pod, metadata: {name: stray, labels: {app: web}}, spec: {containers: [{name: a, image: a}]}}';
    const world = new World().create(stray).run(100).create(controller(2)).run(100).startPods().run(100);
    assert.equal(names(world).length, 2);
    assert.ok(names(world).includes('stray'));
    world.user.delete({ resource: 'pods', namespace: 'default', name: 'stray' });
    assert.equal(names(world.run(100)).length, 3);
    world.endPods().run(100);
    const scale = { resource: 'replicationcontrollers', namespace: 'default', name: 'web', subresource: 'scale' };
    const answer = world.user.patch(scale, 'merge', { spec: { replicas: 1 } });
    assert.equal(answer.ok && (answer.object as { status?: { selector?: string } }).status?.selector, 'app=web');
    world.run(100).endPods().run(100);
    assert.equal(names(world).length, 1);
  });
});
