import assert from 'node:assert/strict';
import { found } from '../../support/apply.ts';

const ids = ['evicts-pods'];
const pod = (name: string, spec = '') =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n${spec}  containers: [{name: a, image: nginx, resources: {requests: {cpu: 1500m}}}]\n`;
const priorityClass = (name: string, policy: string) =>
  `apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: ${name}}\nvalue: 1000\npreemptionPolicy: ${policy}\n`;
const cluster = [
  "apiVersion: v1\nkind: Node\nmetadata: {name: worker}\nstatus: {capacity: {cpu: '2', memory: 4Gi, pods: '10'}}\n",
  priorityClass('high', 'PreemptLowerPriority'),
  priorityClass('patient', 'Never'),
  pod('low'),
].join('---\n');

describe('a Pod that takes the room of others', () => {
  it('is told what it evicts, on the class that lets it', () => {
    const [row, ...others] = found(pod('a', '  priorityClassName: high\n'), ids, { cluster });
    assert.deepEqual(row?.slice(0, 3), ['warning', 'evicts-pods', 'high']);
    assert.match(row?.[3] ?? '', /with priority 1000 this evicts default\/low\./);
    assert.deepEqual(others, []);
  });

  it('is told where it evicts what a PodDisruptionBudget keeps', () => {
    const budget = `---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: b, namespace: default}
spec: {minAvailable: 1, selector: {matchLabels: {app: low}}}
status: {disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 1, expectedPods: 1}
`;
    const [row] = found(pod('a', '  priorityClassName: high\n'), ids, {
      cluster: cluster.replace('{name: low}', '{name: low, labels: {app: low}}') + budget,
    });
    assert.match(row?.[3] ?? '', /this evicts default\/low, against a PodDisruptionBudget\./);
  });

  it('evicts nobody if it waits, or has no priority', () => {
    assert.deepEqual(found(pod('a', '  priorityClassName: patient\n'), ids, { cluster }), []);
    assert.deepEqual(found(pod('a'), ids, { cluster }), []);
  });
});
