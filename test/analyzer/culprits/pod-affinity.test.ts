import assert from 'node:assert/strict';
import { deploymentText, nodeText, podText, runningText, whyPending } from '../../support/pending.ts';

const term = (app: string) =>
  `{requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: ${app}}}}]}`;

describe('the culprit behind InterPodAffinity', () => {
  it('is the term that no Pod meets', () => {
    const [at, why] = whyPending(podText(`  affinity: {podAffinity: ${term('db')}}\n`), nodeText('a'));
    assert.match(at, /^\{topologyKey/);
    assert.match(why, /^a runs no Pod that the Pod wants to be near\. Let such a Pod run first/);
  });

  it('is the label that Pods have a little differently', () => {
    const cluster = nodeText('a') + runningText('frontend', 'a');
    const [, why] = whyPending(podText(`  affinity: {podAffinity: ${term('wbe')}}\n`), cluster);
    assert.match(why, /There are Pods with app=web: did you mean that in place of wbe\?$/);
  });

  it('is the term that keeps replicas apart', () => {
    const text = deploymentText(3, `containers: [{name: a, image: b}], affinity: {podAntiAffinity: ${term('web')}}`);
    const [, why] = whyPending(text, nodeText('a') + nodeText('b'));
    assert.match(
      why,
      /^a runs Pod default\/web-\S+, from which the Pod wants to be apart; b runs .* Only 2 of 3 Pods fit \(a, b\)\.$/,
    );
    assert.doesNotMatch(why, /were gone/);
  });

  it('is a Pod that wants to be alone', () => {
    const cluster = nodeText('a') + runningText('lonely', 'a', '', `affinity: {podAntiAffinity: ${term('web')}}`);
    assert.deepEqual(whyPending(podText(), cluster), [
      'labels',
      'a runs Pod default/lonely, which wants to be apart from Pods like this one. Give the Pod other labels, or add a node. It would fit on a if Pod default/lonely were gone.',
    ]);
  });
});
