import assert from 'node:assert/strict';
import { nodeText, podText, whyPending } from '../../support/pending.ts';

const tainted = nodeText('a', { taint: 'dedicated=db:NoSchedule' });
const tolerating = (rest: string) => podText(`  tolerations: [{key: dedicated, ${rest}}]\n`);

describe('the culprit behind TaintToleration', () => {
  it('is the value of a toleration that nearly does it', () => {
    const text = tolerating('operator: Equal, value: dbb, effect: NoSchedule');
    assert.deepEqual(whyPending(text, tainted), [
      'dbb',
      'Node a has the taint dedicated=db:NoSchedule: the Pod does not tolerate it. The Pod tolerates the value "dbb" only. Correct the toleration, or remove the taint.',
    ]);
  });

  it('is its effect', () => {
    const [at, why] = whyPending(tolerating('operator: Exists, effect: NoExecute'), tainted);
    assert.equal(at, 'NoExecute');
    assert.match(why, /The Pod tolerates the effect "NoExecute" only\./);
  });

  it('is its key, or the value that it does not have', () => {
    const [at, why] = whyPending(podText('  tolerations: [{key: dedicate, value: db}]\n'), tainted);
    assert.equal(at, 'dedicate');
    assert.match(why, /The Pod tolerates the key dedicate: did you mean dedicated\?/);
    assert.match(whyPending(tolerating('effect: NoSchedule'), tainted)[1], /The Pod’s toleration has no value\./);
  });

  it('is said for each taint with its nodes', () => {
    const [, why] = whyPending(podText(), tainted + nodeText('b', { taint: 'gpu=x:NoExecute' }));
    assert.match(
      why,
      /^Node a has the taint dedicated=db:NoSchedule; Node b has the taint gpu=x:NoExecute: the Pod does not tolerate them\./,
    );
  });

  it('is the control plane only where it is all there is', () => {
    const control = nodeText('cp', { taint: 'node-role.kubernetes.io/control-plane=x:NoSchedule' });
    assert.match(whyPending(podText(), control)[1], /^Node cp has the taint/);
    assert.doesNotMatch(whyPending(podText(), control + tainted)[1], /cp/);
  });
});
