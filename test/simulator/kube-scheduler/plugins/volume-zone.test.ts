import { deepEqual, equal } from 'node:assert/strict';
import { volumeZone } from '../../../../src/simulator/kube-scheduler/plugins/volume-zone.ts';
import { askFilter, isWokenBy, makeNode, makePod } from '../cluster.ts';
import { claiming, makeClaim, makeClass, makeVolume } from '../storage.ts';

const zone = 'topology.kubernetes.io/zone';
const betaZone = 'failure-domain.beta.kubernetes.io/zone';
const conflict = 'U&U node(s) had no available volume zone';

describe('VolumeZone', () => {
  const pod = claiming('x', ['data']);
  const bound = makeClaim('data', { volume: 'pv' });
  const inZone = (labels: Readonly<Record<string, string>>, volume: Readonly<Record<string, string>>) =>
    askFilter(volumeZone, [makeNode('a', { labels }), bound, makeVolume('pv', { labels: volume })], pod)[0];

  it('has nothing to do with Pods without labelled volumes', () => {
    deepEqual(askFilter(volumeZone, [], makePod('x', { volumes: [{ name: 'v', ephemeral: {} }] })), ['Skip']);
    deepEqual(askFilter(volumeZone, [bound, makeVolume('pv')], pod), ['Skip']);
    deepEqual(askFilter(volumeZone, [makeClaim('data', { className: 'local' }), makeClass('local')], pod), ['Skip']);
  });

  it('compares the labels of zone and region', () => {
    equal(inZone({ [zone]: 'z1' }, { [zone]: 'z1' }), 'a: fits');
    equal(inZone({ [zone]: 'z2' }, { [zone]: 'z1' }), `a: ${conflict}`);
    equal(inZone({ [zone]: 'z2' }, { [zone]: 'z1__z2' }), 'a: fits');
    equal(inZone({ [zone]: 'z1' }, { 'topology.kubernetes.io/region': 'r1' }), `a: ${conflict}`);
    equal(inZone({}, { [zone]: 'z1' }), 'a: fits');
  });

  it('knows a label by its old name, on the volume only', () => {
    equal(inZone({ [zone]: 'z1' }, { [betaZone]: 'z1' }), 'a: fits');
    equal(inZone({ [betaZone]: 'z1' }, { [zone]: 'z1' }), `a: ${conflict}`);
  });

  it('does not look at a label with an empty zone in it', () => {
    equal(inZone({ [zone]: 'z2' }, { [zone]: 'z1__' }), 'Skip');
  });

  it('refuses a Pod whose volume is not to be found', () => {
    const reason = (...objects: Parameters<typeof askFilter>[1]) => askFilter(volumeZone, objects, pod)[0];
    equal(reason(), 'U&U persistentvolumeclaim "data" not found');
    equal(reason(bound), 'U&U persistentvolume "pv" not found');
    equal(reason(makeClaim('data')), 'U&U PersistentVolumeClaim had no pv name and storageClass name');
    const claim = makeClaim('data', { className: 'fast' });
    equal(reason(claim), 'U&U storageclass.storage.k8s.io "fast" not found');
    equal(reason(claim, makeClass('fast', { volumeBindingMode: 'Immediate' })), 'U&U PersistentVolume had no name');
  });

  it('wakes a Pod when a volume gets other labels', () => {
    const update = (before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>) =>
      isWokenBy(volumeZone, pod, {
        resource: 'PersistentVolume',
        action: 'Update',
        before: makeVolume('pv', { labels: before }),
        after: makeVolume('pv', { labels: after }),
      });
    equal(update({ [zone]: 'z1' }, { [zone]: 'z2' }), true);
    equal(update({ [zone]: 'z1' }, { [zone]: 'z1', app: 'x' }), false);
    const added = (volumeBindingMode: string) =>
      isWokenBy(volumeZone, pod, {
        resource: 'StorageClass',
        action: 'Add',
        after: makeClass('c', { volumeBindingMode }),
      });
    equal(added('WaitForFirstConsumer'), true);
    equal(added('Immediate'), false);
  });
});
