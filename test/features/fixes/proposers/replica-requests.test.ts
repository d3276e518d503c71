import assert from 'node:assert/strict';
import { deploymentText, nodeText } from '../../../support/pending.ts';
import { fixesOf } from '../../../support/fixes.ts';

const cluster = nodeText('a') + nodeText('b') + nodeText('c');

describe('the fix of a request with which not all replicas fit', () => {
  it('is the largest with which they do', () => {
    const text = deploymentText(7, 'containers: [{name: a, image: b, resources: {requests: {cpu: 900m}}}]');
    const fix = fixesOf(text, 'unschedulable', { cluster }).find(({ title }) => title.startsWith('Lower'));
    assert.equal(fix?.title, 'Lower the request of cpu to 660m: all 7 Pods fit');
    assert.match(fix?.outcome ?? '', /^7\/7 ready/);
    assert.match(fix?.text ?? '', /requests: \{cpu: 660m\}/);
  });
});
