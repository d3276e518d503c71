import assert from 'node:assert/strict';
import { nodeText, podText, runningText, whyPending } from '../../support/pending.ts';

const asking = (requests: string) => podText(`    resources: {requests: {${requests}}}\n`);
const busy = (name: string, cpu: number) => runningText(name, 'a', `resources: {requests: {cpu: ${cpu}}}`);

describe('the culprit behind NodeResourcesFit', () => {
  it('is the request, with what is free and who is in the way', () => {
    assert.deepEqual(whyPending(asking('cpu: 1500m'), nodeText('a') + busy('other', 1)), [
      '1500m',
      'Not enough cpu is free for the request of 1500m (a has 1 of 2 free): ask for less, or add a node. It would fit on a if Pod default/other were gone.',
    ]);
  });

  it('says that an empty node would do', () => {
    const cluster = nodeText('a', { cpu: '3' }) + busy('x', 1) + busy('z', 1);
    assert.match(whyPending(asking('cpu: 3'), cluster)[1], /It would fit on an empty a\.$/);
  });

  it('names every resource', () => {
    assert.deepEqual(whyPending(asking('cpu: 3, memory: 10Gi'), nodeText('a') + nodeText('b')), [
      '3',
      'Not enough cpu is free for the request of 3 (a has 2 in all, b has 2 in all), nor memory for the request of 10Gi (a has 4Gi in all, b has 4Gi in all): ask for less, or add a node.',
    ]);
  });

  it('says of a full node that it is full', () => {
    const cluster = nodeText('a').replace('pods: "110"', 'pods: "1"') + runningText('other', 'a');
    assert.deepEqual(whyPending(podText(), cluster), [
      'spec',
      'Node a: Too many pods. Free a place, or add a node. It would fit on a if Pod default/other were gone.',
    ]);
  });

  it('stops at three nodes', () => {
    const cluster = ['a', 'b', 'c', 'd', 'e'].map((name) => nodeText(name)).join('');
    assert.match(whyPending(asking('cpu: 3'), cluster)[1], /c has 2 in all, and 2 more\)/);
  });
});
