import assert from 'node:assert/strict';
import { makeNode, makePod } from '../cluster.ts';
import { blamed } from '../blame.ts';

const constraint = (topologyKey: string, whenUnsatisfiable = 'DoNotSchedule') => ({
  ...{ topologyKey, whenUnsatisfiable, maxSkew: 1, labelSelector: { matchLabels: { app: 'web' } } },
});
const cluster = [
  makeNode('a', { labels: { zone: 'a' } }),
  makeNode('b', { labels: { zone: 'b' }, taints: ['k:NoSchedule'] }),
  makeNode('c'),
  makePod('one', { on: 'a', labels: { app: 'web' } }),
];

describe('blame for topology spread', () => {
  it('falls on the constraint that is broken, among all of the Pod', () => {
    const topologySpreadConstraints = [constraint('host', 'ScheduleAnyway'), constraint('zone')];
    assert.deepEqual(
      blamed(cluster, makePod('p', { labels: { app: 'web' }, topologySpreadConstraints }), 'PodTopologySpread'),
      [
        'a is in zone=a, which would hold 2 of these Pods where b, the emptiest, holds 0: more than 1 apart | spec.topologySpreadConstraints[1] | Node a metadata.labels[zone]',
        'c has no label zone, by which Pods are to be spread | spec.topologySpreadConstraints[1] | Node c metadata.labels',
      ],
    );
  });
});
