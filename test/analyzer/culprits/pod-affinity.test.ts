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

  const near = (text: string, cluster: string) =>
    whyPending(podText(`  affinity: {podAffinity: ${text}}\n`), cluster)[1];

  it('is a topology key that nodes have a little differently', () => {
    const why = near(term('db').replace('/hostname', '/hostnam'), nodeText('a') + runningText('other', 'a'));
    assert.equal(why, 'a has no label kubernetes.io/hostnam. Did you mean kubernetes.io/hostname?');
  });

  it('is the namespace in which such a Pod is', () => {
    const cluster =
      nodeText('a') +
      runningText('cache', 'a').replace('default, labels: {app: web}', 'kube-system, labels: {app: cache}');
    assert.match(
      near(term('cache'), cluster),
      /There is such a Pod in the namespace kube-system: name it in namespaces/,
    );
  });

  it('is the node on which such a Pod is, and which has something else against the Pod', () => {
    const cluster = nodeText('a') + nodeText('b', { taint: 'k=v:NoSchedule' }) + runningText('other', 'b');
    assert.match(
      near(term('web'), cluster),
      /^a runs no Pod .*\. Such a Pod is on b: see to what keeps the Pod from there/,
    );
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
