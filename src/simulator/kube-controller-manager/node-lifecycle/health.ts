// Looks every five seconds how the nodes are: greets new ones, gives up those that are not heard of, and has Pods leave those that are
// not ready (monitorNodeHealth and doNoExecuteTaintingPass of k8s.io/kubernetes/pkg/controller/nodelifecycle, v1.36). A kubelet's
// heartbeats are not simulated one by one: the last one before it stops is, and a look takes place only when something has changed.
import type { Lease, Node, NodeCondition, Pod, PodCondition, Taint } from '../../../api/object.ts';
import type { EventRecorder } from '../../client/event-recorder.ts';
import { nextTick } from '../../kernel/durations.ts';
import { parseTime } from '../../kernel/time.ts';
import { isRequestFailure, type ControllerContext } from '../controller.ts';
import { notReadyKey, unreachableKey } from './condition-taints.ts';
import { sameTaint, swapTaints } from './taints.ts';
import { evictionIntervals, isReady, readyStatus, zoneOf } from './zones.ts';

/** --node-monitor-period, --node-monitor-grace-period, and how often the nodes to be tainted are looked at. */
const monitorPeriod = 5000;
const gracePeriod = 50_000;
const taintPeriod = 100;

const notReady: Taint = { key: notReadyKey, effect: 'NoExecute' };
const unreachable: Taint = { key: unreachableKey, effect: 'NoExecute' };
/** The conditions of which only the kubelet knows. */
const kubeletConditions = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'];

export class NodeHealth {
  readonly #context: ControllerContext;
  readonly #recorder: EventRecorder;
  readonly #known = new Map<string, Node>();
  /** Node → when it was last heard of, for those of which one should hear. */
  readonly #heard = new Map<string, number>();
  readonly #toTaint = new Set<string>();
  readonly #nextInZone = new Map<string, number>();
  readonly #looks = new Set<number>();

  constructor(context: ControllerContext, recorder: EventRecorder) {
    this.#context = context;
    this.#recorder = recorder;
  }

  /** A node that was there before the run, as its controller left it. */
  accept(node: Node): void {
    this.#known.set(node.metadata.name ?? '', node);
  }

  /** Something about the nodes has changed. */
  changed(): void {
    this.#lookAt(nextTick(this.#context.kernel.now, monitorPeriod));
  }

  /** A heartbeat: if no other follows, the node is given up. */
  heartbeat({ metadata, spec }: Lease): void {
    const heard = parseTime(spec?.renewTime ?? '') ?? this.#context.kernel.now;
    this.#heard.set(metadata.name ?? '', heard);
    this.#lookAt(nextTick(heard + gracePeriod, monitorPeriod));
  }

  #lookAt(time: number): void {
    const { kernel, client } = this.#context;
    if (this.#looks.has(time)) return;
    this.#looks.add(time);
    kernel.after(time - kernel.now, client.actor, () => {
      this.#looks.delete(time);
      this.#look();
    });
  }

  #look(): void {
    const nodes = this.#context.informers.of<Node>('nodes');
    for (const node of nodes.values()) if (!this.#known.has(node.metadata.name ?? '')) this.#greet(node);
    for (const [name, node] of this.#known) {
      if (nodes.get(name)) continue;
      this.#tell(node, 'RemovingNode', `Node ${name} event: Removing Node ${name} from Controller`);
      this.#known.delete(name);
    }
    const current = [...nodes.values()].map((node) => this.#giveUpIfSilent(node));
    const intervals = evictionIntervals(current);
    for (const node of current) this.#planEviction(node, intervals.get(zoneOf(node)) ?? 0);
  }

  #greet(node: Node): void {
    const { name = '' } = node.metadata;
    this.#tell(node, 'RegisteredNode', `Node ${name} event: Registered Node ${name} in Controller`);
    this.#known.set(name, node);
  }

  #tell(node: Node, reason: string, message: string): void {
    this.#recorder.event(node, 'Normal', reason, message);
  }

  /** The node as it is after the look. */
  #giveUpIfSilent(node: Node): Node {
    const { kernel, client, informers } = this.#context;
    const { name = '' } = node.metadata;
    const heard = this.#heard.get(name);
    const posted = parseTime(node.status?.conditions?.find(({ type }) => type === 'Ready')?.lastHeartbeatTime ?? '');
    if (heard === undefined || kernel.now <= Math.max(heard, posted ?? 0) + gracePeriod) return node;
    if (readyStatus(node) === 'Unknown') return node;
    const conditions = unknownConditions(node, kernel.timestamp());
    const given = { ...node, status: { ...node.status, conditions } };
    const response = client.update<Node>({ resource: 'nodes', name, subresource: 'status' }, given);
    if (!response.ok) {
      this.changed();
      return node;
    }
    if (isReady(node)) {
      this.#tell(node, 'NodeNotReady', `Node ${name} status is now: NodeNotReady`);
      for (const pod of informers.of<Pod>('pods').values()) if (pod.spec?.nodeName === name) this.#markNotReady(pod);
    }
    return response.object;
  }

  /** MarkPodsNotReady. */
  #markNotReady(pod: Pod): void {
    const { kernel, client } = this.#context;
    const { namespace = '', name = '' } = pod.metadata;
    const ready = pod.status?.conditions?.find(({ type }) => type === 'Ready');
    if (!ready || ready.status === 'False') return;
    const now = kernel.timestamp();
    const conditions = pod.status?.conditions?.map((condition): PodCondition =>
      condition === ready ? { ...condition, status: 'False', lastTransitionTime: now } : condition,
    );
    const target = { resource: 'pods', namespace, name, subresource: 'status' };
    const response = client.update<Pod>(target, {
      ...pod,
      status: { ...pod.status, ...(conditions && { conditions }) },
    });
    if (!response.ok && response.status.reason === 'NotFound') return;
    this.#recorder.event(pod, 'Warning', 'NodeNotReady', 'Node is not ready');
  }

  /** processTaintBaseEviction, and what a disruption of its zone means for the node. */
  #planEviction(node: Node, interval: number): void {
    const { name = '' } = node.metadata;
    const status = readyStatus(node);
    const has = (taint: Taint) => (node.spec?.taints ?? []).some((other) => sameTaint(taint, other));
    if (status === 'True' || interval === Infinity) {
      this.#toTaint.delete(name);
      if (has(notReady) || has(unreachable)) this.#swap(node, { remove: [unreachable, notReady] });
      return;
    }
    if (status === undefined) return;
    const [right, wrong] = status === 'False' ? [notReady, unreachable] : [unreachable, notReady];
    if (has(wrong)) this.#swap(node, { add: [right], remove: [wrong] });
    else if (!has(right) && !this.#toTaint.has(name)) this.#taintInTurn(node, interval);
  }

  /** What fails is tried again at the next look. */
  #swap(node: Node, change: { readonly add?: readonly Taint[]; readonly remove: readonly Taint[] }): void {
    try {
      swapTaints(this.#context, node, change);
    } catch (error) {
      if (!isRequestFailure(error)) throw error;
      this.changed();
    }
  }

  #taintInTurn(node: Node, interval: number): void {
    const { kernel, client, informers } = this.#context;
    const { name = '' } = node.metadata;
    const zone = zoneOf(node);
    const time = Math.max(nextTick(kernel.now, taintPeriod), this.#nextInZone.get(zone) ?? 0);
    this.#nextInZone.set(zone, time + interval);
    this.#toTaint.add(name);
    kernel.after(time - kernel.now, client.actor, () => {
      const current = informers.of<Node>('nodes').get(name);
      const status = current && readyStatus(current);
      if (!this.#toTaint.delete(name) || !current || status === 'True' || status === undefined) return;
      const [add, remove] = status === 'False' ? [notReady, unreachable] : [unreachable, notReady];
      this.#swap(current, { add: [add], remove: [remove] });
    });
  }
}

/** What nobody says any more is unknown. */
function unknownConditions({ metadata, status }: Node, now: string): NodeCondition[] {
  const conditions = (status?.conditions ?? []).map((condition): NodeCondition =>
    kubeletConditions.includes(condition.type) && condition.status !== 'Unknown'
      ? {
          ...condition,
          status: 'Unknown',
          reason: 'NodeStatusUnknown',
          message: 'Kubelet stopped posting node status.',
          lastTransitionTime: now,
        }
      : condition,
  );
  const missing = kubeletConditions.filter((type) => !conditions.some((condition) => condition.type === type));
  return [
    ...conditions,
    ...missing.map((type) => ({
      type,
      status: 'Unknown',
      reason: 'NodeStatusNeverUpdated',
      message: 'Kubelet never posted node status.',
      lastHeartbeatTime: metadata.creationTimestamp ?? null,
      lastTransitionTime: now,
    })),
  ];
}
