import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import type { KubeObject, Pod } from '../../../../src/api/object.ts';
import { cacheOf } from '../../../../src/simulator/kube-scheduler/cluster-cache.ts';
import { NodeInfo } from '../../../../src/simulator/kube-scheduler/framework/node-info.ts';
import { NodeTally, Tallies } from '../../../../src/simulator/kube-scheduler/framework/node-tally.ts';
import { defaultFramework, evaluatePod, snapshotOf } from '../../../../src/simulator/kube-scheduler/index.ts';
import { judge, makeNode, makePod } from '../cluster.ts';

const term = { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'a' } } };
const apart = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
const near = { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ ...term, topologyKey: 'rack' }] } };
const spread = (topologyKey: string, nodeTaintsPolicy: string, whenUnsatisfiable = 'DoNotSchedule') => ({
  ...{ maxSkew: 1, topologyKey, nodeTaintsPolicy, whenUnsatisfiable },
  labelSelector: { matchLabels: { app: 'a' } },
});
const asking: readonly Pod[] = [
  makePod('x', {
    labels: { app: 'a' },
    topologySpreadConstraints: [spread('zone', 'Honor'), spread('rack', 'Ignore')],
  }),
  makePod('x', { labels: { app: 'a' }, topologySpreadConstraints: [spread('zone', 'Honor', 'ScheduleAnyway')] }),
  makePod('x', { labels: { app: 'a' }, affinity: apart }),
  makePod('x', { labels: { app: 'b' }, affinity: near }),
  makePod('x', { labels: { app: 'a' } }),
];

const value = fc.constantFrom('', 'one', 'two');
const change = fc.record({
  isNode: fc.boolean(),
  name: fc.constantFrom('a', 'b', 'c'),
  present: fc.boolean(),
  labels: fc.record({ zone: value, rack: value }, { requiredKeys: [] }),
  isTainted: fc.boolean(),
  on: fc.constantFrom('a', 'b', 'c'),
  app: fc.constantFrom('a', 'b'),
  isShy: fc.boolean(),
});

describe('counts that are kept from cycle to cycle', () => {
  it('are what a new count would be, whatever changes', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 25 }), (changes) => {
        const cache = snapshotOf([]);
        const left = new Map<string, KubeObject>();
        for (const { isNode, name, present, labels, isTainted, on, app, isShy } of changes) {
          const key = `${isNode} ${name}`;
          const before = left.get(key);
          const node = makeNode(name, { labels, ...(isTainted && { taints: ['k=v:NoExecute'] }) });
          const pod = makePod(name, { on, labels: { app }, ...(isShy && { affinity: apart }) });
          if (!present && !before) continue;
          if (isNode) cache[present ? 'setNode' : 'removeNode'](node);
          else cache[present ? 'setPod' : 'removePod'](pod);
          if (present) left.set(key, isNode ? node : pod);
          else left.delete(key);
          for (const one of asking) {
            const { nodes, message } = evaluatePod(cache, one, defaultFramework);
            const anew = evaluatePod(snapshotOf([...left.values()]), one, defaultFramework);
            deepEqual({ nodes, message }, { nodes: anew.nodes, message: anew.message });
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('hear of namespaces that get other labels', () => {
    const namespaceSelector = { matchLabels: { team: 'x' } };
    const shy = {
      podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ ...term, namespaceSelector }] },
    };
    const other = makePod('o', { on: 'a', affinity: shy });
    const namespace = (team: string) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'default', labels: { team } },
    });
    const cluster = [makeNode('a', { labels: { zone: 'z' } }), other];
    const cache = cacheOf([...cluster, namespace('y')], () => true);
    const pod = makePod('x', { labels: { app: 'a' } });
    equal(evaluatePod(cache, pod, defaultFramework).result, 'scheduled');
    (cache.listers.namespaces as Map<string, KubeObject>).set('default', namespace('x'));
    equal(evaluatePod(cache, pod, defaultFramework).result, 'unschedulable');
    equal(judge([...cluster, namespace('y')], pod), '→ a');
  });

  it('look only at nodes that are others than before', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => NodeInfo.of(makeNode(name, { labels: { zone: name } })));
    const looked: string[] = [];
    const partsOf = ({ name }: NodeInfo) => {
      looked.push(name);
      return [{ series: 's', domain: name, amount: 1 }];
    };
    const tally = new NodeTally();
    const over = (...nodes: (NodeInfo | undefined)[]) => {
      const [[, counts] = []] = tally.update(nodes as NodeInfo[], partsOf).all('s');
      return [...(counts?.entries() ?? [])].map(([domain]) => domain).join('');
    };
    deepEqual([over(a, b), over(a, c), over(a), over(), looked.join('')], ['ab', 'ac', 'a', '', 'abc']);
  });

  it('are forgotten when others are of more use', () => {
    const tallies = new Tallies();
    const first = tallies.of(['first']);
    equal(tallies.of(['first']), first);
    for (let i = 0; i < 20; i++) tallies.of([i]);
    equal(tallies.of(['first']) === first, false);
  });
});
