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
      'a has its 1 Pod already. Free a place, or add a node. It would fit on a if Pod default/other were gone.',
    ]);
  });

  it('says what several containers come to', () => {
    const text = podText(
      '    resources: {requests: {cpu: 1}}\n  - {name: b, image: c, resources: {requests: {cpu: 2}}}\n',
    );
    const [at, why] = whyPending(text, nodeText('a'));
    assert.equal(at, '2');
    assert.match(why, /^Not enough cpu is free for the 3 that the Pod comes to \(a has 2 in all\)/);
  });

  it('is the limit, where a request is only implied by it', () => {
    assert.equal(whyPending(podText('    resources: {limits: {cpu: 3}}\n'), nodeText('a'))[0], '3');
  });

  it('takes hundreds of cpus for thousandths that were meant', () => {
    assert.match(whyPending(asking('cpu: 500'), nodeText('a'))[1], /: did you mean 500m\?$/);
    assert.match(whyPending(asking('cpu: 50'), nodeText('a'))[1], /: ask for less/);
  });

  it('is a resource that is called a little differently', () => {
    const cluster = nodeText('a').replace('pods: "110"', 'pods: "110", example.com/gpu: "2"');
    const text = podText('    resources: {limits: {example.com/gpus: 1}}\n');
    assert.match(whyPending(text, cluster)[1], /no node has it, did you mean example\.com\/gpu\?$/);
    assert.match(whyPending(text, nodeText('a'))[1], /no node has it\. Add one that does\.$/);
  });

  it('is a node without allocatable', () => {
    const bare = '---\napiVersion: v1\nkind: Node\nmetadata: {name: bare}\n';
    assert.equal(
      whyPending(asking('cpu: 1'), bare)[1],
      'Node bare has no status.allocatable, so that nothing fits on it.',
    );
  });

  it('says amounts as people do', () => {
    const why = (memory: string) => whyPending(asking(`memory: ${memory}`), nodeText('a'))[1];
    assert.match(why('100G'), /the request of 100G \(/);
    assert.match(why('15738028Ki'), /the request of 15\.0Gi \(/);
    assert.match(why('9E'), /the request of more than 8Pi \(/);
  });

  it('stops at three nodes', () => {
    const cluster = ['a', 'b', 'c', 'd', 'e'].map((name) => nodeText(name)).join('');
    assert.match(whyPending(asking('cpu: 3'), cluster)[1], /c has 2 in all, and 2 more\)/);
  });
});
