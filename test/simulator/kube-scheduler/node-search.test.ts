import { deepEqual, equal } from 'node:assert/strict';
import { readConfigured } from './configured.ts';
import { defaultFramework, evaluatePod, snapshotOf } from '../../../src/simulator/kube-scheduler/index.ts';
import { enoughNodes } from '../../../src/simulator/kube-scheduler/node-search.ts';
import { makeNode, makePod } from './cluster.ts';

const number = (index: number) => String(index).padStart(3, '0');
const zoned = (count: number, options = {}) =>
  Array.from({ length: count }, (_, i) =>
    makeNode(`n${number(i)}`, { labels: { 'topology.kubernetes.io/zone': i < count / 2 ? 'a' : 'b' }, ...options }),
  );

describe('the search for nodes', () => {
  it('is enough with all of a small cluster, and with less and less of a large one', () => {
    deepEqual(
      [50, 100, 150, 400, 1000, 5000, 10_000].map((total) => enoughNodes(0, total)),
      [50, 100, 100, 188, 420, 500, 500],
    );
    deepEqual(
      [150, 1000].map((total) => enoughNodes(30, total)),
      [100, 300],
    );
  });

  it('goes through the zones in turn, from where it ended the last time', () => {
    const snapshot = snapshotOf(zoned(240));
    deepEqual(snapshot.nodesInTurns.slice(0, 4), ['n000', 'n120', 'n001', 'n121']);
    const first = evaluatePod(snapshot, makePod('x'), defaultFramework, 0);
    equal(first.looked, 117);
    equal(first.nodes['n000']?.first, null);
    equal(first.nodes['n119'], undefined);
    const second = evaluatePod(snapshot, makePod('x'), defaultFramework, first.looked);
    deepEqual(Object.keys(second.nodes).slice(0, 2), ['n178', 'n059']);
    equal(evaluatePod(snapshot, makePod('x'), defaultFramework).looked, undefined);
  });

  it('looks at all nodes where not enough fit, and at a nominated one first', () => {
    const snapshot = snapshotOf(zoned(240, { taints: ['k:NoSchedule'] }));
    const { looked, nodes, message = '' } = evaluatePod(snapshot, makePod('x'), defaultFramework, 7);
    equal(looked, undefined);
    equal(Object.keys(nodes).length, 240);
    equal(message.startsWith('0/240 nodes are available: 240 node(s) had untolerated taint(s).'), true);
    const nominated = makePod('y', { status: { nominatedNodeName: 'n200' } });
    deepEqual(evaluatePod(snapshotOf(zoned(240)), nominated, defaultFramework, 0).best, ['n200']);
  });

  it('follows the changes of the cluster', () => {
    const snapshot = snapshotOf(zoned(4));
    deepEqual(snapshot.nodesInTurns, ['n000', 'n002', 'n001', 'n003']);
    snapshot.setNode(makeNode('n001', { labels: { 'topology.kubernetes.io/zone': 'b' } }));
    deepEqual(snapshot.nodesInTurns, ['n000', 'n001', 'n002', 'n003']);
    snapshot.removeNode(makeNode('n002'));
    deepEqual(snapshot.nodesInTurns, ['n000', 'n001', 'n003']);
    deepEqual(
      snapshot.nodes.map(({ name }) => name),
      ['n000', 'n001', 'n003'],
    );
  });

  it('a profile says how much is enough, and how many nodes preemption looks at', () => {
    const full = Array.from({ length: 200 }, (_, i) => [
      makeNode(`n${number(i)}`),
      makePod(`old${i}`, { on: `n${number(i)}`, requests: { cpu: '4' } }),
    ]).flat();
    const pod = makePod('x', { priority: 5, requests: { cpu: '4' } });
    const candidates = (framework = defaultFramework, from?: number) =>
      evaluatePod(snapshotOf(full), pod, framework, from).preemption?.candidates.length;
    const args = { minCandidateNodesPercentage: 20, minCandidateNodesAbsolute: 7 };
    const framework = readConfigured({
      percentageOfNodesToScore: 60,
      profiles: [{ pluginConfig: [{ name: 'DefaultPreemption', args }] }],
    });
    deepEqual([candidates(), candidates(defaultFramework, 0), candidates(framework, 0)], [200, 100, 40]);
    equal(evaluatePod(snapshotOf(zoned(240)), makePod('x'), framework, 0).looked, 144);
  });
});
