// Nodes and those who look after them: taints by condition, greetings, ranges of addresses, silence, eviction.
import assert from 'node:assert/strict';
import type { Lease, Event, Node, Pod } from '../../../src/api/object.ts';
import { objectsOf, World } from './world.ts';

const nodeYaml = (name: string, spec = '{}', ready = 'True') => `
apiVersion: v1
kind: Node
metadata: {name: ${name}, labels: {kubernetes.io/os: linux}}
spec: ${spec}
status: {conditions: [{type: Ready, status: "${ready}"}]}
`;
const podYaml = (tolerations: string) => `
apiVersion: v1
kind: Pod
metadata: {name: app}
spec: {nodeName: a, tolerations: ${tolerations}, containers: [{name: app, image: nginx}]}
`;
const range = (i: number) => `{podCIDR: 10.244.${i}.0/24, podCIDRs: [10.244.${i}.0/24]}`;
const worldOf = (...nodes: string[]) => new World(...nodes.flatMap(objectsOf));

const taintsOf = (world: World, name: string) =>
  (world.get<Node>('nodes', name)?.spec?.taints ?? []).map(({ key, effect }) => `${key}:${effect}`);
const taint = (world: World, taints: Node['spec'] & object) =>
  world.change<Node>('nodes', 'a', (node) => ({ ...node, spec: { ...node.spec, ...taints } }));

describe('node-ipam-controller and ttl-controller', () => {
  it('give a new node the first range that is free, and an annotation', () => {
    const world = worldOf(nodeYaml('a', range(0)), nodeYaml('b', range(2)))
      .create(nodeYaml('c'))
      .run(100);
    const { spec, metadata } = world.get<Node>('nodes', 'c') ?? {};
    assert.deepEqual(spec?.podCIDRs, ['10.244.1.0/24']);
    assert.equal(metadata?.annotations?.['node.alpha.kubernetes.io/ttl'], '0');
  });

  it('give no range in a cluster whose nodes have none', () => {
    const world = worldOf(nodeYaml('a')).create(nodeYaml('c')).run(100);
    assert.equal(world.get<Node>('nodes', 'c')?.spec?.podCIDR, undefined);
  });
});

describe('node-lifecycle-controller', () => {
  it('taints a node that is cordoned, and takes the taint back', () => {
    const world = worldOf(nodeYaml('a'));
    taint(world, { unschedulable: true }).run(100);
    assert.deepEqual(taintsOf(world, 'a'), ['node.kubernetes.io/unschedulable:NoSchedule']);
    taint(world, { unschedulable: false }).run(100);
    assert.deepEqual(taintsOf(world, 'a'), []);
  });

  it('leaves nodes as they were before the run', () => {
    assert.deepEqual(taintsOf(worldOf(nodeYaml('a', '{unschedulable: true}')).run(10_000), 'a'), []);
  });

  it('greets a new node, and gives it the beta labels', () => {
    const world = worldOf(nodeYaml('a')).create(nodeYaml('b')).run(6000);
    assert.ok(
      world.events().some((text) => text.includes('Registered Node b in Controller')),
      world.events().join(),
    );
    assert.equal(world.get<Node>('nodes', 'b')?.metadata.labels?.['beta.kubernetes.io/os'], 'linux');
  });

  it('gives up a node that is silent for 50 seconds, with the Pods on it', () => {
    const world = worldOf(nodeYaml('a'), nodeYaml('b')).create(podYaml('[]'));
    world.startPods();
    const lease: Lease = {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'a' },
      spec: { renewTime: world.kernel.microTimestamp() },
    };
    world.user.create({ resource: 'leases.coordination.k8s.io', namespace: 'kube-node-lease' }, lease);
    world.run(49_000);
    assert.deepEqual(taintsOf(world, 'a'), []);
    world.run(8000);
    const key = 'node.kubernetes.io/unreachable';
    assert.deepEqual(taintsOf(world, 'a'), [`${key}:NoSchedule`, `${key}:NoExecute`]);
    const ready = world.get<Pod>('pods', 'app')?.status?.conditions?.find(({ type }) => type === 'Ready');
    assert.equal(ready?.status, 'False');
  });
});

describe('taint-eviction-controller', () => {
  const maintenance = { taints: [{ key: 'maintenance', effect: 'NoExecute' }] };
  const isLeaving = (world: World) => {
    const pod = world.get<Pod>('pods', 'app');
    return !pod || pod.metadata.deletionTimestamp !== undefined;
  };

  it('evicts a Pod that does not tolerate the taint', () => {
    const world = worldOf(nodeYaml('a')).create(podYaml('[]')).run(100);
    taint(world, maintenance).run(100);
    assert.ok(isLeaving(world));
    const event = world.list<Event>('events').find(({ reason }) => reason === 'TaintManagerEviction');
    assert.equal(event?.message, 'Marking for deletion Pod default/app');
    assert.deepEqual(event.involvedObject, { kind: 'Pod', namespace: 'default', name: 'app', apiVersion: 'v1' });
  });

  it('leaves one that tolerates it for ever', () => {
    const world = worldOf(nodeYaml('a')).create(podYaml('[{key: maintenance, operator: Exists}]')).run(100);
    assert.ok(!isLeaving(taint(world, maintenance).run(600_000)));
  });

  it('waits for as long as the Pod tolerates it, and spares it when the taint goes before', () => {
    const tolerations = '[{key: maintenance, operator: Exists, effect: NoExecute, tolerationSeconds: 5}]';
    const world = worldOf(nodeYaml('a')).create(podYaml(tolerations)).run(100);
    assert.ok(!isLeaving(taint(world, maintenance).run(4000)));
    taint(world, { taints: [] }).run(10_000);
    assert.ok(!isLeaving(world));
    assert.ok(world.events().some((text) => text.includes('Cancelling deletion of Pod default/app')));
    assert.ok(isLeaving(taint(world, maintenance).run(6000)));
  });
});
