import assert from 'node:assert/strict';
import { found } from '../../support/apply.ts';

const ids = ['node-missing', 'node-refuses'];
const pod = (node: string, resources = '') =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  nodeName: ${node}\n  containers: [{name: a, image: nginx${resources}}]\n`;

describe('a Pod that names its node', () => {
  it('waits for ever where there is none of that name', () => {
    const [row, ...others] = found(pod('wroker-1'), ids);
    assert.deepEqual(row?.slice(0, 3), ['error', 'node-missing', 'wroker-1']);
    assert.match(row?.[3] ?? '', /did you mean worker-1\?/);
    assert.deepEqual(others, []);
  });

  it('is refused by a kubelet that has no room', () => {
    const [row] = found(pod('worker-1', ', resources: {requests: {cpu: 100}}'), ids);
    assert.deepEqual(row?.slice(0, 3), ['error', 'node-refuses', 'worker-1']);
    assert.match(row?.[3] ?? '', /kubelet of worker-1 refuses/);
  });

  it('runs there otherwise', () => assert.deepEqual(found(pod('worker-2'), ids), []));
});
