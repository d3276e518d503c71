import assert from 'node:assert/strict';
import { found } from '../../support/apply.ts';

const ids = ['scheduler-missing', 'unschedulable'];
const pod = (schedulerName: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  schedulerName: ${schedulerName}\n  containers: [{name: a, image: nginx}]\n`;

const cluster = (...profiles: string[]) => `apiVersion: v1
kind: Node
metadata: {name: worker}
status: {capacity: {cpu: '4', memory: 8Gi, pods: '110'}}
---
apiVersion: kubescheduler.config.k8s.io/v1
kind: KubeSchedulerConfiguration
profiles: [${profiles.map((name) => `{schedulerName: ${name}}`).join(', ')}]
`;

describe('a Pod that asks for a scheduler', () => {
  it('waits for ever, without a word, where there is none of that name', () => {
    const [row, ...others] = found(pod('mine'), ids);
    assert.deepEqual(row?.slice(0, 3), ['warning', 'scheduler-missing', 'mine']);
    assert.match(row?.[3] ?? '', /stays Pending, and no Event says why/);
    assert.deepEqual(others, []);
    assert.match(found(pod('default-shceduler'), ids)[0]?.[3] ?? '', /Did you mean default-scheduler\?/);
  });

  it('gets a node where a profile bears the name', () => {
    assert.deepEqual(found(pod('mine'), ids, { cluster: cluster('mine', 'other') }), []);
    assert.deepEqual(found(pod('default-scheduler'), ids), []);
  });

  it('is said of the template that made the Pod', () => {
    const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: a}
spec:
  selector: {matchLabels: {app: a}}
  template:
    metadata: {labels: {app: a}}
    spec:
      schedulerName: mine
      containers: [{name: a, image: nginx}]
`;
    assert.deepEqual(
      found(deployment, ids).map((row) => row.slice(0, 3)),
      [['warning', 'scheduler-missing', 'mine']],
    );
  });
});
