// A Node with the Pods that run (or are assumed to run) on it, and the sums over them (framework.NodeInfo).
import type { Node } from '../../../api/object.ts';
import { isSamePod, type PodInfo } from './pod-info.ts';
import { addResource, noResource, quantitiesOf, resourceOf, type Resource } from './resource.ts';

/** Immutable: a changed node is a new value that shares the rest. */
export class NodeInfo {
  readonly node: Node;
  readonly name: string;
  readonly pods: readonly PodInfo[];
  readonly allocatable: Resource;
  readonly requested: Resource;
  readonly nonZeroRequested: { readonly milliCpu: number; readonly memory: number };

  private constructor(parts: Omit<NodeInfo, 'name' | 'with' | 'without' | 'withNode'>) {
    this.node = parts.node;
    this.name = parts.node.metadata.name ?? '';
    this.pods = parts.pods;
    this.allocatable = parts.allocatable;
    this.requested = parts.requested;
    this.nonZeroRequested = parts.nonZeroRequested;
  }

  static of(node: Node, pods: Iterable<PodInfo> = []): NodeInfo {
    const allocatable = resourceOf(quantitiesOf(node.status?.allocatable));
    const nonZeroRequested = { milliCpu: 0, memory: 0 };
    let info = new NodeInfo({ node, pods: [], allocatable, requested: noResource, nonZeroRequested });
    for (const pod of pods) info = info.with(pod);
    return info;
  }

  with(pod: PodInfo): NodeInfo {
    return this.#changed([...this.pods, pod], pod, 1);
  }

  without(pod: PodInfo): NodeInfo {
    const index = this.pods.findIndex((other) => isSamePod(other.pod, pod.pod));
    const found = this.pods[index];
    return found ? this.#changed(this.pods.toSpliced(index, 1), found, -1) : this;
  }

  /** The same Pods on the Node as it is now. */
  withNode(node: Node): NodeInfo {
    return new NodeInfo({ ...this, node, allocatable: resourceOf(quantitiesOf(node.status?.allocatable)) });
  }

  #changed(pods: readonly PodInfo[], { requests, nonZero }: PodInfo, sign: 1 | -1): NodeInfo {
    return new NodeInfo({
      node: this.node,
      pods,
      allocatable: this.allocatable,
      requested: addResource(this.requested, requests, sign),
      nonZeroRequested: {
        milliCpu: this.nonZeroRequested.milliCpu + sign * nonZero.milliCpu,
        memory: this.nonZeroRequested.memory + sign * nonZero.memory,
      },
    });
  }
}
