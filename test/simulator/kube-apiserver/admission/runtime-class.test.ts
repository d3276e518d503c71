import assert from 'node:assert/strict';
import type { PodSpec, Toleration } from '../../../../src/api/object.ts';
import { mergeTolerations } from '../../../../src/simulator/kube-apiserver/admission/merge-tolerations.ts';
import { runtimeClass } from '../../../../src/simulator/kube-apiserver/admission/runtime-class.ts';
import { ask, outcome, type Asked } from '../admission-fixture.ts';
import { pod, type Manifest } from '../server-fixture.ts';

const podFixed = { cpu: '250m', memory: '120Mi' };
const gvisor = {
  apiVersion: 'node.k8s.io/v1',
  kind: 'RuntimeClass',
  metadata: { name: 'gvisor' },
  handler: 'runsc',
  overhead: { podFixed },
  scheduling: { nodeSelector: { runtime: 'gvisor' }, tolerations: [{ key: 'runtime', operator: 'Exists' }] },
};

const found = (spec: Manifest, phase: Asked['phase'] = 'admit') =>
  outcome(ask(runtimeClass, pod('a', spec), { phase, cluster: [gvisor] })) as PodSpec;

describe('RuntimeClass', () => {
  it('brings its overhead, node selector and tolerations to the Pod', () => {
    const spec = found({ runtimeClassName: 'gvisor', nodeSelector: { a: 'b' } });
    assert.deepEqual(
      [spec.overhead, spec.nodeSelector, spec.tolerations],
      [podFixed, { a: 'b', runtime: 'gvisor' }, gvisor.scheduling.tolerations],
    );
    assert.equal(found({}), undefined);
  });

  const rows: [spec: Manifest, phase: Asked['phase'], text: string][] = [
    [{ runtimeClassName: 'none' }, 'admit', 'pod rejected: RuntimeClass "none" not found'],
    [
      { runtimeClassName: 'gvisor', overhead: { cpu: '1' } },
      'admit',
      "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead",
    ],
    [
      { runtimeClassName: 'gvisor', overhead: { cpu: '1' } },
      'validate',
      "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead",
    ],
    [
      { overhead: { cpu: '1' } },
      'validate',
      'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead',
    ],
    [
      { runtimeClassName: 'gvisor', nodeSelector: { runtime: 'other' } },
      'admit',
      'conflict: runtimeClass.scheduling.nodeSelector[runtime] = gvisor; pod.spec.nodeSelector[runtime] = other',
    ],
  ];
  for (const [spec, phase, text] of rows) {
    it(`refuses ${JSON.stringify(spec)} (${phase})`, () =>
      assert.equal(found(spec, phase), `pods "a" is forbidden: ${text}`));
  }

  it('hands on the error of a name that cannot be asked for', () => {
    const verdict = ask(runtimeClass, pod('a', { runtimeClassName: 'a/b' }));
    const status = verdict && 'refusal' in verdict ? verdict.refusal : undefined;
    assert.deepEqual([status?.code, status?.message], [500, `invalid resource name "a/b": [may not contain '/']`]);
  });
});

describe('mergeTolerations', () => {
  const exists = (key: string, more: Partial<Toleration> = {}) => ({ key, operator: 'Exists', ...more });
  const rows: [first: Toleration[], second: Toleration[], merged: Toleration[]][] = [
    [[exists('a')], [exists('b')], [exists('a'), exists('b')]],
    [[exists('a')], [exists('a')], [exists('a')]],
    [[exists('a', { effect: 'NoSchedule' })], [exists('a')], [exists('a')]],
    [[{ key: 'a', operator: 'Equal', value: 'x' }], [exists('a')], [exists('a')]],
    [[exists('a')], [{ operator: 'Exists' }], [{ operator: 'Exists' }]],
    [
      [exists('a', { effect: 'NoExecute', tolerationSeconds: 5 })],
      [exists('a', { effect: 'NoExecute', tolerationSeconds: 9 })],
      [exists('a', { effect: 'NoExecute', tolerationSeconds: 9 })],
    ],
  ];
  for (const [first, second, merged] of rows) {
    it(`makes ${JSON.stringify(merged)} of ${JSON.stringify([...first, ...second])}`, () =>
      assert.deepEqual(mergeTolerations(first, second), merged));
  }
});
