import assert from 'node:assert/strict';
import { nodeText, podText } from '../../../support/pending.ts';
import { offered } from '../../../support/fixes.ts';

describe('the fix of a node that is named', () => {
  it('leaves the choice to the scheduler', () => {
    const text = podText('  nodeName: elsewhere # why\n');
    assert.deepEqual(offered(text, 'node-missing', { cluster: nodeText('a') }), [
      ['Leave nodeName out: the scheduler finds a node', false, '-   nodeName: elsewhere # why'],
    ]);
  });
});
