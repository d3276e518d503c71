import assert from 'node:assert/strict';
import type { Event, Node, Pod } from '../../src/api/object.ts';
import { convergeCluster, Simulation } from '../../src/simulator/index.ts';
import { objectsOf } from './kube-controller-manager/world.ts';

const node = (name: string): Node => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  spec: {},
  status: {
    capacity: { cpu: '2', memory: '4Gi', pods: '110' },
    allocatable: { cpu: '2', memory: '4Gi', pods: '110' },
    conditions: [
      { type: 'MemoryPressure', status: 'False' },
      { type: 'Ready', status: 'True' },
    ],
  },
});
const pod =
  'apiVersion: v1\nkind: Pod\nmetadata: {name: app, namespace: default}\nspec: {containers: [{name: app, image: nginx}]}\n';

describe('a machine that joins', () => {
  const simulation = new Simulation(convergeCluster(objectsOf(pod)));
  const before = simulation.objects<Pod>('pods')[0]?.spec?.nodeName;
  simulation.addNode(node('late'));
  simulation.settle();

  it('is tainted until it is ready, and then takes the Pod that waited', () => {
    assert.deepEqual([before, simulation.objects<Pod>('pods')[0]?.spec?.nodeName], [undefined, 'late']);
    const created = simulation.trace.find((entry) => entry.type === 'store' && entry.resource === 'nodes');
    const first = created?.type === 'store' ? (created.object as Node) : undefined;
    assert.deepEqual(first?.spec?.taints, [{ key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }]);
    assert.deepEqual(simulation.objects<Node>('nodes')[0]?.spec?.taints ?? [], []);
  });

  it('tells of it', () => {
    const events = simulation.objects<Event>('events').filter(({ involvedObject }) => involvedObject.kind === 'Node');
    assert.deepEqual(events.map(({ reason }) => reason).sort(), [
      'NodeHasSufficientMemory',
      'NodeReady',
      'RegisteredNode',
      'Starting',
    ]);
  });
});
