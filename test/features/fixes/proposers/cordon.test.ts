import assert from 'node:assert/strict';
import { nodeText, podText } from '../../../support/pending.ts';
import { fixesOf } from '../../../support/fixes.ts';

describe('advice for a node that is cordoned', () => {
  it('is to let it take Pods again', () => {
    const cluster = nodeText('a').replace('spec: {}', 'spec: {unschedulable: true}');
    assert.deepEqual(
      fixesOf(podText(), 'unschedulable', { cluster }).map(({ title, target, command }) => [title, target, command]),
      [['Let a take Pods again', 'cluster', 'kubectl uncordon a']],
    );
  });
});
