import { deepEqual, equal } from 'node:assert/strict';
import type { Volume } from '../../../../src/api/object.ts';
import { volumeRestrictions } from '../../../../src/simulator/kube-scheduler/plugins/volume-restrictions.ts';
import { askFilter, isWokenBy, judge, makeNode, makePod } from '../cluster.ts';
import { claiming, makeClaim } from '../storage.ts';

const disk = 'a: U node(s) had no available disk';
const exclusive =
  'U node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod';

describe('VolumeRestrictions', () => {
  it('has nothing to do with Pods whose volumes can be shared', () => {
    deepEqual(askFilter(volumeRestrictions, [], makePod('x', { volumes: [{ name: 'v', emptyDir: {} }] })), ['Skip']);
    deepEqual(askFilter(volumeRestrictions, [makeClaim('data')], claiming('x', ['data'])), ['Skip']);
  });

  const rbd = (rest: object) => ({ rbd: { monitors: ['m1', 'm2'], image: 'i', pool: 'rbd', ...rest } });
  const iscsi = (rest: object) => ({ iscsi: { targetPortal: 'p', iqn: 'q', lun: 0, ...rest } });
  const rows: [string, Partial<Volume>, Partial<Volume>, boolean][] = [
    ['the same PD', { gcePersistentDisk: { pdName: 'd' } }, { gcePersistentDisk: { pdName: 'd' } }, false],
    ['another PD', { gcePersistentDisk: { pdName: 'd' } }, { gcePersistentDisk: { pdName: 'e' } }, true],
    [
      'a PD that both only read',
      { gcePersistentDisk: { pdName: 'd', readOnly: true } },
      { gcePersistentDisk: { pdName: 'd', readOnly: true } },
      true,
    ],
    [
      'an EBS volume that both only read',
      { awsElasticBlockStore: { volumeID: 'v', readOnly: true } },
      { awsElasticBlockStore: { volumeID: 'v', readOnly: true } },
      false,
    ],
    ['the same RBD image by a common monitor', rbd({}), rbd({ monitors: ['m2'] }), false],
    ['an RBD image without a common monitor', rbd({}), rbd({ monitors: ['m3'] }), true],
    ['an RBD image of another pool', rbd({}), rbd({ pool: 'other' }), true],
    ['an iSCSI volume that one writes', iscsi({ readOnly: true }), iscsi({}), false],
    ['an iSCSI volume that both only read', iscsi({ readOnly: true }), iscsi({ readOnly: true }), true],
  ];
  for (const [what, taken, wanted, fits] of rows) {
    it(`${what}: ${fits ? 'fits' : 'does not fit'}`, () => {
      const old = makePod('old', { on: 'a', volumes: [{ name: 'v', ...taken }] });
      const pod = makePod('x', { volumes: [{ name: 'v', ...wanted }] });
      deepEqual(askFilter(volumeRestrictions, [makeNode('a'), old], pod), [fits ? 'a: fits' : disk]);
    });
  }

  it('lets one Pod of the cluster use a ReadWriteOncePod claim', () => {
    const cluster = [makeNode('a'), makeNode('b'), makeClaim('data', { mode: 'ReadWriteOncePod' })];
    const pod = claiming('x', ['data']);
    deepEqual(askFilter(volumeRestrictions, cluster, pod), ['Skip']);
    const used = [...cluster, claiming('old', ['data'], 'b')];
    deepEqual(askFilter(volumeRestrictions, used, pod), [`a: ${exclusive}`, `b: ${exclusive}`]);
  });

  it('refuses a Pod whose claim is missing, and ends PostFilter with it', () => {
    equal(
      judge([makeNode('a')], claiming('x', ['data'])),
      '0/1 nodes are available: persistentvolumeclaim "data" not found. not found',
    );
  });

  it('wakes a Pod when a Pod with its volume is gone, or its claim is there', () => {
    const pod = claiming('x', ['data']);
    const gone = (before: ReturnType<typeof makePod>) =>
      isWokenBy(volumeRestrictions, pod, { resource: 'AssignedPod', action: 'Delete', before });
    equal(gone(claiming('old', ['data'], 'a')), true);
    equal(gone(claiming('old', ['other'], 'a')), false);
    const added = (name: string) =>
      isWokenBy(volumeRestrictions, pod, { resource: 'PersistentVolumeClaim', action: 'Add', after: makeClaim(name) });
    equal(added('data'), true);
    equal(added('other'), false);
  });
});
