import assert from 'node:assert/strict';
import { podText } from '../../../support/pending.ts';
import { offered } from '../../../support/fixes.ts';

describe('the fix of a Pod that waits for its gates', () => {
  it('is none for a Pod that waits for a claim', () => {
    assert.deepEqual(
      offered(podText('  resourceClaims: [{name: gpu, resourceClaimName: gpu}]\n'), 'scheduling-gated'),
      [],
    );
  });

  it('does without them', () => {
    const text = podText('  schedulingGates:\n  - name: example.com/wait\n');
    assert.deepEqual(offered(text, 'scheduling-gated'), [
      ['Do without the scheduling gates', false, '-   schedulingGates:', '-   - name: example.com/wait'],
    ]);
  });
});
