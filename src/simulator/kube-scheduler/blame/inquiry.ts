// What a decision stands on, asked afterwards and only if somebody wants to know: who is to blame, and what would have to go.
import { controllerOf, type KubeObject, type Pod } from '../../../api/object.ts';
import { Attached } from '../../../base/attached.ts';
import type { SchedulingDecision } from '../../trace.ts';
import { CycleState } from '../framework/cycle-state.ts';
import type { NodeInfo } from '../framework/node-info.ts';
import { Tallies } from '../framework/node-tally.ts';
import type { Cycle } from '../framework/plugin.ts';
import type { PodInfo } from '../framework/pod-info.ts';
import { runFilters, runPreFilter, suppose } from '../framework/runtime.ts';
import type { LookedUp, Snapshot } from '../framework/snapshot.ts';
import type { Blame } from './blame.ts';
import { blameOf } from './registry.ts';

/** How many Pods of a node are tried to be without. */
const mostAsked = 50;

/** By the verdicts of a decision, the cycle that came to them. */
const remembered = new Attached<SchedulingDecision['nodes'], Omit<Cycle, 'state'>>();
const made = new Attached<SchedulingDecision['nodes'], Inquiry>();

/** Keeps a cycle as it is: nodes do not change, but the scheduler's picture of the cluster goes on. */
export function remember(nodes: SchedulingDecision['nodes'], { framework, pod, snapshot, now }: Cycle): void {
  remembered.set(nodes, { framework, pod, now, snapshot: frozen(snapshot) });
}

function frozen(snapshot: Snapshot): Snapshot {
  const nodes = [...snapshot.nodes];
  let index: ReadonlyMap<string, NodeInfo> | undefined;
  const byName = () => (index ??= new Map(nodes.map((node) => [node.name, node])));
  return {
    nodes,
    nodesInTurns: snapshot.nodesInTurns,
    listers: snapshot.listers,
    assumed: snapshot.assumed,
    resourceClaims: snapshot.resourceClaims,
    tallies: new Tallies(),
    node: (name) => byName().get(name),
    image: (name) => snapshot.image(name),
    nominated: (name) => snapshot.nominated(name),
  };
}

/** Undefined for a decision that placed its Pod, or that was not made in this program (read from a file). */
export function inquire({ nodes }: Pick<SchedulingDecision, 'nodes'>): Inquiry | undefined {
  const known = made.get(nodes);
  const cycle = remembered.get(nodes);
  if (known || !cycle) return known;
  const inquiry = new Inquiry(cycle);
  made.set(nodes, inquiry);
  return inquiry;
}

export class Inquiry {
  readonly #cycle: Cycle;
  readonly #isOpen: (nodeName: string) => boolean;
  readonly #nodes: ReadonlyMap<string, NodeInfo>;

  constructor(cycle: Omit<Cycle, 'state'>) {
    this.#cycle = { ...cycle, state: new CycleState() };
    const { rejection, nodes } = runPreFilter(this.#cycle);
    this.#isOpen = (name) => !rejection && (!nodes || nodes.has(name));
    this.#nodes = new Map(cycle.snapshot.nodes.map((node) => [node.name, node]));
  }

  /** What objects of a kind that plugins look up are called: all of them, or those of a namespace. */
  namesOf(resource: keyof LookedUp, namespace?: string): readonly string[] {
    const all: Iterable<KubeObject> = this.#cycle.snapshot.listers[resource].values();
    return [...all].flatMap(({ metadata }) => (metadata.namespace === namespace ? (metadata.name ?? []) : []));
  }

  /** The Pods that have a node. */
  *placedPods(): Generator<Pod> {
    for (const { pods } of this.#nodes.values()) for (const { pod } of pods) yield pod;
  }

  /** What a plugin that refused a node has against it; empty for plugins that are not looked into. */
  blame(nodeName: string, plugin: string): readonly Blame[] {
    const node = this.#nodes.get(nodeName);
    return node ? blameOf(plugin, this.#cycle, node) : [];
  }

  /** Whether the Pod would fit on a node that had no other Pods; not asked where some are from the same workload. */
  fitsEmpty(nodeName: string): boolean {
    const node = this.#nodes.get(nodeName);
    return node !== undefined && !node.pods.some(this.#isSibling) && this.#fitsWithout(node, node.pods);
  }

  /** The one Pod of the node, as `namespace/name`, without which the Pod would fit: none from the same workload. */
  inTheWay(nodeName: string): string | undefined {
    const node = this.#nodes.get(nodeName);
    const others = node?.pods.filter((pod) => !this.#isSibling(pod)).slice(0, mostAsked);
    return node && others?.find((pod) => this.#fitsWithout(node, [pod]))?.key;
  }

  readonly #isSibling = ({ pod }: PodInfo): boolean => {
    const owner = controllerOf(this.#cycle.pod.pod);
    return owner !== undefined && controllerOf(pod)?.uid === owner.uid;
  };

  #fitsWithout(node: NodeInfo, pods: NodeInfo['pods']): boolean {
    if (!this.#isOpen(node.name)) return false;
    const { cycle, node: emptier } = suppose(this.#cycle, node, 'removed', pods);
    return runFilters(cycle, emptier) === undefined;
  }
}
