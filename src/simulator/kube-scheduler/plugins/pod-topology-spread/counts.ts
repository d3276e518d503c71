// How many Pods each topology domain holds, for the constraints of a Pod, over all nodes.
import type { DomainCounts } from '../../framework/domain-counts.ts';
import type { NodeInfo } from '../../framework/node-info.ts';
import type { Part } from '../../framework/node-tally.ts';
import type { Cycle } from '../../framework/plugin.ts';
import { countSelected, hasTopologyKeys, isCounted, type Constraint } from './constraints.ts';

/** The Pods on each node, by its name, that the constraint selects: whether the node is one that counts does not matter. */
export function hostCounts({ pod, snapshot }: Cycle, constraint: Constraint): DomainCounts | undefined {
  const partsOf = (info: NodeInfo): readonly Part[] => [
    { series: '', domain: info.name, amount: countSelected(constraint, info, pod.namespace) },
  ];
  const asked = ['hosts', pod.namespace, constraint.selectors];
  const [hosts] = snapshot.tallies.of(asked).update(snapshot.nodes, partsOf).all();
  return hosts?.[1];
}

export interface CountOptions {
  /** Only nodes in a domain of every constraint count; else nodes without a label are in the domain of the empty value. */
  readonly needsAllKeys: boolean;
  /** A constraint by this topology key is not counted. */
  readonly without?: string;
}

/** The counts by constraint, as far as nodes are in a domain of it. They hold until the next cycle. */
export function domainCounts(
  { pod, snapshot }: Cycle,
  constraints: readonly Constraint[],
  options: CountOptions,
): ReadonlyMap<Constraint, DomainCounts> {
  const { needsAllKeys, without } = options;
  const partsOf = (info: NodeInfo): readonly Part[] => {
    if (needsAllKeys && !hasTopologyKeys(info.node, constraints)) return [];
    return constraints.flatMap((constraint, i) => {
      if (constraint.topologyKey === without || !isCounted(constraint, pod.pod, info.node)) return [];
      const domain = info.node.metadata.labels?.[constraint.topologyKey] ?? '';
      return { series: String(i), domain, amount: countSelected(constraint, info, pod.namespace) };
    });
  };
  const { nodeSelector, affinity, tolerations } = pod.pod.spec ?? {};
  const asked = [pod.namespace, constraints, nodeSelector, affinity?.nodeAffinity, tolerations];
  const tally = snapshot.tallies.of(['spread', options, ...asked]).update(snapshot.nodes, partsOf);
  return new Map([...tally.all()].map(([i, counts]) => [constraints[Number(i)] as Constraint, counts]));
}
