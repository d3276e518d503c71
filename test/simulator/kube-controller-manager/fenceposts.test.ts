// How many Pods a rollout may have too many or too few.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Deployment } from '../../../src/api/object.ts';
import { maxSurge, maxUnavailable } from '../../../src/simulator/kube-controller-manager/deployment/fenceposts.ts';

function deployment(replicas: number, surge: number | string, unavailable: number | string): Deployment {
  const rollingUpdate = { maxSurge: surge, maxUnavailable: unavailable };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { replicas, selector: {}, template: {}, strategy: { type: 'RollingUpdate', rollingUpdate } },
  };
}

const rows: readonly (readonly [number, number | string, number | string, number, number])[] = [
  [3, '25%', '25%', 1, 0],
  [10, '25%', '25%', 3, 2],
  [2, 0, 0, 0, 1],
  [1, '0%', '50%', 0, 1],
  [4, 2, 6, 2, 4],
  [0, '25%', '25%', 0, 0],
];

describe('fenceposts of a rolling update', () => {
  for (const [replicas, surge, unavailable, most, fewest] of rows) {
    it(`${replicas} replicas, ${surge} surge, ${unavailable} unavailable: ${most} more, ${fewest} fewer`, () => {
      const given = deployment(replicas, surge, unavailable);
      assert.deepEqual([maxSurge(given), maxUnavailable(given)], [most, fewest]);
    });
  }

  it('always leave room to move', () => {
    const percent = fc.integer({ min: 0, max: 100 }).map((value) => `${value}%`);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), percent, percent, (replicas, surge, unavailable) => {
        const given = deployment(replicas, surge, unavailable);
        assert.ok(maxSurge(given) + maxUnavailable(given) > 0);
      }),
    );
  });
});
