import assert from 'node:assert/strict';
import { deploymentText, nodeText } from '../../../support/pending.ts';
import { offered } from '../../../support/fixes.ts';

const spread =
  'containers: [{name: a, image: b}], topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}]';
const cluster =
  nodeText('a', { labels: 'zone: a' }) +
  nodeText('b', { labels: 'zone: b', cpu: '0' }).replace('pods: "110"', 'pods: "0"');

describe('fixes of a topology spread that cannot be kept', () => {
  it('correct the topology key', () => {
    const text = deploymentText(1, spread.replace('topologyKey: zone', 'topologyKey: zne'));
    assert.deepEqual(offered(text, 'unschedulable', { cluster })[0]?.slice(0, 2), ['Correct zne to zone', true]);
  });

  it('leave nodes out of the count that the Pod may not have', () => {
    const closed = nodeText('a', { labels: 'zone: a' }) + nodeText('b', { labels: 'zone: b', taint: 'k=v:NoSchedule' });
    const [first] = offered(deploymentText(3, spread), 'unschedulable', { cluster: closed });
    assert.deepEqual(first?.slice(0, 2), [
      'Spread only over nodes that are tolerated (nodeTaintsPolicy: Honor)',
      false,
    ]);
  });

  it('count on no more domains than there are', () => {
    const text = deploymentText(3, spread.replace('maxSkew: 1', 'maxSkew: 1, minDomains: 3'));
    const domains = nodeText('a', { labels: 'zone: a' }) + nodeText('b', { labels: 'zone: b' });
    const titles = offered(text, 'unschedulable', { cluster: domains }).map(([title]) => title);
    assert.equal(titles[0], 'Lower minDomains of zone to 2');
  });

  it('ask for less, or only prefer', () => {
    const rows = offered(deploymentText(2, spread), 'unschedulable', { cluster }).map(([title, isSafe]) => [
      title,
      isSafe,
    ]);
    assert.deepEqual(rows.slice(0, 2), [
      ['Raise maxSkew of zone to 2', false],
      ['Only prefer to spread over zone (ScheduleAnyway)', false],
    ]);
  });
});
