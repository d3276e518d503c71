import { deepEqual, equal } from 'node:assert/strict';
import type { NodeSelectorTerm, PreferredSchedulingTerm } from '../../../../src/api/object.ts';
import { nodeAffinity } from '../../../../src/simulator/kube-scheduler/plugins/node-affinity.ts';
import { askFilter, askScore, isWokenBy, makeNode, makePod } from '../cluster.ts';

const refused = "U&U node(s) didn't match Pod's node affinity/selector";

const requiring = (...nodeSelectorTerms: NodeSelectorTerm[]) =>
  makePod('x', {
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
  });

const preferring = (...preferred: PreferredSchedulingTerm[]) =>
  makePod('x', { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferred } } });

const expression = (key: string, operator: string, ...values: string[]) => ({ key, operator, values });

const cluster = [
  makeNode('a', { labels: { disk: 'ssd', generation: '7' } }),
  makeNode('b', { labels: { disk: 'hdd' } }),
  makeNode('c'),
];

describe('NodeAffinity', () => {
  it('has nothing to do with a Pod that asks for nothing', () => {
    deepEqual(askFilter(nodeAffinity, cluster, makePod('x')), ['Skip']);
    deepEqual(askFilter(nodeAffinity, cluster, makePod('x', { nodeSelector: {} })), ['Skip']);
    deepEqual(askScore(nodeAffinity, cluster, makePod('x')), ['Skip']);
  });

  it('wants every entry of nodeSelector', () => {
    const pod = makePod('x', { nodeSelector: { disk: 'ssd' } });
    deepEqual(askFilter(nodeAffinity, cluster, pod), ['a: fits', `b: ${refused}`, `c: ${refused}`]);
  });

  const rows: [ReturnType<typeof expression>, string][] = [
    [expression('disk', 'In', 'ssd', 'nvme'), 'a'],
    [expression('disk', 'NotIn', 'ssd'), 'b c'],
    [expression('disk', 'Exists'), 'a b'],
    [expression('disk', 'DoesNotExist'), 'c'],
    [expression('generation', 'Gt', '6'), 'a'],
    [expression('generation', 'Lt', '7'), ''],
    [expression('generation', 'Gt', 'six'), ''],
    [expression('disk', 'Gt', '1'), ''],
    [expression('disk', 'Near', 'ssd'), ''],
  ];
  for (const [requirement, nodes] of rows) {
    it(`${requirement.key} ${requirement.operator} ${requirement.values.join()}: ${nodes || 'no node'}`, () => {
      const answers = askFilter(nodeAffinity, cluster, requiring({ matchExpressions: [requirement] }));
      equal(
        answers
          .filter((line) => line.endsWith('fits'))
          .map((line) => line[0])
          .join(' '),
        nodes,
      );
    });
  }

  it('needs one term that matches wholly; an empty term matches nothing', () => {
    const ssd = expression('disk', 'In', 'ssd');
    const pod = requiring(
      {},
      { matchExpressions: [ssd, expression('generation', 'DoesNotExist')] },
      { matchExpressions: [ssd] },
    );
    deepEqual(askFilter(nodeAffinity, cluster, pod), ['a: fits', `b: ${refused}`, `c: ${refused}`]);
  });

  it('restricts the nodes when every term names some', () => {
    const named = (...values: string[]) => ({ matchFields: [expression('metadata.name', 'In', ...values)] });
    deepEqual(askFilter(nodeAffinity, cluster, requiring(named('b'), named('gone'))), [
      'only b gone',
      `a: ${refused}`,
      'b: fits',
      `c: ${refused}`,
    ]);
    const both = { matchFields: [expression('metadata.name', 'In', 'a'), expression('metadata.name', 'In', 'b')] };
    deepEqual(askFilter(nodeAffinity, cluster, requiring(both)), ['U&U pod affinity terms conflict']);
    const not = { matchFields: [expression('metadata.name', 'NotIn', 'a')] };
    deepEqual(askFilter(nodeAffinity, cluster, requiring(not)), [`a: ${refused}`, 'b: fits', 'c: fits']);
  });

  it('scores by the weights of preferred terms', () => {
    const pod = preferring(
      { weight: 10, preference: { matchExpressions: [expression('disk', 'Exists')] } },
      { weight: 30, preference: { matchExpressions: [expression('disk', 'In', 'ssd')] } },
    );
    deepEqual(askScore(nodeAffinity, cluster, pod), ['a: 40 100', 'b: 10 25', 'c: 0 0']);
  });

  it('fails on preferred terms that it cannot read', () => {
    const bad = (value: string) => ({
      weight: 1,
      preference: { matchExpressions: [expression('generation', 'Gt', value)] },
    });
    deepEqual(askScore(nodeAffinity, cluster, preferring(bad('seven'))), [
      `Error [0].matchExpressions[0].values[0]: Invalid value: "seven": for 'Gt', 'Lt' operators, the value must be an integer`,
    ]);
    const [twice] = askScore(nodeAffinity, cluster, preferring(bad('1'), bad('-')));
    equal(twice?.startsWith('Error [[1].matchExpressions[0].values[0]: Invalid value: "-": for'), true);
    equal(twice?.includes('values[0][generation]: Invalid value: "-": a valid label must be'), true);
  });

  it('wakes a Pod when a node comes to match', () => {
    const pod = makePod('x', { nodeSelector: { disk: 'ssd' } });
    const [match, other] = [makeNode('n', { labels: { disk: 'ssd' } }), makeNode('n')];
    equal(isWokenBy(nodeAffinity, pod, { resource: 'Node', action: 'Add', after: match }), true);
    equal(isWokenBy(nodeAffinity, pod, { resource: 'Node', action: 'Add', after: other }), false);
    equal(
      isWokenBy(nodeAffinity, pod, { resource: 'Node', action: 'UpdateNodeLabel', before: other, after: match }),
      true,
    );
    equal(
      isWokenBy(nodeAffinity, pod, { resource: 'Node', action: 'UpdateNodeLabel', before: match, after: match }),
      false,
    );
  });
});
