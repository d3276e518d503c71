import { deepEqual, equal } from 'node:assert/strict';
import type { PodAffinityTerm } from '../../../../src/api/object.ts';
import { interPodAffinity } from '../../../../src/simulator/kube-scheduler/plugins/inter-pod-affinity.ts';
import { askFilter, askScore, isWokenBy, makeNode, makePod } from '../cluster.ts';

const hostname = 'kubernetes.io/hostname';
const to = (app: string, term: Partial<PodAffinityTerm> = {}): PodAffinityTerm => ({
  topologyKey: hostname,
  labelSelector: { matchLabels: { app } },
  ...term,
});

const near = (...terms: PodAffinityTerm[]) => ({
  podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms },
});
const apart = (...terms: PodAffinityTerm[]) => ({
  podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms },
});
const wish = (podAffinityTerm: PodAffinityTerm, weight: number) => ({ weight, podAffinityTerm });

const nodes = [makeNode('a'), makeNode('b')];
const db = makePod('db', { on: 'a', labels: { app: 'db' } });

const notNear = "U&U node(s) didn't match pod affinity rules";
const notApart = "U node(s) didn't match pod anti-affinity rules";
const against = "U node(s) didn't satisfy existing pods anti-affinity rules";

describe('InterPodAffinity', () => {
  it('has nothing to do where no Pod has terms', () => {
    deepEqual(askFilter(interPodAffinity, [...nodes, db], makePod('x')), ['Skip']);
    deepEqual(askScore(interPodAffinity, [...nodes, db], makePod('x')), ['Skip']);
  });

  it('wants a Pod that matches in the same domain', () => {
    deepEqual(askFilter(interPodAffinity, [...nodes, db], makePod('x', { affinity: near(to('db')) })), [
      'a: fits',
      `b: ${notNear}`,
    ]);
    const unknownKey = makePod('x', { affinity: near(to('db', { topologyKey: 'rack' })) });
    deepEqual(askFilter(interPodAffinity, [...nodes, db], unknownKey), [`a: ${notNear}`, `b: ${notNear}`]);
  });

  it('lets the first Pod of a series pass that wants its own kind near', () => {
    const first = makePod('x', { labels: { app: 'db' }, affinity: near(to('db')) });
    deepEqual(askFilter(interPodAffinity, nodes, first), ['a: fits', 'b: fits']);
    deepEqual(askFilter(interPodAffinity, [...nodes, db], first), ['a: fits', `b: ${notNear}`]);
    deepEqual(askFilter(interPodAffinity, nodes, makePod('x', { affinity: near(to('db')) })), [
      `a: ${notNear}`,
      `b: ${notNear}`,
    ]);
  });

  it('keeps away from Pods that match', () => {
    deepEqual(askFilter(interPodAffinity, [...nodes, db], makePod('x', { affinity: apart(to('db')) })), [
      `a: ${notApart}`,
      'b: fits',
    ]);
  });

  it('tells a label without a value from none', () => {
    const racks = [makeNode('a', { labels: { rack: '' } }), makeNode('b')];
    const away = apart(to('db', { topologyKey: 'rack' }));
    deepEqual(askFilter(interPodAffinity, [...racks, db], makePod('x', { affinity: away })), [
      `a: ${notApart}`,
      'b: fits',
    ]);
    const lonely = makePod('y', { on: 'a', affinity: apart(to('x', { topologyKey: 'rack' })) });
    const x = makePod('x', { labels: { app: 'x' } });
    deepEqual(askFilter(interPodAffinity, [...racks, lonely], x), [`a: ${against}`, 'b: fits']);
  });

  it('respects the anti-affinity of Pods that run', () => {
    const hermit = makePod('hermit', { on: 'b', affinity: apart(to('web')) });
    deepEqual(askFilter(interPodAffinity, [...nodes, hermit], makePod('x', { labels: { app: 'web' } })), [
      'a: fits',
      `b: ${against}`,
    ]);
    deepEqual(askFilter(interPodAffinity, [...nodes, hermit], makePod('x', { labels: { app: 'db' } })), ['Skip']);
  });

  it('looks in its own namespace, in those named, or in those that a selector selects', () => {
    const namespaces = ['shop', 'lab'].map((name) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels: { env: name === 'shop' ? 'prod' : 'test' } },
    }));
    const other = { ...db, metadata: { ...db.metadata, namespace: 'shop' } };
    const cluster = [...nodes, ...namespaces, other];
    const ask = (term: Partial<PodAffinityTerm>) =>
      askFilter(interPodAffinity, cluster, makePod('x', { affinity: near(to('db', term)) }))[0];
    equal(ask({}), `a: ${notNear}`);
    equal(ask({ namespaces: ['shop'] }), 'a: fits');
    equal(ask({ namespaceSelector: { matchLabels: { env: 'prod' } } }), 'a: fits');
    equal(ask({ namespaceSelector: { matchLabels: { env: 'test' } } }), `a: ${notNear}`);
    equal(ask({ namespaceSelector: {} }), 'a: fits');
  });

  it('looks everywhere if its selector of namespaces would take one without labels, as 1.36 does', () => {
    const notProd = { matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['prod'] }] };
    const shop = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { env: 'prod' } } };
    const other = { ...db, metadata: { ...db.metadata, namespace: 'shop' } };
    const term = to('db', { namespaceSelector: notProd });
    const asked = makePod('x', { affinity: apart(term) });
    deepEqual(askFilter(interPodAffinity, [...nodes, shop, other], asked), [`a: ${notApart}`, 'b: fits']);
    // not so the terms of Pods that run
    const running = makePod('y', { on: 'a', affinity: apart(to('x', { namespaceSelector: notProd })) });
    const inDefault = makePod('x', { labels: { app: 'x' } });
    const inShop = { ...inDefault, metadata: { ...inDefault.metadata, namespace: 'shop' } };
    deepEqual(askFilter(interPodAffinity, [...nodes, shop, running], inShop), ['Skip']);
  });

  it('scores wishes of the Pod and of those that run', () => {
    const wishing = makePod('x', {
      labels: { app: 'web' },
      affinity: {
        podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [wish(to('db'), 30)] },
        podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [wish(to('batch'), 10)] },
      },
    });
    const batch = makePod('batch', { on: 'b', labels: { app: 'batch' } });
    deepEqual(askScore(interPodAffinity, [...nodes, db, batch], wishing), ['a: 30 100', 'b: -10 0']);
    const fan = makePod('fan', { on: 'b', affinity: near(to('web')) });
    deepEqual(askScore(interPodAffinity, [...nodes, fan], makePod('x', { labels: { app: 'web' } })), [
      'a: 0 0',
      'b: 1 100',
    ]);
    const shy = makePod('shy', {
      on: 'b',
      affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [wish(to('web'), 5)] } },
    });
    deepEqual(askScore(interPodAffinity, [...nodes, shy], makePod('x', { labels: { app: 'web' } })), [
      'a: 0 100',
      'b: -5 0',
    ]);
  });

  it('wakes a Pod when one it wants comes or one it avoids goes', () => {
    const longing = makePod('x', { affinity: near(to('db')) });
    const avoiding = makePod('x', { labels: { app: 'web' }, affinity: apart(to('db')) });
    const plain = makePod('x', { labels: { app: 'web' } });
    const hermit = makePod('hermit', { on: 'a', affinity: apart(to('web')) });
    const other = makePod('db', { on: 'a' });
    const pods = (action: 'Add' | 'Delete' | 'UpdatePodLabel', event: object) =>
      ({ resource: 'AssignedPod', action, ...event }) as const;
    equal(isWokenBy(interPodAffinity, longing, pods('Add', { after: db })), true);
    equal(isWokenBy(interPodAffinity, longing, pods('Add', { after: other })), false);
    equal(isWokenBy(interPodAffinity, longing, pods('UpdatePodLabel', { before: other, after: db })), true);
    equal(isWokenBy(interPodAffinity, avoiding, pods('UpdatePodLabel', { before: db, after: other })), true);
    equal(isWokenBy(interPodAffinity, avoiding, pods('Delete', { before: db })), true);
    equal(isWokenBy(interPodAffinity, avoiding, pods('Delete', { before: other })), false);
    equal(isWokenBy(interPodAffinity, plain, pods('Delete', { before: hermit })), true);
    equal(isWokenBy(interPodAffinity, plain, pods('UpdatePodLabel', { before: plain, after: plain })), true);
    equal(
      isWokenBy(interPodAffinity, longing, pods('Add', { after: makePod('db', { labels: { app: 'db' } }) })),
      false,
    );
  });

  it('wakes a Pod when a node comes into reach', () => {
    const longing = makePod('x', { affinity: near(to('db', { topologyKey: 'rack' })) });
    const avoiding = makePod('x', { affinity: apart(to('db', { topologyKey: 'rack' })) });
    const [bare, racked, moved] = [
      makeNode('n'),
      makeNode('n', { labels: { rack: '1' } }),
      makeNode('n', { labels: { rack: '2' } }),
    ];
    const wakes = (pod: typeof longing, before: typeof bare | undefined, after: typeof bare) =>
      isWokenBy(interPodAffinity, pod, {
        resource: 'Node',
        action: before ? 'UpdateNodeLabel' : 'Add',
        ...(before && { before }),
        after,
      });
    equal(wakes(longing, undefined, racked), true);
    equal(wakes(longing, undefined, bare), false);
    equal(wakes(longing, bare, racked), true);
    equal(wakes(longing, racked, bare), false);
    equal(wakes(avoiding, undefined, bare), true);
    equal(wakes(avoiding, racked, bare), true);
    equal(wakes(avoiding, bare, racked), false);
    equal(wakes(avoiding, racked, moved), true);
  });
});
