import { deepEqual, equal } from 'node:assert/strict';
import type { ControllerRevision, PersistentVolumeClaim, Pod, StatefulSet } from '../../../src/api/object.ts';
import { objectsOf, World } from './world.ts';

const claims =
  'volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]';

const set = (rest = '', image = 'nginx:1') =>
  `{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db}, spec: {serviceName: db, replicas: 2, selector: {matchLabels: {app: db}},` +
  ` template: {metadata: {labels: {app: db}}, spec: {containers: [{name: c, image: "${image}"}]}}, ${rest}}}`;

const change = (world: World, spec: Partial<NonNullable<StatefulSet['spec']>>) =>
  world.change<StatefulSet>('statefulsets.apps', 'db', (found) => ({
    ...found,
    spec: { ...(found.spec as NonNullable<StatefulSet['spec']>), ...spec },
  }));

const withImage = (world: World, image: string) => {
  const { template } = world.get<StatefulSet>('statefulsets.apps', 'db')?.spec ?? {};
  return change(world, { template: { ...template, spec: { containers: [{ name: 'c', image }] } } });
};

/** `db-0 nginx:1`, with `leaving` for those that are on their way out. */
const pods = (world: World) =>
  world
    .list<Pod>('pods')
    .map(({ metadata, spec }) =>
      [metadata.name, spec?.containers[0]?.image, metadata.deletionTimestamp && 'leaving'].filter(Boolean).join(' '),
    );

const status = (world: World) => world.get<StatefulSet>('statefulsets.apps', 'db')?.status;

describe('statefulset-controller', () => {
  it('makes one Pod after the other, each when the one before is ready', () => {
    const world = new World().create(set()).run(100);
    deepEqual(pods(world), ['db-0 nginx:1']);
    deepEqual(pods(world.startPods().run(100)), ['db-0 nginx:1', 'db-1 nginx:1']);
    const revision = status(world)?.updateRevision;
    deepEqual(world.startPods().run(100) && status(world), {
      observedGeneration: 1,
      replicas: 2,
      readyReplicas: 2,
      currentReplicas: 2,
      updatedReplicas: 2,
      currentRevision: revision,
      updateRevision: revision,
      collisionCount: 0,
      availableReplicas: 2,
    });
    deepEqual(world.events(), [
      'Normal SuccessfulCreate StatefulSet/db: Create Pod db-0 in StatefulSet db successful',
      'Normal SuccessfulCreate StatefulSet/db: Create Pod db-1 in StatefulSet db successful',
    ]);
  });

  it('gives a Pod its name, its number and its claims', () => {
    const world = new World().create(set(claims)).run(100);
    const { metadata, spec } = world.get<Pod>('pods', 'db-0') ?? {};
    const revision = status(world)?.updateRevision ?? '';
    deepEqual(metadata?.labels, {
      app: 'db',
      'apps.kubernetes.io/pod-index': '0',
      'controller-revision-hash': revision,
      'statefulset.kubernetes.io/pod-name': 'db-0',
    });
    deepEqual([spec?.hostname, spec?.subdomain], ['db-0', 'db']);
    deepEqual(spec?.volumes?.[0], { name: 'data', persistentVolumeClaim: { claimName: 'data-db-0' } });
    deepEqual(world.get<PersistentVolumeClaim>('persistentvolumeclaims', 'data-db-0')?.metadata.labels, { app: 'db' });
    equal(
      world.events()[0],
      'Normal SuccessfulCreate StatefulSet/db: Create Claim data-db-0 Pod db-0 in StatefulSet db success',
    );
  });

  it('makes all Pods at once where they are told to be parallel', () => {
    const world = new World().create(set('podManagementPolicy: Parallel, ordinals: {start: 5}')).run(100);
    deepEqual(pods(world), ['db-5 nginx:1', 'db-6 nginx:1']);
  });

  it('takes the highest Pod away first, one by one', () => {
    const world = new World().create(set()).run(100).startPods().run(100).startPods().run(100);
    change(world, { replicas: 0 }).run(100);
    deepEqual(pods(world), ['db-0 nginx:1', 'db-1 nginx:1 leaving']);
    deepEqual(pods(world.endPods().run(100)), ['db-0 nginx:1 leaving']);
    deepEqual(pods(world.endPods().run(100)), []);
    equal(
      world.events().at(-1),
      'Normal SuccessfulDelete StatefulSet/db: Delete Pod db-0 in StatefulSet db successful',
    );
  });

  it('renews Pods from the highest down, and keeps what they were', () => {
    const world = new World().create(set()).run(100).startPods().run(100).startPods().run(100);
    const before = status(world)?.currentRevision;
    withImage(world, 'nginx:2').run(100);
    deepEqual(pods(world), ['db-0 nginx:1', 'db-1 nginx:1 leaving']);
    deepEqual(pods(world.endPods().run(100)), ['db-0 nginx:1', 'db-1 nginx:2']);
    equal(status(world)?.currentRevision, before);
    deepEqual(pods(world.startPods().run(100)), ['db-0 nginx:1 leaving', 'db-1 nginx:2']);
    world.endPods().run(100).startPods().run(100);
    deepEqual(pods(world), ['db-0 nginx:2', 'db-1 nginx:2']);
    equal(status(world)?.currentRevision, status(world)?.updateRevision);
    const revisions = world.list<ControllerRevision>('controllerrevisions.apps');
    deepEqual(revisions.map(({ revision }) => revision).sort(), [1, 2]);
    withImage(world, 'nginx:1').run(100);
    equal(status(world)?.updateRevision, before);
    equal(world.get<ControllerRevision>('controllerrevisions.apps', before ?? '')?.revision, 3);
  });

  it('leaves Pods below the partition as they were, also when they have to be made again', () => {
    const world = new World().create(set('updateStrategy: {rollingUpdate: {partition: 1}}')).run(100);
    world.startPods().run(100).startPods().run(100);
    withImage(world, 'nginx:2').run(100).endPods().run(100).startPods().run(100);
    deepEqual(pods(world), ['db-0 nginx:1', 'db-1 nginx:2']);
    deepEqual(pods(world.delete('pods', 'db-0').run(100)), ['db-0 nginx:1', 'db-1 nginx:2']);
  });

  it('leaves Pods alone until somebody deletes them, where it is told to', () => {
    const world = new World().create(set('updateStrategy: {type: OnDelete}')).run(100);
    world.startPods().run(100).startPods().run(100);
    deepEqual(pods(withImage(world, 'nginx:2').run(100)), ['db-0 nginx:1', 'db-1 nginx:1']);
    deepEqual(pods(world.delete('pods', 'db-0').run(100)), ['db-0 nginx:2', 'db-1 nginx:1']);
  });

  it('replaces a Pod that has ended', () => {
    const world = new World().create(set()).run(100);
    const failed = (pod: Pod) => ({ ...pod, status: { ...pod.status, phase: 'Failed' } });
    world.change<Pod>('pods', 'db-0', failed, 'status').run(100);
    equal(
      world.events().includes('Normal SuccessfulDelete StatefulSet/db: Delete Pod db-0 in StatefulSet db successful'),
      true,
    );
    equal(world.endPods().run(100).get<Pod>('pods', 'db-0')?.status?.phase, 'Pending');
  });

  it('waits until a Pod has been ready long enough', () => {
    const world = new World().create(set('minReadySeconds: 10')).run(100).startPods().run(5000);
    deepEqual([pods(world).length, status(world)?.availableReplicas], [1, 0]);
    deepEqual([pods(world.run(7000)).length, status(world)?.availableReplicas], [2, 1]);
  });

  it('says why a Pod cannot be made, and tries again', () => {
    const world = new World().create(
      set(
        'template: {metadata: {labels: {app: db}}, spec: {serviceAccountName: gone, containers: [{name: c, image: i}]}}',
      ).replace(/ template: \{.*?\}\]\}\},/, ''),
    );
    world.run(100);
    equal(
      world.events()[0],
      'Warning FailedCreate StatefulSet/db: Create Pod db-0 in StatefulSet db failed error: ' +
        'pods "db-0" is forbidden: error looking up service account default/gone: serviceaccount "gone" not found',
    );
    world.create('{apiVersion: v1, kind: ServiceAccount, metadata: {name: gone}}').run(10_000);
    equal(pods(world).length, 1);
  });

  it('lets claims go with what the policy says', () => {
    const owners = (policy: string, replicas: number) => {
      const world = new World().create(set(`${claims}, persistentVolumeClaimRetentionPolicy: ${policy}`)).run(100);
      world.startPods().run(100).startPods().run(100);
      change(world, { replicas }).run(100);
      return ['data-db-0', 'data-db-1'].map((name) =>
        world
          .get('persistentvolumeclaims', name)
          ?.metadata.ownerReferences?.map(({ kind }) => kind)
          .join(),
      );
    };
    deepEqual(owners('{whenDeleted: Delete, whenScaled: Retain}', 1), ['StatefulSet', 'StatefulSet']);
    deepEqual(owners('{whenDeleted: Retain, whenScaled: Delete}', 1), [undefined, 'Pod']);
    deepEqual(owners('{whenDeleted: Delete, whenScaled: Delete}', 1), ['StatefulSet', 'Pod']);
    deepEqual(owners('{whenDeleted: Retain, whenScaled: Retain}', 1), [undefined, undefined]);
  });

  it('forgets revisions that nothing uses, beyond the limit', () => {
    const world = new World().create(set('revisionHistoryLimit: 1, replicas: 0').replace('replicas: 2, ', '')).run(100);
    for (const image of ['b', 'c', 'd']) withImage(world, image).run(100);
    const kept = world.list<ControllerRevision>('controllerrevisions.apps').map(({ revision }) => revision);
    deepEqual(kept.sort(), [3, 4]);
  });

  it('takes in Pods of its name and labels that have no owner', () => {
    const [pod] = objectsOf(
      '{apiVersion: v1, kind: Pod, metadata: {name: db-0, namespace: default, labels: {app: db}}, spec: {containers: [{name: c, image: old}]}}',
    );
    const world = new World(pod as Pod).create(set()).run(100);
    equal(world.get('pods', 'db-0')?.metadata.ownerReferences?.[0]?.name, 'db');
    deepEqual(pods(world), ['db-0 old']);
  });
});
