import { deepEqual, equal } from 'node:assert/strict';
import type { PersistentVolume, PersistentVolumeClaim } from '../../../src/api/object.ts';
import { objectsOf, World } from './world.ts';

interface ClaimText {
  readonly storage?: string;
  readonly className?: string;
  readonly volumeName?: string;
}

const claim = ({ storage = '1Gi', className, volumeName }: ClaimText = {}) =>
  `{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data}, spec: {accessModes: [ReadWriteOnce],` +
  `${className === undefined ? '' : ` storageClassName: "${className}",`}` +
  `${volumeName === undefined ? '' : ` volumeName: ${volumeName},`} resources: {requests: {storage: ${storage}}}}}`;

const volume = (name: string, rest = '', storage = '1Gi') =>
  `{apiVersion: v1, kind: PersistentVolume, metadata: {name: ${name}}, spec: {accessModes: [ReadWriteOnce],` +
  ` storageClassName: manual, capacity: {storage: ${storage}}, hostPath: {path: /data}, ${rest}}}`;

const storageClass = (name: string, provisioner: string, rest = '') =>
  `{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: ${name}}, provisioner: ${provisioner}, ${rest}}`;

function claimOf(world: World): string {
  const found = world.get<PersistentVolumeClaim>('persistentvolumeclaims', 'data');
  return found ? [found.status?.phase, found.spec?.volumeName].filter(Boolean).join(' ') : 'gone';
}

function volumeOf(world: World, name: string): string {
  const found = world.get<PersistentVolume>('persistentvolumes', name);
  return found ? [found.status?.phase, found.spec?.claimRef?.name].filter(Boolean).join(' ') : 'gone';
}

describe('persistent-volume-binder', () => {
  it('binds a claim to the smallest volume that suits it', () => {
    const world = new World()
      .create(volume('large', '', '5Gi'))
      .create(volume('small', '', '2Gi'))
      .run(100);
    equal(volumeOf(world, 'small'), 'Available');
    world.create(claim({ className: 'manual' })).run(100);
    equal(claimOf(world), 'Bound small');
    equal(volumeOf(world, 'small'), 'Bound data');
    const { metadata, status } = world.get<PersistentVolumeClaim>('persistentvolumeclaims', 'data') ?? {};
    deepEqual(metadata?.annotations, {
      'pv.kubernetes.io/bind-completed': 'yes',
      'pv.kubernetes.io/bound-by-controller': 'yes',
    });
    deepEqual(status?.capacity, { storage: '2Gi' });
    deepEqual(status?.accessModes, ['ReadWriteOnce']);
  });

  it('says of a claim without class and volume that it waits, and finds a later volume at the next look', () => {
    const world = new World().create(claim()).run(100);
    equal(claimOf(world), 'Pending');
    const reason = 'no persistent volumes available for this claim and no storage class is set';
    deepEqual(world.events(), [`Normal FailedBinding PersistentVolumeClaim/data: ${reason}`]);
    world.create(volume('later').replace('manual', '""')).run(20_000);
    equal(claimOf(world), 'Bound later');
  });

  it('waits for the first Pod where the class says so', () => {
    const world = new World().create(storageClass('local', 'x.io/p', 'volumeBindingMode: WaitForFirstConsumer'));
    world.create(claim({ className: 'local' })).run(100);
    const about = 'Normal WaitForFirstConsumer PersistentVolumeClaim/data';
    deepEqual(world.events(), [`${about}: waiting for first consumer to be created before binding`]);
    world.create(
      '{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i}], volumes: [{name: v, persistentVolumeClaim: {claimName: data}}]}}',
    );
    world.run(15_000);
    equal(
      world.events().at(-1),
      'Normal WaitForPodScheduled PersistentVolumeClaim/data: waiting for pod p to be scheduled',
    );
  });

  it('leaves provisioning to who is named, once a node is chosen', () => {
    const world = new World()
      .create(storageClass('fast', 'kubernetes.io/aws-ebs'))
      .create(claim({ className: 'fast' }));
    world.run(100);
    const annotations = world.get('persistentvolumeclaims', 'data')?.metadata.annotations;
    equal(annotations?.['volume.kubernetes.io/storage-provisioner'], 'ebs.csi.aws.com');
    equal(world.events()[0]?.includes("the external provisioner 'ebs.csi.aws.com'"), true);
    equal(claimOf(world), 'Pending');
    const told = world.unknown().filter((line) => line.includes('provisioner'));
    deepEqual(world.run(30_000) && told, [
      'PersistentVolumeClaim: the provisioner ebs.csi.aws.com is not modelled: the claim waits for its volume',
    ]);
  });

  it('makes volumes on the host, and removes them with their claim', () => {
    const world = new World()
      .create(storageClass('host', 'kubernetes.io/host-path'))
      .create(claim({ className: 'host' }));
    world.run(100);
    const name = world.get<PersistentVolumeClaim>('persistentvolumeclaims', 'data')?.spec?.volumeName ?? '';
    equal(name.startsWith('pvc-'), true);
    equal(volumeOf(world, name), 'Bound data');
    deepEqual(world.events(), [
      `Normal ProvisioningSucceeded PersistentVolumeClaim/data: Successfully provisioned volume ${name} using kubernetes.io/host-path`,
    ]);
    world.delete('persistentvolumeclaims', 'data').run(100);
    deepEqual([claimOf(world), volumeOf(world, name)], ['gone', 'gone']);
  });

  for (const [provisioner, problem] of [
    ['', 'storageclass.storage.k8s.io "c" not found'],
    ['kubernetes.io/no-provisioner', 'no volume plugin matched name: kubernetes.io/no-provisioner'],
    ['kubernetes.io/nfs', 'no provisionable volume plugin matched'],
  ] as const) {
    it(`says why nobody provisions: ${problem}`, () => {
      const world = new World();
      if (provisioner) world.create(storageClass('c', provisioner));
      world.create(claim({ className: 'c' })).run(100);
      deepEqual(world.events(), [`Warning ProvisioningFailed PersistentVolumeClaim/data: ${problem}`]);
    });
  }

  it('binds a claim to the volume that it names, if that suits', () => {
    const world = new World()
      .create(volume('pv'))
      .create(claim({ className: 'manual', volumeName: 'pv', storage: '2Gi' }));
    world.run(100);
    equal(claimOf(world), 'Pending pv');
    deepEqual(world.events(), [
      'Warning VolumeMismatch PersistentVolumeClaim/data: Cannot bind to requested volume "pv": requested PV is too small',
    ]);
    world.delete('persistentvolumeclaims', 'data').run(100);
    world.create(claim({ className: 'manual', volumeName: 'pv' })).run(100);
    equal(claimOf(world), 'Bound pv');
  });

  it('refuses a volume that another claim has', () => {
    const world = new World().create(volume('pv', 'claimRef: {namespace: default, name: other}'));
    world.create(claim({ className: 'manual', volumeName: 'pv' })).run(100);
    deepEqual(world.events(), [
      'Warning FailedBinding PersistentVolumeClaim/data: volume "pv" already bound to a different claim.',
    ]);
  });

  it('keeps what a claim leaves behind, as the reclaim policy says', () => {
    const bound = (policy: string) => {
      const world = new World().create(volume('pv', `persistentVolumeReclaimPolicy: ${policy}`)).run(100);
      world.create(claim({ className: 'manual' })).run(100);
      return world.delete('persistentvolumeclaims', 'data').run(100);
    };
    equal(volumeOf(bound('Retain'), 'pv'), 'Released data');
    const world = bound('Delete');
    equal(volumeOf(world, 'pv'), 'Failed data');
    deepEqual(world.events(), [
      'Warning VolumeFailedDelete PersistentVolume/pv: host_path deleter only supports /tmp/.+ but received provided /data',
    ]);
    const told = bound('Recycle')
      .unknown()
      .filter((line) => line.includes('recycling'));
    deepEqual(told, ['PersistentVolume: recycling of volumes is not modelled: the volume stays Released']);
  });

  it('says that a claim is lost when its volume is gone', () => {
    const world = new World()
      .create(volume('pv'))
      .run(100)
      .create(claim({ className: 'manual' }))
      .run(100);
    world.change<PersistentVolume>('persistentvolumes', 'pv', (found) => ({
      ...found,
      metadata: { ...found.metadata, finalizers: [] },
    }));
    world.delete('persistentvolumes', 'pv').run(100);
    equal(claimOf(world), 'Lost pv');
    deepEqual(world.events(), [
      'Warning ClaimLost PersistentVolumeClaim/data: Bound claim has lost its PersistentVolume. Data on the volume is lost!',
    ]);
  });

  it('gives a claim the default class that comes later', () => {
    const world = new World().create(claim()).run(100);
    const mark = 'storageclass.kubernetes.io/is-default-class';
    world.create(storageClass('std', 'x.io/p').replace('name: std', `name: std, annotations: {${mark}: "true"}`));
    world.run(15_000);
    equal(world.get<PersistentVolumeClaim>('persistentvolumeclaims', 'data')?.spec?.storageClassName, 'std');
  });

  it('leaves a cluster as it was given, though it was given in part', () => {
    const [given] = objectsOf(claim({ volumeName: 'elsewhere' })) as PersistentVolumeClaim[];
    const annotations = { 'pv.kubernetes.io/bind-completed': 'yes' };
    const metadata = { ...given?.metadata, namespace: 'default', annotations };
    const world = new World({ ...given, metadata, status: { phase: 'Bound' } } as PersistentVolumeClaim);
    equal(claimOf(world.run(60_000)), 'Bound elsewhere');
  });
});
