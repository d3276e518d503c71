import assert from 'node:assert/strict';
import { disruptionTarget } from '../../src/api/disruption-target.ts';
import type { Pod } from '../../src/api/object.ts';

const cause = { reason: 'DeletionByTaintManager', message: 'gone' };
const podWith = (conditions: NonNullable<Pod['status']>['conditions'] = [], generation = 1): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a', generation },
  status: { conditions },
});

describe('disruptionTarget', () => {
  const set = disruptionTarget(podWith(), cause, 'noon');

  it('is a condition of the moment for the Pod as it is', () => {
    assert.deepEqual(set, {
      ...cause,
      type: 'DisruptionTarget',
      status: 'True',
      lastTransitionTime: 'noon',
      observedGeneration: 1,
    });
  });

  it('is not set twice', () => {
    assert.equal(disruptionTarget(podWith(set && [set]), cause, 'later'), undefined);
  });

  it('keeps the time of its transition when the reason is another', () => {
    const other = disruptionTarget(podWith(set && [set], 2), { ...cause, reason: 'Other' }, 'later');
    assert.deepEqual([other?.lastTransitionTime, other?.observedGeneration, other?.reason], ['noon', 2, 'Other']);
  });
});
