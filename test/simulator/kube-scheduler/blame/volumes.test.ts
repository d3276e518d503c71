import assert from 'node:assert/strict';
import type { KubeObject, Pod } from '../../../../src/api/object.ts';
import { blamed } from '../blame.ts';
import { makeNode, makePod } from '../cluster.ts';
import { claiming, makeClaim, makeClass, makeCsiNode, makeVolume } from '../storage.ts';

const zone = 'topology.kubernetes.io/zone';
const inZone = (name: string, value: string) => makeNode(name, { labels: { [zone]: value } });
const rows: [what: string, plugin: string, cluster: readonly KubeObject[], pod: Pod, says: string][] = [
  [
    'the node affinity of the volume',
    'VolumeBinding',
    [makeNode('a'), makeVolume('pv', { hosts: ['b'] }), makeClaim('data', { volume: 'pv' })],
    claiming('x', ['data']),
    'a is not where the claim data has its volume pv: kubernetes.io/hostname In b | spec.volumes[0].persistentVolumeClaim.claimName | PersistentVolume pv spec.nodeAffinity.required',
  ],
  [
    'a volume that is gone',
    'VolumeBinding',
    [makeNode('a'), makeClaim('data', { volume: 'pv' })],
    claiming('x', ['data']),
    'a finds no volume pv, to which the claim data is bound | spec.volumes[0].persistentVolumeClaim.claimName | PersistentVolumeClaim data spec.volumeName',
  ],
  [
    'a class that makes no volumes',
    'VolumeBinding',
    [
      makeNode('a'),
      makeClass('local', { provisioner: 'kubernetes.io/no-provisioner' }),
      makeClaim('data', { className: 'local' }),
    ],
    claiming('x', ['data']),
    'a has no free volume of the class local that would do for the claim data, and nobody makes any | spec.volumes[0].persistentVolumeClaim.claimName | StorageClass local provisioner',
  ],
  [
    'the topologies of a class',
    'VolumeBinding',
    [
      inZone('a', 'z1'),
      makeClass('zonal', { allowedTopologies: [{ matchLabelExpressions: [{ key: zone, values: ['z2'] }] }] }),
      makeClaim('data', { className: 'zonal' }),
    ],
    claiming('x', ['data']),
    'a is not where volumes of the class zonal are made, as the claim data needs one | spec.volumes[0].persistentVolumeClaim.claimName | StorageClass zonal allowedTopologies',
  ],
  [
    'the zone of the volume',
    'VolumeZone',
    [inZone('a', 'z1'), makeVolume('pv', { labels: { [zone]: 'z2' } }), makeClaim('data', { volume: 'pv' })],
    claiming('x', ['data']),
    `a is in z1, where the volume pv of the claim data is in z2 | spec.volumes[0].persistentVolumeClaim.claimName | PersistentVolume pv metadata.labels[${zone}]`,
  ],
  [
    'the limit of the node',
    'NodeVolumeLimits',
    [
      makeNode('a'),
      makeCsiNode('a', { other: 5, 'csi.example.com': 0 }),
      makeClass('fast'),
      makeClaim('data', { className: 'fast' }),
    ],
    claiming('x', ['data']),
    'a takes no more than 0 volumes of csi.example.com | spec.volumes | CSINode a spec.drivers[1].allocatable.count',
  ],
  [
    'who uses a claim that is for one Pod',
    'VolumeRestrictions',
    [makeNode('a'), makeClaim('data', { mode: 'ReadWriteOncePod', volume: 'pv' }), claiming('y', ['data'], 'a')],
    claiming('x', ['data']),
    'a cannot have the claim data, which is for one Pod only and used by Pod default/y | spec.volumes[0].persistentVolumeClaim.claimName | Pod y spec.volumes[0].persistentVolumeClaim.claimName',
  ],
  [
    'who has the disk',
    'VolumeRestrictions',
    [makeNode('a'), makePod('y', { on: 'a', volumes: [{ name: 'd', gcePersistentDisk: { pdName: 'disk' } }] })],
    makePod('x', { volumes: [{ name: 'd', gcePersistentDisk: { pdName: 'disk' } }] }),
    'a runs Pod default/y, which has the same disk | spec.volumes[0] | Pod y spec.volumes[0]',
  ],
];

describe('blame for volumes', () => {
  for (const [what, plugin, cluster, pod, says] of rows) {
    it(`falls on the claim, and on ${what}`, () => {
      assert.deepEqual(blamed(cluster, pod, plugin), [says]);
    });
  }
});
