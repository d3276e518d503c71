// PodTopologySpread, the part that scores: nodes in domains with fewer of the workload's Pods are preferred.
import { stateKey } from '../../framework/cycle-state.ts';
import type { DomainCounts } from '../../framework/domain-counts.ts';
import type { NodeInfo } from '../../framework/node-info.ts';
import { maxNodeScore, type Cycle, type NodeScore } from '../../framework/plugin.ts';
import { skip, type Status } from '../../framework/status.ts';
import {
  constraintsOf,
  hasOwnConstraints,
  hasTopologyKeys,
  hostnameLabel,
  type Constraint,
  type Defaults,
} from './constraints.ts';
import { domainCounts, hostCounts } from './counts.ts';

interface Weighed {
  readonly constraint: Constraint;
  /** The Pods in each domain; of hosts, by the node's name. */
  readonly counts: DomainCounts | undefined;
  /** The more domains there are, the more a Pod more or less in one of them counts. */
  readonly weight: number;
}

interface Spread {
  readonly constraints: readonly Weighed[];
  /** Nodes that lack a topology key of the Pod's own constraints. */
  readonly ignored: ReadonlySet<string>;
}

const spread = stateKey<Spread>('PreScorePodTopologySpread');

export function preScore(cycle: Cycle, feasible: readonly NodeInfo[], defaults: Defaults): Status | undefined {
  const { pod, snapshot, state } = cycle;
  const constraints = constraintsOf(pod.pod, 'ScheduleAnyway', snapshot.listers, defaults);
  if (constraints.length === 0) return skip;
  const needsAllKeys = hasOwnConstraints(pod.pod) || !defaults.areSystems;
  const isEligible = ({ node }: NodeInfo) => !needsAllKeys || hasTopologyKeys(node, constraints);
  const eligible = feasible.filter(isEligible);
  const all = domainCounts(cycle, constraints, { needsAllKeys, without: hostnameLabel });
  const weighed = constraints.map((constraint) =>
    constraint.topologyKey === hostnameLabel
      ? weigh(constraint, hostCounts(cycle, constraint), eligible.length)
      : weigh(constraint, all.get(constraint), domainsOf(constraint, eligible)),
  );
  const ignored = new Set(feasible.filter((info) => !isEligible(info)).map(({ name }) => name));
  state.write(spread, { constraints: weighed, ignored });
  return undefined;
}

function weigh(constraint: Constraint, counts: DomainCounts | undefined, domains: number): Weighed {
  return { constraint, counts, weight: Math.log(domains + 2) };
}

/** Nodes without the label make up a domain, too; nobody asks how many Pods it has. */
function domainsOf({ topologyKey }: Constraint, eligible: readonly NodeInfo[]): number {
  return new Set(eligible.map(({ node }) => node.metadata.labels?.[topologyKey] ?? '')).size;
}

export function score({ state }: Cycle, info: NodeInfo): number {
  const { constraints, ignored } = state.read(spread) ?? { constraints: [], ignored: new Set() };
  if (ignored.has(info.name)) return 0;
  let sum = 0;
  for (const { constraint, counts, weight } of constraints) {
    const domain = info.node.metadata.labels?.[constraint.topologyKey];
    if (domain === undefined) continue;
    const count = counts?.get(constraint.topologyKey === hostnameLabel ? info.name : domain) ?? 0;
    sum += count * weight + (constraint.maxSkew - 1);
  }
  return Math.round(sum);
}

/** The fewest Pods score highest; nodes that were ignored get nothing. */
export function normalizeScore({ state }: Cycle, scores: readonly NodeScore[]): void {
  const ignored = state.read(spread)?.ignored;
  const counting = scores.filter(({ node }) => !ignored?.has(node.name)).map((entry) => entry.score);
  const lowest = counting.reduce((min, value) => Math.min(min, value), Infinity);
  const highest = counting.reduce((max, value) => Math.max(max, value), 0);
  for (const entry of scores) {
    if (ignored?.has(entry.node.name)) entry.score = 0;
    else if (highest === 0) entry.score = maxNodeScore;
    else entry.score = Math.trunc((maxNodeScore * (highest + lowest - entry.score)) / highest);
  }
}
