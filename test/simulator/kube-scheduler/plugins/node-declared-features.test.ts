import { deepEqual, equal } from 'node:assert/strict';
import { nodeDeclaredFeatures } from '../../../../src/simulator/kube-scheduler/plugins/node-declared-features.ts';
import { askFilter, isWokenBy, makeNode, makePod } from '../cluster.ts';

const old = makeNode('old');
const current = makeNode('current', {
  declaredFeatures: ['RestartAllContainersOnContainerExits', 'UserNamespacesHostNetworkSupport'],
});
const needy = makePod('x', { hostNetwork: true, hostUsers: false });

describe('NodeDeclaredFeatures', () => {
  it('has nothing to do with a Pod that needs no feature', () => {
    deepEqual(askFilter(nodeDeclaredFeatures, [old], makePod('x')), ['Skip']);
    deepEqual(askFilter(nodeDeclaredFeatures, [old], makePod('x', { hostNetwork: true })), ['Skip']);
  });

  it('wants nodes that declare what the Pod needs', () => {
    const refused = "old: U&U node(s) didn't match Pod's required features";
    deepEqual(askFilter(nodeDeclaredFeatures, [old, current], needy), ['current: fits', refused]);
    const restarting = makePod('x', {
      containers: [{ name: 'app', restartPolicyRules: [{ action: 'RestartAllContainers' }] }],
    });
    deepEqual(askFilter(nodeDeclaredFeatures, [old, current], restarting), ['current: fits', refused]);
  });

  it('wakes a Pod when a node declares more, or the Pod needs less', () => {
    const wakes = (event: Parameters<typeof isWokenBy>[2]) => isWokenBy(nodeDeclaredFeatures, needy, event);
    equal(wakes({ resource: 'Node', action: 'UpdateNodeDeclaredFeature', before: old, after: current }), true);
    equal(wakes({ resource: 'Node', action: 'UpdateNodeDeclaredFeature', before: current, after: current }), false);
    equal(wakes({ resource: 'UnschedulablePod', action: 'Update', before: needy, after: makePod('x') }), true);
    equal(wakes({ resource: 'UnschedulablePod', action: 'Update', before: needy, after: needy }), false);
  });
});
