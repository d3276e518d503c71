import assert from 'node:assert/strict';
import { deploymentText, nodeText, whyPending } from '../../support/pending.ts';

const spread = (replicas: number) =>
  deploymentText(
    replicas,
    'containers: [{name: a, image: b}], topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}]',
  );

describe('the culprit behind PodTopologySpread', () => {
  it('is the constraint, with what the domains hold, and how many fit', () => {
    const full = nodeText('b', { labels: 'zone: b', taint: 'k=v:NoSchedule' });
    const [at, why] = whyPending(spread(3), nodeText('a', { labels: 'zone: a' }) + full);
    assert.match(at, /^\{maxSkew: 1/);
    assert.match(
      why,
      /^The Pods could not be spread as asked: a is in zone=a, which would hold 2 of these Pods where b, the emptiest, holds 0: more than 1 apart\. The Pod tolerates no node of b: tolerate one, or let nodeTaintsPolicy be Honor, so that b does not count\. .* Only 1 of 3 Pods fits \(a\)\.$/,
    );
  });

  it('is a label that nodes have a little differently', () => {
    const [, why] = whyPending(spread(2), nodeText('a', { labels: 'zones: a' }));
    assert.match(why, /Did you mean zones\?/);
    const [, behind] = whyPending(spread(2), nodeText('a', { labels: 'topology.kubernetes.io/zone: a' }));
    assert.match(behind, /Did you mean topology\.kubernetes\.io\/zone\?/);
  });

  it('is a number of domains that is not there', () => {
    const text = spread(2).replace('maxSkew: 1', 'maxSkew: 1, minDomains: 2');
    const [, why] = whyPending(text, nodeText('a', { labels: 'zone: a' }));
    assert.match(why, /as there are fewer domains than minDomains wants, the emptiest holds 0: more than 1 apart/);
  });

  it('is the label that no node has', () => {
    const [, why] = whyPending(spread(2), nodeText('a'));
    assert.match(why, /a has no label zone, by which Pods are to be spread\. Label the nodes/);
    assert.match(why, /None of the 2 Pods fits\.$/);
  });
});
