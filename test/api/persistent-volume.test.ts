import { deepEqual, equal } from 'node:assert/strict';
import { boundVolume, findMatchingVolume, isBoundTo } from '../../src/api/persistent-volume.ts';
import { makeNode } from '../simulator/kube-scheduler/cluster.ts';
import { makeClaim, makeVolume, type VolumeOptions } from '../simulator/kube-scheduler/storage.ts';

describe('findMatchingVolume', () => {
  const claim = makeClaim('data', { storage: '2Gi', className: 'slow' });
  const volume = (name: string, options: VolumeOptions = {}) =>
    makeVolume(name, { capacity: { storage: '2Gi' }, storageClassName: 'slow', ...options });
  const find = (volumes: ReturnType<typeof volume>[], options: Parameters<typeof findMatchingVolume>[2] = {}) =>
    findMatchingVolume(claim, volumes, options)?.metadata.name;

  it('takes the smallest one that is large enough', () => {
    const sizes = ['3Gi', '1Gi', '2Gi', '2Gi'].map((storage, i) => volume(`v${i}`, { capacity: { storage } }));
    equal(find(sizes), 'v2');
    equal(find(sizes, { taken: new Set(['v2', 'v3']) }), 'v0');
  });

  const unfit: [string, VolumeOptions][] = [
    ['of another class', { storageClassName: 'fast' }],
    ['of another mode', { volumeMode: 'Block' }],
    ['of other attributes', { volumeAttributesClassName: 'gold' }],
    ['that is not available', { phase: 'Released' }],
    ['that is going', { deleted: true }],
    ['of another claim', { claimRef: { namespace: 'default', name: 'other' } }],
    ['of an earlier claim of that name', { claimRef: { namespace: 'default', name: 'data', uid: 'old' } }],
  ];
  for (const [what, options] of unfit) {
    it(`leaves a volume ${what} alone`, () => {
      equal(find([volume('v', options)]), undefined);
    });
  }

  it('prefers the volume that is bound to the claim already, whatever its phase', () => {
    const claimRef = { namespace: 'default', name: 'data' };
    const mine = volume('mine', { capacity: { storage: '9Gi' }, claimRef, phase: 'Pending', hosts: ['a'] });
    equal(find([volume('v'), mine]), 'mine');
    equal(find([mine], { node: makeNode('b') }), undefined);
  });

  it('looks at access modes only where there is a node, and waits for one where it is to', () => {
    const readOnly = volume('v', { accessModes: ['ReadOnlyMany'] });
    equal(find([readOnly]), 'v');
    equal(find([readOnly], { node: makeNode('a') }), undefined);
    equal(find([volume('v')], { delayed: true }), undefined);
    equal(find([volume('v', { hosts: ['b'] })], { node: makeNode('a'), delayed: true }), undefined);
  });

  it('obeys the claim’s selector', () => {
    const selecting = { ...claim, spec: { ...claim.spec, selector: { matchLabels: { tier: 'db' } } } };
    const found = (labels: Record<string, string>) => findMatchingVolume(selecting, [volume('v', { labels })], {});
    equal(found({ tier: 'db' })?.metadata.name, 'v');
    equal(found({ tier: 'web' }), undefined);
  });
});

describe('boundVolume', () => {
  const claim = makeClaim('data');

  it('names the claim, and says that it was not a user', () => {
    const { metadata, spec } = boundVolume(makeVolume('v'), claim);
    deepEqual(metadata.annotations, { 'pv.kubernetes.io/bound-by-controller': 'yes' });
    equal(spec?.claimRef?.uid, 'data');
  });

  it('completes what a user has bound, and leaves what is complete', () => {
    const half = boundVolume(makeVolume('v', { claimRef: { namespace: 'default', name: 'data' } }), claim);
    equal(half.metadata.annotations, undefined);
    equal(isBoundTo(half, claim), true);
    equal(boundVolume(half, claim), half);
  });
});
