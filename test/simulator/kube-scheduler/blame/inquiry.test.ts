import assert from 'node:assert/strict';
import { inquire, prepareVerdict } from '../../../../src/simulator/kube-scheduler/index.ts';
import { makeNode, makePod } from '../cluster.ts';
import { inquiryOf } from '../blame.ts';

const owner = { kind: 'ReplicaSet', name: 'web' };
const taking = (name: string, cpu: string, options: object = {}) =>
  makePod(name, { on: 'a', requests: { cpu }, ...options });

describe('an inquiry', () => {
  it('names the Pod that is in the way', () => {
    const cluster = [makeNode('a'), taking('small', '500m'), taking('large', '2')];
    const { inquiry } = inquiryOf(cluster, makePod('p', { requests: { cpu: '3' } }));
    assert.deepEqual([inquiry.inTheWay('a'), inquiry.fitsEmpty('a')], ['default/large', true]);
  });

  it('does not where more than one would have to go, or where the node is too small', () => {
    const cluster = [makeNode('a'), taking('x', '1'), taking('y', '1')];
    const ask = (cpu: string) => {
      const { inquiry } = inquiryOf(cluster, makePod('p', { requests: { cpu } }));
      return [inquiry.inTheWay('a'), inquiry.fitsEmpty('a')];
    };
    assert.deepEqual(ask('4'), [undefined, true]);
    assert.deepEqual(ask('5'), [undefined, false]);
  });

  it('leaves Pods of the same workload alone', () => {
    const cluster = [makeNode('a'), taking('sibling', '2', { owner })];
    const { inquiry } = inquiryOf(cluster, makePod('p', { requests: { cpu: '3' }, owner }));
    assert.deepEqual([inquiry.inTheWay('a'), inquiry.fitsEmpty('a')], [undefined, false]);
  });

  it('is only about Pods without a node, and knows only nodes and plugins that there are', () => {
    assert.equal(inquire(prepareVerdict([makeNode('a')])(makePod('p'))), undefined);
    const { inquiry } = inquiryOf([makeNode('a', { unschedulable: true })], makePod('p'));
    assert.deepEqual(inquiry.blame('b', 'NodeUnschedulable'), []);
    assert.deepEqual(inquiry.blame('a', 'Elephant'), []);
    assert.equal(inquiry.inTheWay('b'), undefined);
  });
});
