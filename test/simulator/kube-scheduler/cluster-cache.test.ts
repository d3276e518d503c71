import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import type { KubeObject } from '../../../src/api/object.ts';
import type { ClusterCache } from '../../../src/simulator/kube-scheduler/cluster-cache.ts';
import { snapshotOf } from '../../../src/simulator/kube-scheduler/index.ts';
import { makeNode, makePod } from './cluster.ts';

/** All that plugins can see of nodes, Pods and images. */
function seen(cache: ClusterCache) {
  const images = ['one:1', 'two:1'].map((name) => {
    const state = cache.image(name);
    return state && [name, [...state.nodes].sort()];
  });
  const nodes = cache.nodes.map(({ name, pods, requested, nonZeroRequested, allocatable, node }) => ({
    name,
    pods: pods.map(({ key }) => key).sort(),
    requested: { ...requested, scalars: [...requested.scalars].filter(([, amount]) => amount > 0).sort() },
    nonZeroRequested,
    allocatable,
    taints: node.spec?.taints,
    same: cache.node(name)?.node === node,
  }));
  return { images, nodes };
}

const nodeNames = ['a', 'b'];
const nodeArbitrary = fc.record({
  type: fc.constant('node' as const),
  name: fc.constantFrom(...nodeNames),
  present: fc.boolean(),
  cpu: fc.constantFrom('1', '2'),
  image: fc.constantFrom('one:1', 'two:1'),
});
const podArbitrary = fc.record({
  type: fc.constant('pod' as const),
  name: fc.constantFrom('p', 'q', 'r'),
  present: fc.boolean(),
  cpu: fc.constantFrom('100m', '1500m'),
  gpu: fc.boolean(),
  on: fc.constantFrom(...nodeNames),
});

describe('ClusterCache', () => {
  it('is, after any changes, what it would be if it had been filled with what is left', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(nodeArbitrary, podArbitrary), { maxLength: 30 }), (changes) => {
        const cache = snapshotOf([]);
        const left = new Map<string, KubeObject>();
        for (const change of changes) {
          const key = `${change.type} ${change.name}`;
          if (change.type === 'node') {
            const node = makeNode(change.name, { allocatable: { cpu: change.cpu }, images: { [change.image]: 5 } });
            const before = left.get(key);
            if (change.present) cache.setNode(node);
            else if (before) cache.removeNode(before);
            left.set(key, node);
          } else {
            const requests = { cpu: change.cpu, ...(change.gpu && { 'example.com/gpu': '1' }) };
            const pod = makePod(change.name, { on: change.on, requests });
            if (change.present) cache.setPod(pod);
            else cache.removePod(pod);
            left.set(key, pod);
          }
          if (!change.present) left.delete(key);
        }
        deepEqual(seen(cache), seen(snapshotOf([...left.values()])));
      }),
    );
  });

  it('counts an assumed Pod until the server confirms it, or it is forgotten', () => {
    const cache = snapshotOf([makeNode('a')]);
    const pod = makePod('x', { requests: { cpu: '1' } });
    cache.assume(pod, 'a');
    equal(cache.isAssumed(pod), true);
    equal(cache.node('a')?.requested.milliCpu, 1000);
    cache.setPod(makePod('x', { on: 'a', requests: { cpu: '1' } }));
    equal(cache.isAssumed(pod), false);
    equal(cache.node('a')?.requested.milliCpu, 1000);
    equal(cache.removePod(pod)?.spec?.nodeName, 'a');
    equal(cache.node('a')?.requested.milliCpu, 0);
  });

  it('knows for which node a waiting Pod is nominated', () => {
    const cache = snapshotOf([makeNode('a'), makeNode('b')]);
    const at = (nominatedNodeName?: string) => makePod('x', { status: nominatedNodeName ? { nominatedNodeName } : {} });
    const names = () =>
      ['a', 'b'].map((name) =>
        cache
          .nominated(name)
          .map(({ key }) => key)
          .join(),
      );
    cache.setNominated(at('a'));
    deepEqual(names(), ['default/x', '']);
    cache.setNominated(at('b'));
    deepEqual(names(), ['', 'default/x']);
    cache.setNominated(at());
    deepEqual(names(), ['', '']);
  });
});
