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

  it('is told of a controller that is not there', () => {
    const text = `apiVersion: v1
kind: ReplicationController
metadata: {name: a}
spec: {selector: {app: a}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: a}]}}}
`;
    assert.ok(
      found(text, ['unknown']).some(([severity, , at]) => severity === 'info' && at === 'ReplicationController'),
    );
  });

  it('is only the status of what nothing else of the run needs', () => {
    const budget =
      'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: a}\nspec: {minAvailable: 1, selector: {matchLabels: {a: b}}}\n';
    const [row] = found(budget, ['unknown']);
    assert.deepEqual([row?.[0], row?.[3]], ['info', 'Its status is unknown; the apply itself goes on.']);
  });

  it('is not told of a plain Pod', () => {
    const plain = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: a}]}\n';
    assert.deepEqual(found(plain, ['unknown']), []);
  });
});
