import { deepEqual, equal } from 'node:assert/strict';
import type { PersistentVolumeClaim } from '../../../src/api/object.ts';
import { World } from './world.ts';

const claim =
  '{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}';
const pod = (volume: string) =>
  `{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i}], volumes: [{name: v, ${volume}}]}}`;
const using = pod('persistentVolumeClaim: {claimName: data}');

const isThere = (world: World, name = 'data') => world.get('persistentvolumeclaims', name) !== undefined;

describe('pvc-protection-controller', () => {
  it('keeps a claim as long as a Pod on a node uses it', () => {
    const world = new World().create(claim).create(using).startPods().run(100);
    world.delete('persistentvolumeclaims', 'data').run(100);
    equal(isThere(world), true);
    world.delete('pods', 'p').run(100);
    equal(isThere(world), false);
  });

  it('does not wait for a Pod that has no node yet', () => {
    const world = new World().create(claim).create(using).run(100);
    world.delete('persistentvolumeclaims', 'data').run(100);
    equal(isThere(world), false);
  });

  it('protects a claim again that somebody left without', () => {
    const world = new World().create(claim).run(100);
    world.change('persistentvolumeclaims', 'data', ({ metadata, ...rest }) => ({
      ...rest,
      metadata: { ...metadata, finalizers: [] },
    }));
    equal(
      world.run(100).get('persistentvolumeclaims', 'data')?.metadata.finalizers?.join(),
      'kubernetes.io/pvc-protection',
    );
  });
});

describe('pv-protection-controller', () => {
  it('keeps a volume as long as a claim has it', () => {
    const volume =
      '{apiVersion: v1, kind: PersistentVolume, metadata: {name: pv}, spec: {accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}, hostPath: {path: /data}}}';
    const world = new World().create(volume).create(claim).run(100);
    world.delete('persistentvolumes', 'pv').run(100);
    equal(world.get('persistentvolumes', 'pv') !== undefined, true);
    world.delete('persistentvolumeclaims', 'data').run(100);
    equal(world.get('persistentvolumes', 'pv'), undefined);
  });
});

describe('ephemeral-volume-controller', () => {
  const template =
    'volumeClaimTemplate: {metadata: {labels: {a: b}}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}';
  const ephemeral = pod(`ephemeral: {${template}}`);

  it('makes the claim of a Pod’s volume, which goes with the Pod', () => {
    const world = new World().create(ephemeral).run(100);
    const made = world.get<PersistentVolumeClaim>('persistentvolumeclaims', 'p-v');
    equal(made?.metadata.labels?.['a'], 'b');
    equal(made?.metadata.ownerReferences?.[0]?.name, 'p');
    world.delete('pods', 'p').run(100);
    equal(isThere(world, 'p-v'), false);
  });

  it('says of a Pod that another has its claim', () => {
    const world = new World().create(claim.replace('name: data', 'name: p-v')).run(100).create(ephemeral).run(4);
    deepEqual(
      world
        .run(100)
        .events()
        .filter((event) => event.includes('Pod/p')),
      [
        'Warning FailedBinding Pod/p: ephemeral volume v: PVC default/p-v was not created for pod default/p (pod is not owner)',
      ],
    );
  });
});

describe('expand-controller', () => {
  it('waits for who makes a volume larger', () => {
    const volume =
      '{apiVersion: v1, kind: PersistentVolume, metadata: {name: pv}, spec: {storageClassName: c, accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}, hostPath: {path: /data}}}';
    const storageClass =
      '{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: c}, provisioner: x.io/p, allowVolumeExpansion: true}';
    const world = new World().create(storageClass).create(volume).run(100);
    world.create(claim.replace('spec: {', 'spec: {storageClassName: c, ')).run(100);
    world.change<PersistentVolumeClaim>('persistentvolumeclaims', 'data', (found) => ({
      ...found,
      spec: { ...found.spec, resources: { requests: { storage: '2Gi' } } },
    }));
    equal(
      world.run(100).events().at(-1),
      'Normal ExternalExpanding PersistentVolumeClaim/data: waiting for an external controller to expand this PVC',
    );
  });
});
