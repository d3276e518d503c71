// A Node with the Pods that run (or are assumed to run) on it, and the sums over them (framework.NodeInfo).
import { Attached } from '../../../base/attached.ts';
import { quantitiesOf } from '../../../api/pod-aggregates.ts';
import type { ContainerPort, Node } from '../../../api/object.ts';
import { isSamePod, type PodInfo } from './pod-info.ts';
import { addResource, isBeyondCounting, noResource, resourceOf, type Resource } from './resource.ts';

/** The sums over the Pods of a node. */
interface Used {
  readonly requested: Resource;
  readonly nonZeroRequested: { readonly milliCpu: number; readonly memory: number };
  /**
   * Host ports by address, protocol and number. They are a set, not a count: of two Pods with one port, which can only be there
   * past the scheduler, the first that goes gives it back (HostPortInfo).
   */
  readonly ports: ReadonlyMap<string, ContainerPort>;
}

const nothingUsed: Used = { requested: noResource, nonZeroRequested: { milliCpu: 0, memory: 0 }, ports: new Map() };

/** Immutable: a changed node is a new value that shares the rest. */
export class NodeInfo implements Used {
  readonly node: Node;
  readonly name: string;
  readonly pods: readonly PodInfo[];
  /** Those of the Pods that have terms about other Pods. */
  readonly podsWithAffinity: readonly PodInfo[];
  readonly allocatable: Resource;
  readonly requested: Resource;
  readonly nonZeroRequested: Used['nonZeroRequested'];
  readonly ports: Used['ports'];
  /** Whether an amount cannot be counted exactly. */
  readonly isBeyondCounting: boolean;

  private constructor(
    node: Node,
    allocatable: Resource,
    pods: readonly PodInfo[],
    podsWithAffinity: readonly PodInfo[],
    { requested, nonZeroRequested, ports }: Used,
  ) {
    this.node = node;
    this.name = node.metadata.name ?? '';
    this.pods = pods;
    this.podsWithAffinity = podsWithAffinity;
    this.allocatable = allocatable;
    this.requested = requested;
    this.nonZeroRequested = nonZeroRequested;
    this.ports = ports;
    this.isBeyondCounting = isBeyondCounting(allocatable) || isBeyondCounting(requested);
  }

  static of(node: Node, pods: Iterable<PodInfo> = []): NodeInfo {
    const all = [...pods];
    const used = all.reduce((sum, pod) => changed(sum, pod, 1), nothingUsed);
    return new NodeInfo(node, allocatableOf(node), all, all.filter(hasAffinity), used);
  }

  with(pod: PodInfo): NodeInfo {
    return this.#holding([...this.pods, pod], hasAffinity(pod), changed(this, pod, 1));
  }

  without(pod: PodInfo): NodeInfo {
    const index = this.pods.findIndex((other) => isSamePod(other.pod, pod.pod));
    const found = this.pods[index];
    return found ? this.#holding(this.pods.toSpliced(index, 1), hasAffinity(found), changed(this, found, -1)) : this;
  }

  /** The same with one of its Pods, a value that this node holds, as it is now. */
  withChanged(before: PodInfo, after: PodInfo): NodeInfo {
    const pods = this.pods.with(this.pods.indexOf(before), after);
    const isSame =
      before.requests === after.requests && before.nonZero === after.nonZero && before.hostPorts === after.hostPorts;
    const used = isSame ? this : changed(changed(this, before, -1), after, 1);
    return this.#holding(pods, hasAffinity(before) || hasAffinity(after), used);
  }

  /** The same Pods on the Node as it is now. */
  withNode(node: Node): NodeInfo {
    return new NodeInfo(node, allocatableOf(node), this.pods, this.podsWithAffinity, this);
  }

  #holding(pods: readonly PodInfo[], isAffinityConcerned: boolean, used: Used): NodeInfo {
    const podsWithAffinity = isAffinityConcerned ? pods.filter(hasAffinity) : this.podsWithAffinity;
    return new NodeInfo(this.node, this.allocatable, pods, podsWithAffinity, used);
  }
}

const knownAllocatable = new Attached<Node, Resource>();

function allocatableOf(node: Node): Resource {
  let allocatable = knownAllocatable.get(node);
  if (!allocatable) {
    allocatable = resourceOf(quantitiesOf(node.status?.allocatable));
    knownAllocatable.set(node, allocatable);
  }
  return allocatable;
}

const hasAffinity = ({ affinity }: PodInfo) => affinity !== undefined;

function changed(
  { requested, nonZeroRequested, ports }: Used,
  { requests, nonZero, hostPorts }: PodInfo,
  sign: 1 | -1,
): Used {
  return {
    requested: addResource(requested, requests, sign),
    nonZeroRequested: {
      milliCpu: nonZeroRequested.milliCpu + sign * nonZero.milliCpu,
      memory: nonZeroRequested.memory + sign * nonZero.memory,
    },
    ports: hostPorts.length === 0 ? ports : changedPorts(ports, hostPorts, sign),
  };
}

function changedPorts(before: Used['ports'], hostPorts: PodInfo['hostPorts'], sign: 1 | -1): Used['ports'] {
  const ports = new Map(before);
  for (const port of hostPorts) {
    const key = `${port.hostIP || '0.0.0.0'} ${port.protocol || 'TCP'} ${port.hostPort}`;
    if (sign === 1) ports.set(key, port);
    else ports.delete(key);
  }
  return ports;
}
