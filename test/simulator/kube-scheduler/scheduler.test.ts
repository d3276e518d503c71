// kube-scheduler running against a real API server: what it decides, writes and waits for, told line by line.
import { deepEqual, equal } from 'node:assert/strict';
import type { Event, KubeObject, Node, Pod } from '../../../src/api/object.ts';
import { Etcd } from '../../../src/simulator/etcd/etcd.ts';
import { Kernel } from '../../../src/simulator/kernel/kernel.ts';
import { Server } from '../../../src/simulator/kube-apiserver/server.ts';
import { startScheduler, type SchedulerOptions } from '../../../src/simulator/kube-scheduler/index.ts';
import type { SchedulingDecision, TraceEntry } from '../../../src/simulator/trace.ts';
import { makeNode, makePod, tolerate } from './cluster.ts';
import { ask, cel, makeClaim, makeDevice, makeDeviceClass, makeSlice, using } from './devices.ts';

const limits = { horizon: 3_600_000, maxSteps: 10_000 };
const resources: Readonly<Record<string, string>> = {
  Node: 'nodes',
  Pod: 'pods',
  Namespace: 'namespaces',
  ServiceAccount: 'serviceaccounts',
  PriorityClass: 'priorityclasses.scheduling.k8s.io',
  ResourceClaim: 'resourceclaims.resource.k8s.io',
  DeviceClass: 'deviceclasses.resource.k8s.io',
  ResourceSlice: 'resourceslices.resource.k8s.io',
};

const basics: readonly KubeObject[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'default' } },
];

class World {
  readonly kernel = new Kernel({ seed: 1 });
  readonly #server = new Server(this.kernel, new Etcd());
  readonly admin = this.#server.connect('kubectl');
  #told = 0;

  constructor(objects: readonly KubeObject[], options: SchedulerOptions = {}) {
    this.create(...basics, ...objects);
    startScheduler({ kernel: this.kernel, client: this.#server.connect('kube-scheduler') }, options);
    this.#told = this.kernel.trace.length;
  }

  create(...objects: KubeObject[]): void {
    for (const object of objects) {
      const { namespace, uid: _, ...metadata } = object.metadata;
      const target = { resource: resources[object.kind] ?? '', ...(namespace && { namespace }) };
      const answer = this.admin.create(target, {
        ...object,
        metadata: { ...metadata, ...(namespace && { namespace }) },
      });
      if (!answer.ok) throw new Error(answer.status.message);
      // A new node is tainted until it is ready; the update makes it what it is to be.
      if (object.kind === 'Node') this.replaceNode(object);
    }
  }

  pod(name: string): Pod {
    const answer = this.admin.get<Pod>({ resource: 'pods', namespace: 'default', name });
    if (!answer.ok) throw new Error(answer.status.message);
    return answer.object;
  }

  replaceNode(node: Node): void {
    this.admin.update({ resource: 'nodes', name: node.metadata.name ?? '' }, node);
  }

  /** Runs until nothing is left to do (or to a moment), and tells what the scheduler has done since the last time. */
  story(until?: number): string[] {
    if (until === undefined) this.kernel.run(limits);
    else this.kernel.runTo(until, limits.maxSteps);
    const lines = this.kernel.trace.slice(this.#told).flatMap(tell);
    this.#told = this.kernel.trace.length;
    return lines;
  }
}

function tell(entry: TraceEntry): string[] {
  if (entry.from !== 'kube-scheduler') return [];
  if (entry.type === 'unknown') return [`unknown ${entry.subject.name}: ${entry.reason}`];
  if (entry.type === 'decision' && entry.decision.type === 'scheduling')
    return [decisionLine(entry.subject.name, entry.decision)];
  if (entry.type !== 'request' || entry.verb === 'list' || entry.verb === 'watch') return [];
  const { target, body } = entry;
  if (target.subresource === 'binding')
    return [`bind ${target.name} to ${(body as { target: { name: string } }).target.name}`];
  if (target.resource.startsWith('events')) {
    const { type, reason, note } = body as { type?: string; reason?: string; note?: string };
    return [type ? `Event ${type} ${reason}: ${note}` : 'Event counted up'];
  }
  if (entry.verb === 'delete') return [`delete ${target.name}`];
  const { conditions = [], nominatedNodeName } = (body as { status: NonNullable<Pod['status']> }).status;
  return [
    ...conditions.map(
      ({ reason, observedGeneration }) => `condition of ${target.name}: ${reason} of generation ${observedGeneration}`,
    ),
    ...(nominatedNodeName === undefined ? [] : [`${target.name} nominated for ${nominatedNodeName}`]),
  ];
}

function decisionLine(name: string, { result, node, attempt, requeuedBy, gated }: SchedulingDecision): string {
  const why = requeuedBy ? ` after ${requeuedBy.event}` : '';
  return `${attempt}. ${name} ${node ? `→ ${node}` : result}${why}${gated ? ` by ${gated.plugin}` : ''}`;
}

const taintMessage =
  '0/1 nodes are available: 1 node(s) had untolerated taint(s). no new claims to deallocate, ' +
  'preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.';
const pending = [
  '1. x unschedulable',
  `Event Warning FailedScheduling: ${taintMessage}`,
  'condition of x: Unschedulable of generation 1',
];
const bound = (name: string, node: string) => [
  `bind ${name} to ${node}`,
  `Event Normal Scheduled: Successfully assigned default/${name} to ${node}`,
];

describe('kube-scheduler', () => {
  it('binds a Pod to the node it found', () => {
    const world = new World([makeNode('a')]);
    world.create(makePod('x'));
    deepEqual(world.story(), ['1. x → a', ...bound('x', 'a')]);
    equal(world.pod('x').spec?.nodeName, 'a');
  });

  it('takes up Pods that were there before', () => {
    const world = new World([makeNode('a'), makePod('x')]);
    deepEqual(world.story(), ['1. x → a', ...bound('x', 'a')]);
  });

  it('says why a Pod fits nowhere, and tries again when that changes', () => {
    const world = new World([makeNode('a', { taints: ['k:NoSchedule'] })]);
    world.create(makePod('x'));
    deepEqual(world.story(), pending);
    world.replaceNode(makeNode('a', { taints: ['k:NoSchedule'], labels: { some: 'label' } }));
    deepEqual(world.story(), []);
    world.replaceNode(makeNode('a'));
    deepEqual(world.story(), ['2. x → a after NodeUpdateNodeTaint', ...bound('x', 'a')]);
  });

  it('tells the same thing again by counting the Event up, and leaves the condition alone', () => {
    const world = new World([makeNode('a', { taints: ['k:NoSchedule'] })]);
    world.create(makePod('x'));
    world.story();
    const later = world.story(400_000);
    deepEqual(later, ['2. x unschedulable after UnschedulableTimeout', 'Event counted up']);
  });

  it('counts Pods on their nodes before the server knows of it', () => {
    const world = new World([makeNode('a'), makeNode('b')]);
    world.create(makePod('x', { requests: { cpu: '3' } }), makePod('y', { requests: { cpu: '3' } }));
    const decisions = world.story().filter((line) => line.startsWith('1.'));
    deepEqual(decisions, ['1. x → a', '1. y → b']);
  });

  it('takes the node that is asked for only if it is among the best', () => {
    const choose: SchedulerOptions['choose'] = ({ metadata }) => (metadata.name === 'x' ? 'b' : 'full');
    const full = makeNode('full', { allocatable: { cpu: '1', memory: '1Gi', pods: '0' } });
    const world = new World([makeNode('a'), makeNode('b'), full], { choose });
    world.create(makePod('x'), makePod('y'));
    deepEqual(
      world.story().filter((line) => line.startsWith('1.')),
      ['1. x → b', '1. y → a'],
    );
  });

  it('wakes a Pod when room comes', () => {
    const world = new World([makeNode('a')]);
    world.create(makePod('old', { requests: { cpu: '4' } }));
    world.story();
    world.create(makePod('x', { requests: { cpu: '1' } }));
    equal(world.story()[0], '1. x unschedulable');
    world.admin.delete({ resource: 'pods', namespace: 'default', name: 'old' }, { gracePeriodSeconds: 0 });
    deepEqual(world.story(), ['2. x → a after AssignedPodDelete', ...bound('x', 'a')]);
  });

  it('retries when there are no nodes, and at the end of the back-off once there are', () => {
    const world = new World([]);
    world.create(makePod('x'));
    deepEqual(world.story(), [
      '1. x unschedulable',
      'Event Warning FailedScheduling: no nodes available to schedule pods',
      'condition of x: Unschedulable of generation 1',
    ]);
    world.create(makeNode('a'));
    deepEqual(world.story(), ['2. x → a after BackoffComplete', ...bound('x', 'a')]);
    equal(world.kernel.now >= 1000, true);
  });

  it('holds gated Pods back without a word, until the last gate is gone', () => {
    const world = new World([makeNode('a')]);
    world.create(makePod('x', { schedulingGates: [{ name: 'wait' }] }));
    deepEqual(world.story(), ['0. x gated by SchedulingGates']);
    const pod = world.pod('x');
    const { schedulingGates: _, ...spec } = pod.spec ?? { containers: [] };
    world.admin.update({ resource: 'pods', namespace: 'default', name: 'x' }, { ...pod, spec });
    deepEqual(world.story(), ['1. x → a after UnschedulablePodUpdatePodSchedulingGatesEliminated', ...bound('x', 'a')]);
  });

  it('wakes a Pod that comes to tolerate the taint', () => {
    const world = new World([makeNode('a', { taints: ['k:NoSchedule'] })]);
    world.create(makePod('x'));
    world.story();
    const pod = world.pod('x');
    const spec = { containers: [], ...pod.spec, tolerations: [...(pod.spec?.tolerations ?? []), tolerate('k')] };
    world.admin.update({ resource: 'pods', namespace: 'default', name: 'x' }, { ...pod, spec });
    deepEqual(world.story(), ['2. x → a after UnschedulablePodUpdatePodToleration', ...bound('x', 'a')]);
  });

  it('leaves Pods alone about which it cannot say anything', () => {
    const future = makeClaim('gpu', [ask('gpu', { selectors: cel('device.driver.future()') })]);
    const world = new World([makeNode('a'), makeDeviceClass(), makeSlice('a', [makeDevice('gpu-0')]), future]);
    world.create(makePod('x', using('gpu')));
    const [decision, ...rest] = world.story();
    equal(decision, '1. x unknown');
    equal(rest.length > 0 && rest.every((line) => line.startsWith('unknown x: ')), true);
    world.create(makeNode('b'));
    deepEqual(world.story(), []);
  });

  it('leaves Pods alone that another scheduler is asked for', () => {
    const world = new World([makeNode('a')]);
    world.create(makePod('x', { schedulerName: 'mine' }));
    deepEqual(world.story(), []);
  });

  it('takes important Pods first', () => {
    const world = new World([makeNode('a')]);
    world.create(makePod('x'), makePod('y'), makePod('z', { priorityClassName: 'system-node-critical' }));
    deepEqual(
      world.story().filter((line) => line.startsWith('1.')),
      ['1. z → a', '1. x → a', '1. y → a'],
    );
  });

  it('frees the node of a Pod that could not be bound', () => {
    const world = new World([makeNode('a'), makeNode('b')]);
    world.create(makePod('x', { requests: { cpu: '4' } }));
    deepEqual(world.story(3), ['1. x → a']);
    const target = { kind: 'Node', name: 'b' };
    const binding = { apiVersion: 'v1', kind: 'Binding', metadata: { name: 'x', namespace: 'default' }, target };
    world.admin.create({ resource: 'pods', namespace: 'default', name: 'x', subresource: 'binding' }, binding);
    const [attempt, event] = world.story();
    equal(attempt, 'bind x to a');
    equal(event?.startsWith('Event Warning FailedScheduling: running Bind plugin "DefaultBinder": '), true);
    world.create(makePod('y', { requests: { cpu: '4' } }));
    equal(world.story()[0], '1. y → a');
  });

  it('forgets a Pod that is deleted while it waits, or between its assignment and its binding', () => {
    const world = new World([makeNode('a', { taints: ['k:NoSchedule'] })]);
    world.create(makePod('x'));
    world.story();
    world.admin.delete({ resource: 'pods', namespace: 'default', name: 'x' });
    world.replaceNode(makeNode('a'));
    deepEqual(world.story(), []);
    world.create(makePod('y', { requests: { cpu: '4' } }));
    const start = world.kernel.now;
    deepEqual(world.story(start + 3), ['1. y → a']);
    world.admin.delete({ resource: 'pods', namespace: 'default', name: 'y' });
    world.story();
    world.create(makePod('z', { requests: { cpu: '4' } }));
    deepEqual(world.story(), ['1. z → a', ...bound('z', 'a')]);
  });

  const classes = [5, 9].map((value) => ({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: `p${value}` },
    value,
  })) as KubeObject[];
  const short = '0/1 nodes are available: 1 Insufficient cpu.';
  const important = (name: string, value: number) =>
    makePod(name, { requests: { cpu: '4' }, priorityClassName: `p${value}` });

  it('makes room for an important Pod, and gives it the node once the victims are gone', () => {
    const world = new World([makeNode('a'), ...classes]);
    world.create(makePod('low', { requests: { cpu: '2' } }), makePod('lower', { requests: { cpu: '2' } }));
    world.story();
    world.create(important('x', 5));
    const evicted = (name: string) => [`condition of ${name}: PreemptionByScheduler of generation 1`, `delete ${name}`];
    const uid = world.pod('x').metadata.uid ?? '';
    deepEqual(world.story(), [
      '1. x unschedulable',
      `Event Warning FailedScheduling: ${short}`,
      'condition of x: Unschedulable of generation 1',
      'x nominated for a',
      ...evicted('lower'),
      ...evicted('low'),
      `Event Normal Preempted: Preempted by pod ${uid} on node a`,
      `Event Normal Preempted: Preempted by pod ${uid} on node a`,
    ]);
    // They are leaving: nothing to do but to wait.
    for (const name of ['low', 'lower']) {
      world.admin.delete({ resource: 'pods', namespace: 'default', name }, { gracePeriodSeconds: 0 });
    }
    deepEqual(world.story(), ['2. x → a after AssignedPodDelete', ...bound('x', 'a')]);
    equal(world.pod('x').status?.nominatedNodeName, undefined);
  });

  it('keeps the node for the Pod, until a more important one wants it', () => {
    const world = new World([makeNode('a'), ...classes]);
    world.create(makePod('low', { requests: { cpu: '2' } }));
    world.create(makePod('mid', { requests: { cpu: '2' }, priorityClassName: 'p5' }));
    world.story();
    world.create(makePod('x', { requests: { cpu: '2' }, priorityClassName: 'p5' }));
    equal(world.story().includes('x nominated for a'), true);
    world.admin.delete({ resource: 'pods', namespace: 'default', name: 'low' }, { gracePeriodSeconds: 0 });
    world.create(important('y', 9));
    // x hears of it twice: from the preemption, and when it is tried again for low, which has gone, and does not fit beside y
    const told = new Set(world.story().filter((line) => /nominated|→|delete/.test(line)));
    deepEqual([...told], ['y nominated for a', 'x nominated for null', 'delete mid']);
    world.admin.delete({ resource: 'pods', namespace: 'default', name: 'mid' }, { gracePeriodSeconds: 0 });
    equal(world.story().includes('2. y → a after AssignedPodDelete'), true);
  });

  const configured = (...lines: string[]) =>
    ({
      apiVersion: 'kubescheduler.config.k8s.io/v1',
      kind: 'KubeSchedulerConfiguration',
      ...(JSON.parse(`{${lines.join(',')}}`) as object),
    }) as unknown as KubeObject;

  it('runs the profile that a Pod asks for, signed with its name', () => {
    const carefree =
      '{"schedulerName": "carefree", "plugins": {"filter": {"disabled": [{"name": "TaintToleration"}]}}}';
    const configuration = configured(`"profiles": [{"schedulerName": "default-scheduler"}, ${carefree}]`);
    const world = new World([makeNode('a', { taints: ['k:NoSchedule'] })], { configuration });
    world.create(makePod('x'), makePod('y', { schedulerName: 'carefree' }), makePod('z', { schedulerName: 'other' }));
    const decisions = world.story().filter((line) => line.startsWith('1.'));
    deepEqual(decisions, ['1. x unschedulable', '1. y → a']);
    const events = world.admin.list<Event>('events', { namespace: 'default' }).items;
    deepEqual(
      events.map(({ reason, reportingComponent }) => `${reason} ${reportingComponent}`),
      ['FailedScheduling default-scheduler', 'Scheduled carefree'],
    );
  });

  it('backs off for as long as the configuration says', () => {
    const world = new World([], { configuration: configured('"podInitialBackoffSeconds": 7') });
    world.create(makePod('x'));
    world.story();
    world.create(makeNode('a'));
    equal(world.story()[0], '2. x → a after BackoffComplete');
    equal(Math.floor(world.kernel.now / 1000), 8);
  });

  it('does the same again for the same input', () => {
    const trace = () => {
      const world = new World([makeNode('a'), makeNode('b', { taints: ['k:NoSchedule'] })]);
      world.create(makePod('x'), makePod('y', { requests: { cpu: '9' } }));
      world.story();
      return world.kernel.trace;
    };
    deepEqual(trace(), trace());
  });
});
