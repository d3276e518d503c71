import { deepEqual, equal } from 'node:assert/strict';
import type { TopologySpreadConstraint } from '../../../../src/api/object.ts';
import { podTopologySpread } from '../../../../src/simulator/kube-scheduler/plugins/pod-topology-spread/index.ts';
import { askFilter, askScore, isWokenBy, makeNode, makePod, makeService } from '../cluster.ts';

const zone = 'topology.kubernetes.io/zone';
const web = { app: 'web' };

const spread = (constraint: Partial<TopologySpreadConstraint> = {}): TopologySpreadConstraint => ({
  topologyKey: zone,
  maxSkew: 1,
  whenUnsatisfiable: 'DoNotSchedule',
  labelSelector: { matchLabels: web },
  ...constraint,
});

const podWith = (...topologySpreadConstraints: TopologySpreadConstraint[]) =>
  makePod('x', { labels: web, topologySpreadConstraints });

const inZone = (name: string, value: string, taints: string[] = []) =>
  makeNode(name, { labels: { [zone]: value }, taints });
const twoZones = [inZone('a', '1'), inZone('b', '2'), makeNode('c')];
const uneven = [
  ...twoZones,
  makePod('p1', { on: 'a', labels: web }),
  makePod('p2', { on: 'a', labels: { app: 'db' } }),
];

const tooMany = "U node(s) didn't match pod topology spread constraints";
const noLabel = "U&U node(s) didn't match pod topology spread constraints (missing required label)";

describe('PodTopologySpread', () => {
  it('has nothing to do with a Pod without constraints that nothing selects', () => {
    deepEqual(askFilter(podTopologySpread, uneven, makePod('x')), ['Skip']);
    deepEqual(askScore(podTopologySpread, uneven, makePod('x', { labels: web })), ['Skip']);
  });

  it('keeps domains within maxSkew of the least full one', () => {
    deepEqual(askFilter(podTopologySpread, uneven, podWith(spread())), [`a: ${tooMany}`, 'b: fits', `c: ${noLabel}`]);
    deepEqual(askFilter(podTopologySpread, uneven, podWith(spread({ maxSkew: 2 }))), [
      'a: fits',
      'b: fits',
      `c: ${noLabel}`,
    ]);
  });

  it('counts the Pod itself only if its selector means it', () => {
    const pod = makePod('x', { labels: { app: 'other' }, topologySpreadConstraints: [spread()] });
    deepEqual(askFilter(podTopologySpread, uneven, pod).slice(0, 2), ['a: fits', 'b: fits']);
  });

  it('treats the least full domain as empty while there are fewer than minDomains', () => {
    const even = [inZone('a', '1'), makePod('p1', { on: 'a', labels: web })];
    deepEqual(askFilter(podTopologySpread, even, podWith(spread())), ['a: fits']);
    deepEqual(askFilter(podTopologySpread, even, podWith(spread({ minDomains: 2 }))), [`a: ${tooMany}`]);
  });

  it('leaves out nodes that the Pod cannot use anyway, as the policies say', () => {
    const cluster = [inZone('a', '1'), inZone('b', '2', ['k:NoSchedule']), makePod('p1', { on: 'a', labels: web })];
    deepEqual(askFilter(podTopologySpread, cluster, podWith(spread())), [`a: ${tooMany}`, 'b: fits']);
    deepEqual(askFilter(podTopologySpread, cluster, podWith(spread({ nodeTaintsPolicy: 'Honor' }))), [
      'a: fits',
      'b: fits',
    ]);
    const picky = (nodeAffinityPolicy: string) => ({
      ...podWith(spread({ nodeAffinityPolicy })),
      spec: { ...podWith(spread({ nodeAffinityPolicy })).spec, containers: [], nodeSelector: { [zone]: '1' } },
    });
    deepEqual(askFilter(podTopologySpread, cluster, picky('Honor'))[0], 'a: fits');
    deepEqual(askFilter(podTopologySpread, cluster, picky('Ignore'))[0], `a: ${tooMany}`);
  });

  it('counts by matchLabelKeys only Pods of the same revision', () => {
    const cluster = [...twoZones, makePod('p1', { on: 'a', labels: { ...web, hash: 'old' } })];
    const pod = makePod('x', {
      labels: { ...web, hash: 'new' },
      topologySpreadConstraints: [spread({ matchLabelKeys: ['hash'] })],
    });
    deepEqual(askFilter(podTopologySpread, cluster, pod)[0], 'a: fits');
  });

  it('does not count Pods of other namespaces, Pods that are leaving, and none for an empty selector', () => {
    const at = (metadata: object) => ({
      ...makePod('p1', { on: 'a' }),
      metadata: { name: 'p1', labels: web, ...metadata },
    });
    for (const metadata of [
      { namespace: 'other' },
      { namespace: 'default', deletionTimestamp: '2026-01-01T00:00:00Z' },
    ]) {
      deepEqual(askFilter(podTopologySpread, [...twoZones, at(metadata)], podWith(spread()))[0], 'a: fits');
    }
    deepEqual(askFilter(podTopologySpread, uneven, podWith(spread({ labelSelector: {} })))[0], 'a: fits');
  });

  it('scores soft constraints: fewer Pods in the domain are better, nodes without the label get nothing', () => {
    const pod = podWith(spread({ whenUnsatisfiable: 'ScheduleAnyway' }));
    deepEqual(askFilter(podTopologySpread, uneven, pod), ['Skip']);
    deepEqual(askScore(podTopologySpread, uneven, pod), ['a: 1 0', 'b: 0 100', 'c: 0 0']);
    deepEqual(askScore(podTopologySpread, twoZones, pod), ['a: 0 100', 'b: 0 100', 'c: 0 0']);
  });

  // A node without a zone is in a zone of its own that never fills: c is preferred.
  it('spreads the Pods of a Service or controller over hosts and zones of its own accord', () => {
    const cluster = [...uneven, makeService('web', web), makeService('empty', {})];
    deepEqual(askScore(podTopologySpread, cluster, makePod('x', { labels: web })), ['a: 9 22', 'b: 6 55', 'c: 2 100']);
    deepEqual(askScore(podTopologySpread, cluster, makePod('x', { labels: { app: 'db' } })), ['Skip']);
    const owners = ['ReplicaSet', 'StatefulSet'].map((kind) => ({
      apiVersion: 'apps/v1',
      kind,
      metadata: { name: 'web', namespace: 'default' },
      spec: { selector: { matchLabels: web } },
    }));
    for (const owner of owners) {
      const pod = makePod('x', { labels: web, owner: { kind: owner.kind, name: 'web' } });
      deepEqual(askScore(podTopologySpread, [...uneven, owner], pod), ['a: 9 22', 'b: 6 55', 'c: 2 100']);
    }
    deepEqual(askScore(podTopologySpread, uneven, makePod('x', { labels: web, owner: { kind: 'Job', name: 'web' } })), [
      'Skip',
    ]);
  });

  it('wakes a Pod when a Pod it counts comes, goes or changes its labels', () => {
    const pod = podWith(spread());
    const [counted, other] = [makePod('p', { on: 'a', labels: web }), makePod('p', { on: 'a' })];
    const wakes = (action: 'Add' | 'Delete' | 'UpdatePodLabel' | 'UpdatePodToleration', event: object) =>
      isWokenBy(podTopologySpread, pod, { resource: 'AssignedPod', action, ...event });
    equal(wakes('Delete', { before: counted }), true);
    equal(wakes('Delete', { before: other }), false);
    equal(wakes('Add', { after: counted }), true);
    equal(wakes('Add', { after: makePod('p', { labels: web }) }), false);
    const nominated = makePod('p', { labels: web, status: { nominatedNodeName: 'a' } });
    equal(wakes('Delete', { before: nominated }), true);
    equal(wakes('UpdatePodLabel', { before: other, after: counted }), true);
    equal(wakes('UpdatePodLabel', { before: counted, after: counted }), false);
    const tolerant = { ...pod, spec: { ...pod.spec, containers: [], tolerations: [{ operator: 'Exists' }] } };
    equal(wakes('UpdatePodToleration', { before: pod, after: tolerant }), false);
  });

  it('wakes a Pod when a node comes into a domain or leaves it', () => {
    const pod = podWith(spread());
    const wakes = (action: 'Add' | 'Delete' | 'UpdateNodeLabel', event: object) =>
      isWokenBy(podTopologySpread, pod, { resource: 'Node', action, ...event });
    equal(wakes('Add', { after: inZone('n', '1') }), true);
    equal(wakes('Add', { after: makeNode('n') }), false);
    equal(wakes('Delete', { before: inZone('n', '1') }), true);
    equal(wakes('UpdateNodeLabel', { before: inZone('n', '1'), after: inZone('n', '2') }), true);
    equal(wakes('UpdateNodeLabel', { before: inZone('n', '1'), after: inZone('n', '1') }), false);
    equal(wakes('UpdateNodeLabel', { before: inZone('n', '1'), after: makeNode('n') }), true);
  });
});
