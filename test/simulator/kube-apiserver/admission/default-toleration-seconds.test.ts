import assert from 'node:assert/strict';
import type { PodSpec, Toleration } from '../../../../src/api/object.ts';
import { defaultTolerationSeconds } from '../../../../src/simulator/kube-apiserver/admission/default-toleration-seconds.ts';
import { ask, outcome } from '../admission-fixture.ts';
import { pod } from '../server-fixture.ts';

const notReady = 'node.kubernetes.io/not-ready';
const unreachable = 'node.kubernetes.io/unreachable';
const fiveMinutes = (key: string) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 });

describe('DefaultTolerationSeconds', () => {
  const rows: [given: Toleration[], added: string[]][] = [
    [[], [notReady, unreachable]],
    [[{ key: 'dedicated', operator: 'Exists' }], [notReady, unreachable]],
    [[{ key: notReady, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 5 }], [unreachable]],
    [[{ key: unreachable, operator: 'Exists' }], [notReady]],
    [[{ key: notReady, operator: 'Exists', effect: 'NoSchedule' }], [notReady, unreachable]],
    [[{ operator: 'Exists' }], []],
  ];
  for (const [tolerations, added] of rows) {
    it(`adds ${added.join(' and ') || 'nothing'} to ${JSON.stringify(tolerations)}`, () => {
      const spec = outcome(ask(defaultTolerationSeconds, pod('a', { tolerations }))) as PodSpec | undefined;
      const expected = added.length ? [...tolerations, ...added.map(fiveMinutes)] : undefined;
      assert.deepEqual(spec?.tolerations, expected);
    });
  }
});
