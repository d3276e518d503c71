import { deepEqual, equal } from 'node:assert/strict';
import { nodeName } from '../../../../src/simulator/kube-scheduler/plugins/node-name.ts';
import { askFilter, isWokenBy, makeNode, makePod } from '../cluster.ts';

describe('NodeName', () => {
  it('refuses every other node than the one named', () => {
    deepEqual(askFilter(nodeName, [makeNode('a'), makeNode('b')], makePod('x', { nodeName: 'b' })), [
      "a: U&U node(s) didn't match the requested node name",
      'b: fits',
    ]);
  });

  it('wakes a Pod when a node comes', () => {
    equal(isWokenBy(nodeName, makePod('x'), { resource: 'Node', action: 'Add', after: makeNode('b') }), true);
  });
});
