import { deepEqual, equal } from 'node:assert/strict';
import { nodeVolumeLimits } from '../../../../src/simulator/kube-scheduler/plugins/node-volume-limits.ts';
import { askFilter, isWokenBy, makeNode, makePod } from '../cluster.ts';
import { claiming, makeClaim, makeClass, makeCsiNode, makeVolume, ofStorage } from '../storage.ts';

const driver = 'csi.example.com';
const full = 'a: U node(s) exceed max volume count';

describe('NodeVolumeLimits', () => {
  const bound = (name: string) => [
    makeClaim(name, { volume: `pv-${name}` }),
    makeVolume(`pv-${name}`, { csi: { driver, volumeHandle: name } }),
  ];
  const cluster = [
    makeNode('a'),
    makeCsiNode('a', { [driver]: 2 }),
    ...bound('one'),
    ...bound('two'),
    ...bound('three'),
  ];
  const ask = (objects: Parameters<typeof askFilter>[1], pod = claiming('x', ['three'])) =>
    askFilter(nodeVolumeLimits, [...cluster, ...objects], pod);

  it('has nothing to do with Pods without such volumes', () => {
    deepEqual(ask([], makePod('x', { volumes: [{ name: 'v', emptyDir: {} }] })), ['Skip']);
  });

  it('counts the volumes of the node’s Pods and of the new one, each once', () => {
    deepEqual(ask([claiming('p', ['one'], 'a')]), ['a: fits']);
    deepEqual(ask([claiming('p', ['one', 'two'], 'a')]), [full]);
    deepEqual(ask([claiming('p', ['one', 'three'], 'a')]), ['a: fits']);
    deepEqual(ask([claiming('p', ['one'], 'a'), claiming('q', ['one'], 'a')]), ['a: fits']);
  });

  it('counts what is attached for no Pod, twice if the new Pod wants it', () => {
    const attached = (name: string) =>
      ofStorage('VolumeAttachment', `va-${name}`, {
        spec: { nodeName: 'a', attacher: driver, source: { persistentVolumeName: `pv-${name}` } },
      });
    deepEqual(ask([attached('one'), attached('two')]), [full]);
    deepEqual(ask([attached('one'), claiming('p', ['one'], 'a')]), ['a: fits']);
    deepEqual(ask([attached('one'), attached('three')]), [full]);
  });

  it('counts a volume that is still to be made by the driver of its class', () => {
    const taken = claiming('p', ['one', 'two'], 'a');
    const fresh = makeClaim('fresh', { className: 'fast' });
    deepEqual(ask([taken, fresh, makeClass('fast')], claiming('x', ['fresh'])), [full]);
    deepEqual(ask([taken, fresh], claiming('x', ['fresh'])), ['a: fits']);
  });

  it('counts in-tree volumes for the driver that took them over', () => {
    const node = [makeNode('a'), makeCsiNode('a', { 'pd.csi.storage.gke.io': 1 })];
    const disk = (pdName: string) => [{ name: 'v', gcePersistentDisk: { pdName } }];
    const old = makePod('old', { on: 'a', volumes: disk('one') });
    const fits = (pdName: string) =>
      askFilter(nodeVolumeLimits, [...node, old], makePod('x', { volumes: disk(pdName) }));
    deepEqual(fits('two'), [full]);
    deepEqual(fits('one'), ['a: fits']);
  });

  it('does not know what a missing claim is, and fails over a claim of another Pod', () => {
    deepEqual(ask([], claiming('x', ['gone'])), [
      'a: U&U looking up PVC default/gone: persistentvolumeclaim "gone" not found',
    ]);
    const ephemeral = makePod('x', { volumes: [{ name: 'v', ephemeral: {} }] });
    deepEqual(ask([makeClaim('x-v')], ephemeral), [
      'a: Error PVC default/x-v was not created for pod default/x (pod is not owner)',
    ]);
  });

  it('sets no limit without a CSINode', () => {
    deepEqual(askFilter(nodeVolumeLimits, [makeNode('a'), ...bound('one')], claiming('x', ['one'])), ['a: fits']);
  });

  it('wakes a Pod when there may be room for one more', () => {
    const pod = claiming('x', ['three']);
    const update = (before: number, after: number) =>
      isWokenBy(nodeVolumeLimits, pod, {
        resource: 'CSINode',
        action: 'Update',
        before: makeCsiNode('a', { [driver]: before }),
        after: makeCsiNode('a', { [driver]: after }),
      });
    equal(update(1, 2), true);
    equal(update(2, 1), false);
    const gone = (before: ReturnType<typeof makePod>) =>
      isWokenBy(nodeVolumeLimits, pod, { resource: 'AssignedPod', action: 'Delete', before });
    equal(gone(claiming('p', ['one'], 'a')), true);
    equal(gone(makePod('p', { on: 'a' })), false);
  });
});
