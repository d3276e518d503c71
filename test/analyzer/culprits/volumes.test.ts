import assert from 'node:assert/strict';
import { nodeText, podText, whyPending } from '../../support/pending.ts';

describe('the culprit behind the plugins for volumes', () => {
  it('is the claim that is not there', () => {
    const text = podText(
      '  volumes: [{name: tmp, emptyDir: {}}, {name: data, persistentVolumeClaim: {claimName: data}}]\n',
    );
    assert.deepEqual(whyPending(text, nodeText('a')), [
      'data',
      'Node a: persistentvolumeclaim "data" not found. Create the claim data first, or correct its name.',
    ]);
  });
});
