// What a sync of a DaemonSet knows: the nodes, and the daemon Pods on each (getNodesToDaemonPods).
import type { DaemonSet, Node, Pod } from '../../../api/object.ts';
import { compareBytes } from '../../../base/order.ts';
import { isPodAvailable, isPodTerminal } from '../pod-state.ts';
import { placementOn, targetNodeOf, type Placement } from './placement.ts';

export class Daemons {
  readonly daemonSet: DaemonSet;
  readonly nodes: readonly Node[];
  /** The revision that Pods are to have. */
  readonly hash: string;
  readonly #now: number;
  readonly #pods = new Map<string, Pod[]>();
  readonly #placements = new Map<string, Placement>();

  /** `now` in virtual milliseconds. */
  constructor(daemonSet: DaemonSet, nodes: readonly Node[], pods: readonly Pod[], hash: string, now: number) {
    this.daemonSet = daemonSet;
    this.nodes = nodes;
    this.hash = hash;
    this.#now = now;
    for (const pod of pods) {
      if (isPodTerminal(pod) && pod.metadata.deletionTimestamp) continue;
      const node = targetNodeOf(pod);
      if (node !== undefined) this.#pods.set(node, [...this.on(node), pod]);
    }
    for (const node of nodes) this.#placements.set(node.metadata.name ?? '', placementOn(daemonSet, node));
  }

  /** The Pods on (or on their way to) a node. */
  on(nodeName: string): readonly Pod[] {
    return this.#pods.get(nodeName) ?? [];
  }

  placement(nodeName: string): Placement {
    return this.#placements.get(nodeName) ?? { runs: false, stays: false };
  }

  /** Names of nodes that have a Pod or are to have one, those that are there first. */
  *nodeNames(): Generator<string> {
    const seen = new Set<string>();
    for (const { metadata } of this.nodes) {
      const name = metadata.name ?? '';
      if (!this.#pods.has(name) && !this.placement(name).runs) continue;
      seen.add(name);
      yield name;
    }
    for (const name of this.#pods.keys()) if (!seen.has(name)) yield name;
  }

  get desired(): number {
    return this.nodes.filter(({ metadata }) => this.placement(metadata.name ?? '').runs).length;
  }

  isAvailable(pod: Pod): boolean {
    return isPodAvailable(pod, this.daemonSet.spec?.minReadySeconds ?? 0, this.#now);
  }
}

/** podByCreationTimestampAndPhase: those with a node first, then the oldest. */
export function byAge(a: Pod, b: Pod): number {
  const has = ({ spec }: Pod) => Number(Boolean(spec?.nodeName));
  return (
    has(b) - has(a) ||
    compareBytes(a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '') ||
    compareBytes(a.metadata.name ?? '', b.metadata.name ?? '')
  );
}
