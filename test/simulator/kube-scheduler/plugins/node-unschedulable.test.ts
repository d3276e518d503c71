import { deepEqual, equal } from 'node:assert/strict';
import { nodeUnschedulable } from '../../../../src/simulator/kube-scheduler/plugins/node-unschedulable.ts';
import { askFilter, isWokenBy, makeNode, makePod, tolerate } from '../cluster.ts';

const cordoned = makeNode('a', { unschedulable: true });

describe('NodeUnschedulable', () => {
  it('refuses cordoned nodes', () => {
    deepEqual(askFilter(nodeUnschedulable, [cordoned, makeNode('b')], makePod('x')), [
      'a: U&U node(s) were unschedulable',
      'b: fits',
    ]);
  });

  it('lets Pods pass that tolerate it', () => {
    const pod = makePod('x', { tolerations: [tolerate('node.kubernetes.io/unschedulable')] });
    deepEqual(askFilter(nodeUnschedulable, [cordoned], pod), ['a: fits']);
  });

  it('wakes a Pod when a node is uncordoned or added, or when the Pod tolerates cordoned nodes', () => {
    const pod = makePod('x');
    const open = makeNode('a');
    equal(
      isWokenBy(nodeUnschedulable, pod, { resource: 'Node', action: 'UpdateNodeTaint', before: cordoned, after: open }),
      true,
    );
    equal(
      isWokenBy(nodeUnschedulable, pod, { resource: 'Node', action: 'UpdateNodeTaint', before: open, after: cordoned }),
      false,
    );
    equal(isWokenBy(nodeUnschedulable, pod, { resource: 'Node', action: 'Add', after: open }), true);
    const after = makePod('x', { tolerations: [tolerate()] });
    equal(
      isWokenBy(nodeUnschedulable, pod, { resource: 'UnschedulablePod', action: 'UpdatePodToleration', after }),
      true,
    );
  });
});
