import assert from 'node:assert/strict';
import { deploymentText, nodeText, podText, runningText } from '../../../support/pending.ts';
import { fixesOf } from '../../../support/fixes.ts';

const busy = nodeText('a') + runningText('other', 'a', 'resources: {requests: {cpu: 2}}');
const asking = podText('    resources: {requests: {cpu: 1500m}}\n');
const added = (text: string, cluster: string) =>
  fixesOf(text, 'unschedulable', { cluster }).filter(({ title }) => title.startsWith('Add'));

describe('advice where there is no room', () => {
  it('is another node of the same shape', () => {
    const [fix, ...others] = added(asking, busy);
    assert.deepEqual([fix?.title, fix?.target, fix?.command, others], ['Add a node like a', 'cluster', undefined, []]);
    assert.match(fix?.outcome ?? '', /^runs on a-2 after/);
  });

  it('is as many as the replicas need', () => {
    const text = deploymentText(4, 'containers: [{name: a, image: b, resources: {requests: {cpu: 1500m}}}]');
    assert.deepEqual(
      added(text, nodeText('a') + nodeText('b')).map(({ title }) => title),
      ['Add 2 nodes like a'],
    );
  });

  it('is none where a node of that shape is too small', () => {
    assert.deepEqual(added(asking.replace('1500m', '3'), busy), []);
  });
});
