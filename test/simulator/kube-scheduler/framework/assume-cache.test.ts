import { deepEqual, equal } from 'node:assert/strict';
import type { PersistentVolume } from '../../../../src/api/object.ts';
import { AssumeCache } from '../../../../src/simulator/kube-scheduler/framework/assume-cache.ts';
import { makeVolume } from '../storage.ts';

describe('AssumeCache', () => {
  const version = (resourceVersion: string, phase: string): PersistentVolume => {
    const volume = makeVolume('pv', { phase });
    return { ...volume, metadata: { ...volume.metadata, resourceVersion } };
  };
  const phases = (cache: AssumeCache<PersistentVolume>) => [...cache.values()].map(({ status }) => status?.phase);

  it('shows what is assumed, until something newer comes', () => {
    const stored = new Map([['pv', version('1', 'Available')]]);
    const cache = new AssumeCache(stored);
    equal(cache.assume(version('1', 'Bound')), true);
    equal(cache.get('pv')?.status?.phase, 'Bound');
    deepEqual(phases(cache), ['Bound']);
    stored.set('pv', version('2', 'Released'));
    deepEqual(phases(cache), ['Released']);
    stored.set('pv', version('1', 'Available'));
    equal(cache.get('pv')?.status?.phase, 'Available');
  });

  it('assumes nothing about what has changed or is gone', () => {
    const cache = new AssumeCache(new Map([['pv', version('2', 'Available')]]));
    equal(cache.assume(version('1', 'Bound')), false);
    equal(new AssumeCache<PersistentVolume>(new Map()).assume(version('1', 'Bound')), false);
    deepEqual(phases(cache), ['Available']);
  });

  it('takes back what it assumed', () => {
    const cache = new AssumeCache(new Map([['pv', version('1', 'Available')]]));
    const assumed = version('1', 'Bound');
    cache.assume(assumed);
    cache.restore(assumed);
    deepEqual(phases(cache), ['Available']);
  });
});
