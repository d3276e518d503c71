import assert from 'node:assert/strict';
import { applyText, found } from '../../support/apply.ts';

const driver = `apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers: [{name: a, image: a, volumeMounts: [{name: data, mountPath: /d}]}]
  volumes: [{name: data, csi: {driver: csi.example.com}}]
`;

describe('what is not modelled', () => {
  it('is told once for each field, whoever does not know', () => {
    const { findings } = applyText(driver);
    const rows = findings.filter(({ id }) => id === 'unknown');
    assert.ok(rows.length >= 1);
    const places = rows.map(({ start, end, subject }) => `${subject.kind} ${start}-${end}`);
    assert.deepEqual(places, [...new Set(places)]);
    assert.ok(rows.every(({ severity, message }) => severity === 'info' && message !== ''));
  });

  it('is told of what a controller would do after the end of the run', () => {
    const text = `apiVersion: batch/v1
kind: CronJob
metadata: {name: a}
spec: {schedule: 0 0 1 1 *, jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}}}
`;
    assert.ok(found(text, ['unknown']).some(([severity, , at]) => severity === 'info' && at === 'CronJob'));
  });

  it('is only what a controller would do that nothing else of the run needs', () => {
    const scaled = `apiVersion: apps/v1
kind: Deployment
metadata: {name: a}
spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: a}]}}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: a}
spec: {maxReplicas: 2, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}}
`;
    const [row] = found(scaled, ['unknown']);
    const explanation = 'How many replicas it asks for is unknown; the apply itself goes on.';
    assert.deepEqual([row?.[0], row?.[3]], ['info', explanation]);
  });

  it('is not told of a plain Pod', () => {
    const plain = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: a}]}\n';
    assert.deepEqual(found(plain, ['unknown']), []);
  });
});
