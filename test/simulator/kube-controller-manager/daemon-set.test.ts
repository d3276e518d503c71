import { deepEqual, equal } from 'node:assert/strict';
import type { ControllerRevision, DaemonSet, KubeObject, Node, Pod } from '../../../src/api/object.ts';
import { node, objectsOf, World } from './world.ts';

const set = (rest = '', podRest = '') =>
  `{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: log}, spec: {selector: {matchLabels: {app: log}},` +
  ` template: {metadata: {labels: {app: log}}, spec: {containers: [{name: c, image: "a:1"}], ${podRest}}}, ${rest}}}`;

const tainted = (name: string, effect: string): Node =>
  ({ ...node(name), spec: { taints: [{ key: 'k', effect }] } }) as Node;

const wanted = ({ spec }: Pod) =>
  spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms[0]?.matchFields?.[0]
    ?.values?.[0];

/** `a a:1`: node and image, with `leaving` for Pods that are on their way out. */
const pods = (world: World) =>
  world
    .list<Pod>('pods')
    .map((pod) =>
      [wanted(pod), pod.spec?.containers[0]?.image, pod.metadata.deletionTimestamp && 'leaving']
        .filter(Boolean)
        .join(' '),
    )
    .sort();

const status = (world: World) => world.get<DaemonSet>('daemonsets.apps', 'log')?.status;

const withImage = (world: World, image: string) =>
  world.change<DaemonSet>('daemonsets.apps', 'log', (found) => {
    const { template, ...spec } = found.spec as NonNullable<DaemonSet['spec']>;
    const containers = [{ name: 'c', image }];
    return { ...found, spec: { ...spec, template: { ...template, spec: { ...template.spec, containers } } } };
  });

/** One after the other, until nothing changes any more. */
function roll(world: World, steps = 10): string[][] {
  const seen: string[][] = [];
  for (let i = 0; i < steps; i++) {
    world.run(100);
    const now = pods(world);
    if (JSON.stringify(now) !== JSON.stringify(seen.at(-1))) seen.push(now);
    world.endPods().run(100).startPods();
  }
  return seen;
}

describe('daemon-set-controller', () => {
  const nodes = (...names: string[]): KubeObject[] => names.map((name) => node(name));

  it('makes a Pod for every node, that can get no other', () => {
    const world = new World(...nodes('a', 'b')).create(set()).run(100);
    deepEqual(pods(world), ['a a:1', 'b a:1']);
    const [pod] = world.list<Pod>('pods');
    equal(pod?.metadata.labels?.['pod-template-generation'], '1');
    equal(pod?.metadata.generateName, 'log-');
    deepEqual(
      pod?.spec?.tolerations?.map(({ key }) => key?.split('/')[1]),
      ['not-ready', 'unreachable', 'disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable'],
    );
    deepEqual(status(world.startPods().run(100)), {
      currentNumberScheduled: 2,
      numberMisscheduled: 0,
      desiredNumberScheduled: 2,
      numberReady: 2,
      observedGeneration: 1,
      updatedNumberScheduled: 2,
      numberAvailable: 2,
    });
    equal(
      world.events().filter((event) => event.startsWith('Normal SuccessfulCreate DaemonSet/log: Created pod: log-'))
        .length,
      2,
    );
  });

  it('leaves nodes alone that its Pods are not meant for', () => {
    const world = () => new World(node('a', { disk: 'ssd' }), node('b'), tainted('c', 'NoSchedule'));
    deepEqual(pods(world().create(set()).run(100)), ['a a:1', 'b a:1']);
    deepEqual(pods(world().create(set('', 'nodeSelector: {disk: ssd}')).run(100)), ['a a:1']);
    deepEqual(pods(world().create(set('', 'tolerations: [{key: k, operator: Exists}]')).run(100)).length, 3);
  });

  it('goes with the nodes: those that come, change and repel', () => {
    const world = new World(...nodes('a')).create(set('', 'nodeSelector: {log: "yes"}')).run(100);
    deepEqual(pods(world), []);
    const change = (edit: (found: Node) => Node) => world.change<Node>('nodes', 'a', edit).run(100);
    change((found) => ({ ...found, metadata: { ...found.metadata, labels: { log: 'yes' } } }));
    deepEqual(pods(world.startPods().run(100)), ['a a:1']);
    change((found) => ({ ...found, spec: { ...found.spec, taints: [{ key: 'k', effect: 'NoSchedule' }] } }));
    deepEqual(pods(world), ['a a:1']);
    change((found) => ({ ...found, spec: { ...found.spec, taints: [{ key: 'k', effect: 'NoExecute' }] } }));
    deepEqual(pods(world), ['a a:1 leaving']);
  });

  it('replaces Pods of an earlier template one by one', () => {
    const world = new World(...nodes('a', 'b')).create(set()).run(100).startPods().run(100);
    withImage(world, 'a:2');
    deepEqual(roll(world), [
      ['a a:1 leaving', 'b a:1'],
      ['a a:2', 'b a:1 leaving'],
      ['a a:2', 'b a:2'],
    ]);
    const revisions = world.list<ControllerRevision>('controllerrevisions.apps');
    deepEqual(revisions.map(({ revision }) => revision).sort(), [1, 2]);
    withImage(world, 'a:1').run(100);
    deepEqual(
      world
        .list<ControllerRevision>('controllerrevisions.apps')
        .map(({ revision }) => revision)
        .sort(),
      [2, 3],
    );
  });

  it('replaces as many at once as may be missing, and those that are of no use anyway', () => {
    const all = new World(...nodes('a', 'b')).create(set('updateStrategy: {rollingUpdate: {maxUnavailable: "100%"}}'));
    withImage(all.run(100).startPods().run(100), 'a:2').run(100);
    deepEqual(pods(all), ['a a:1 leaving', 'b a:1 leaving']);
    const idle = new World(...nodes('a', 'b')).create(set()).run(100);
    withImage(idle, 'a:2').run(100);
    // Pods without a node go at once, and are made anew.
    deepEqual(pods(idle), ['a a:2', 'b a:2']);
  });

  it('makes the new Pod before the old one goes, where it may', () => {
    const surge = 'updateStrategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}';
    const world = new World(...nodes('a', 'b')).create(set(surge)).run(100).startPods().run(100);
    withImage(world, 'a:2');
    deepEqual(roll(world), [
      ['a a:1', 'a a:2', 'b a:1'],
      ['a a:1 leaving', 'a a:2', 'b a:1', 'b a:2'],
      ['a a:2', 'b a:1 leaving', 'b a:2'],
      ['a a:2', 'b a:2'],
    ]);
  });

  it('waits for somebody to delete a Pod, where it is told to', () => {
    const world = new World(...nodes('a'))
      .create(set('updateStrategy: {type: OnDelete}'))
      .run(100)
      .startPods()
      .run(100);
    deepEqual(pods(withImage(world, 'a:2').run(100)), ['a a:1']);
    world.delete('pods', world.list('pods')[0]?.metadata.name ?? '');
    deepEqual(pods(world.run(100)), ['a a:2']);
  });

  it('replaces a Pod that has failed, at once and then after longer and longer', () => {
    const world = new World(...nodes('a')).create(set()).run(100);
    const name = () => world.list('pods')[0]?.metadata.name ?? '';
    const failed = (pod: Pod) => ({ ...pod, status: { ...pod.status, phase: 'Failed' } });
    const fail = () => {
      const before = name();
      world.startPods().change<Pod>('pods', before, failed, 'status').run(100);
      return before;
    };
    const first = fail();
    const told = `Warning FailedDaemonPod DaemonSet/log: Found failed daemon pod default/${first} on node a, will try to kill it`;
    equal(world.events().includes(told), true);
    equal(name() === first, false);
    const second = fail();
    equal(name(), second);
    world.run(1000);
    equal(name() === second, false);
  });

  it('keeps the oldest of several Pods on a node, and takes in those without an owner', () => {
    const [pod] = objectsOf(
      '{apiVersion: v1, kind: Pod, metadata: {name: stray, namespace: default, labels: {app: log}}, spec: {nodeName: a, containers: [{name: c, image: old}]}}',
    );
    const world = new World(node('a'), pod as Pod).create(set()).run(100);
    equal(world.get('pods', 'stray')?.metadata.ownerReferences?.[0]?.kind, 'DaemonSet');
    equal(world.list('pods').length, 1);
  });

  it('says why a Pod cannot be made', () => {
    const world = new World(...nodes('a', 'b')).create(set('', 'serviceAccountName: gone')).run(20);
    equal(
      world.events()[0],
      'Warning FailedCreate DaemonSet/log: Error creating: pods "log-" is forbidden: ' +
        'error looking up service account default/gone: serviceaccount "gone" not found',
    );
  });
});
