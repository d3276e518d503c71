import { deepEqual, equal } from 'node:assert/strict';
import type { PersistentVolume, PersistentVolumeClaim, PersistentVolumeSpec } from '../../../src/api/object.ts';
import { OneNode, userPod } from './one-node.ts';
import { makeContainer } from './pod-fixture.ts';

const claim: PersistentVolumeClaim = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data', namespace: 'default' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, volumeName: 'pv' },
};

const volume = (rest: PersistentVolumeSpec): PersistentVolume => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: 'pv' },
  spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, ...rest },
});

/** A node with a Pod that mounts the claim, and the claim as given. */
class Claiming extends OneNode {
  constructor() {
    super();
    const volumeMounts = [{ name: 'v', mountPath: '/data' }];
    const volumes = [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }];
    this.createPod(userPod({ containers: [makeContainer({ volumeMounts })], volumes }));
  }

  bind(rest: PersistentVolumeSpec, phase = 'Bound'): this {
    const { metadata } = this.create('persistentvolumeclaims', claim);
    const target = { resource: 'persistentvolumeclaims', namespace: 'default', name: 'data', subresource: 'status' };
    this.admin.update(target, { ...claim, metadata, status: { phase } });
    const claimRef = { namespace: 'default', name: 'data', ...(metadata.uid && { uid: metadata.uid }) };
    this.create('persistentvolumes', volume({ claimRef, ...rest }));
    return this;
  }

  unknown(): string[] {
    return this.kernel.trace.flatMap((entry) =>
      entry.type === 'unknown' && entry.from.startsWith('kubelet') ? [`${entry.path}: ${entry.reason}`] : [],
    );
  }
}

const failure = (why: string) =>
  `FailedMount: Unable to attach or mount volumes: unmounted volumes=[v], unattached volumes=[], failed to process volumes=[v]: ${why}`;

describe('the volume behind a claim', () => {
  it('is mounted like any of its type', () => {
    const node = new Claiming().bind({ hostPath: { path: '/data' } }).settle();
    equal(node.summary(), 'Running ready; app: running');
    deepEqual(node.unknown(), []);
  });

  it('is taken as mounted where its type is not modelled, and told of', () => {
    const node = new Claiming().bind({ csi: { driver: 'csi.example.com', volumeHandle: 'v' } }).settle();
    equal(node.summary(), 'Running ready; app: running');
    deepEqual(node.unknown(), [
      'spec.volumes[0].persistentVolumeClaim: mounting a PersistentVolume of type csi is not modelled',
    ]);
  });

  it('is asked for again until it is there', () => {
    const node = new Claiming();
    node.run(2000);
    const missing = 'failed to fetch PVC from API server: persistentvolumeclaims "data" not found';
    deepEqual(node.events(), [failure(`error processing PVC default/data: ${missing}`)]);
    equal(
      node
        .bind({ hostPath: { path: '/data' } })
        .run(60_000)
        .summary(),
      'Running ready; app: running',
    );
  });

  const rows: [why: string, rest: PersistentVolumeSpec, phase?: string][] = [
    ['error processing PVC default/data: PVC is not bound', {}, 'Pending'],
    [
      'error processing PVC default/data: found PV object pv but its pv.Spec.ClaimRef.UID other does not point to claim.UID ',
      { claimRef: { namespace: 'default', name: 'data', uid: 'other' } },
    ],
    ['volume v has volumeMode Block, but is specified in volumeMounts', { volumeMode: 'Block' }],
  ];
  for (const [why, rest, phase] of rows) {
    it(why.trim(), () => {
      const node = new Claiming().bind({ hostPath: { path: '/data' }, ...rest }, phase);
      node.run(2000);
      equal(node.events()[0]?.startsWith(failure(why)), true, node.events()[0]);
    });
  }
});
