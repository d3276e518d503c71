import assert from 'node:assert/strict';
import { makeNode, makePod } from '../cluster.ts';
import { blamed } from '../blame.ts';

const terms = (topologyKey: string, app: string) => ({
  requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey, labelSelector: { matchLabels: { app } } }],
});
const host = 'kubernetes.io/hostname';
const nodes = [makeNode('a', { labels: { zone: 'n' } }), makeNode('b', { labels: { zone: 'n' } })];
const near = 'spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]';
const apart = 'spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]';

describe('blame for affinity between Pods', () => {
  it('falls on the term that no Pod meets', () => {
    const ask = (topologyKey: string) =>
      blamed(
        nodes.slice(0, 1),
        makePod('p', { affinity: { podAffinity: terms(topologyKey, 'db') } }),
        'InterPodAffinity',
      );
    assert.deepEqual(ask(host), [`a runs no Pod that the Pod wants to be near | ${near} | Node a metadata.labels`]);
    assert.deepEqual(ask('zone'), [
      `a is in zone=n, where no Pod runs that the Pod wants to be near | ${near} | Node a metadata.labels`,
    ]);
    assert.deepEqual(ask('rack'), [`a has no label rack | ${near} | Node a metadata.labels`]);
  });

  it('falls on the term that a Pod in the domain meets', () => {
    const cluster = [...nodes, makePod('other', { on: 'b', labels: { app: 'web' } })];
    const affinity = { podAntiAffinity: terms('zone', 'web') };
    assert.deepEqual(blamed(cluster, makePod('p', { affinity }), 'InterPodAffinity'), [
      `a is in zone=n with Pod default/other, from which the Pod wants to be apart | ${apart} | Pod other metadata.labels`,
      `b is in zone=n with Pod default/other, from which the Pod wants to be apart | ${apart} | Pod other metadata.labels`,
    ]);
  });

  it('falls on the other Pod’s term, once where both say the same', () => {
    const affinity = { podAntiAffinity: terms(host, 'web') };
    const cluster = [...nodes.slice(0, 1), makePod('other', { on: 'a', labels: { app: 'web' }, affinity })];
    assert.deepEqual(blamed(cluster, makePod('p', { labels: { app: 'web' } }), 'InterPodAffinity'), [
      `a runs Pod default/other, which wants to be apart from Pods like this one | metadata.labels | Pod other ${apart}`,
    ]);
    assert.deepEqual(blamed(cluster, makePod('p', { labels: { app: 'web' }, affinity }), 'InterPodAffinity'), [
      `a runs Pod default/other, from which the Pod wants to be apart | ${apart} | Pod other metadata.labels`,
    ]);
  });
});
