// PodTopologySpread, the part that refuses nodes: no domain may hold more than maxSkew Pods above the least full one.
import type { Node } from '../../../../api/object.ts';
import { stateKey } from '../../framework/cycle-state.ts';
import { DomainCounts } from '../../framework/domain-counts.ts';
import type { NodeInfo } from '../../framework/node-info.ts';
import type { Cycle } from '../../framework/plugin.ts';
import type { PodInfo } from '../../framework/pod-info.ts';
import { skip, unresolvable, unschedulable, type Status } from '../../framework/status.ts';
import { constraintsOf, hasTopologyKeys, isCounted, selects, type Constraint, type Defaults } from './constraints.ts';
import { domainCounts } from './counts.ts';

interface Domain {
  readonly name: string | undefined;
  readonly count: number;
}

/** The two least full domains; with one domain only, the second is none and full. */
type LeastFull = readonly [Domain, Domain];

/** A constraint with how many Pods each domain holds. */
interface Counted {
  readonly constraint: Constraint;
  readonly counts: DomainCounts;
  readonly leastFull: LeastFull;
  readonly selectsSelf: boolean;
}

const counted = stateKey<readonly Counted[]>('PreFilterPodTopologySpread');

const refusal = "node(s) didn't match pod topology spread constraints";

const full: Domain = { name: undefined, count: Infinity };

export function preFilter(cycle: Cycle, defaults: Defaults): Status | undefined {
  const { pod, snapshot, state } = cycle;
  const constraints = constraintsOf(pod.pod, 'DoNotSchedule', snapshot.listers, defaults);
  if (constraints.length === 0) return skip;
  const all = domainCounts(cycle, constraints, { needsAllKeys: true });
  const count = (constraint: Constraint): Counted => {
    const counts = all.get(constraint) ?? DomainCounts.empty();
    let leastFull: LeastFull = [full, full];
    for (const [name, number] of counts.entries()) leastFull = withCount(leastFull, { name, count: number });
    return { constraint, counts, leastFull, selectsSelf: selects(constraint, pod.pod.metadata.labels) };
  };
  state.write(counted, constraints.map(count));
  return undefined;
}

/** criticalPaths.update: a domain that was not among the two does not come back when one of them fills up. */
function withCount([first, second]: LeastFull, domain: Domain): LeastFull {
  const inOrder = (a: Domain, b: Domain): LeastFull => (a.count > b.count ? [b, a] : [a, b]);
  if (domain.name === first.name) return inOrder(domain, second);
  if (domain.name === second.name) return inOrder(first, domain);
  if (domain.count < first.count) return [domain, first];
  return domain.count < second.count ? [first, domain] : [first, second];
}

export const addPod = (cycle: Cycle, added: PodInfo, node: NodeInfo) => recount(cycle, added, node, 1);
export const removePod = (cycle: Cycle, removed: PodInfo, node: NodeInfo) => recount(cycle, removed, node, -1);

/** updateWithPod. Pods that are leaving are not counted at first, and yet count when they are removed, as in the real plugin. */
function recount({ pod, state }: Cycle, changed: PodInfo, { node }: NodeInfo, change: 1 | -1): void {
  const all = state.read(counted) ?? [];
  const constraints = all.map(({ constraint }) => constraint);
  if (changed.namespace !== pod.namespace || !hasTopologyKeys(node, constraints)) return;
  const recounted = all.map((one): Counted => {
    const { constraint, counts, leastFull } = one;
    if (!selects(constraint, changed.pod.metadata.labels) || !isCounted(constraint, pod.pod, node)) return one;
    const name = node.metadata.labels?.[constraint.topologyKey] ?? '';
    const changedCounts = counts.fork();
    changedCounts.add(name, change);
    const count = changedCounts.get(name) ?? 0;
    return { ...one, counts: changedCounts, leastFull: withCount(leastFull, { name, count }) };
  });
  state.write(counted, recounted);
}

export function filter({ state }: Cycle, { node }: NodeInfo): Status | undefined {
  for (const one of state.read(counted) ?? []) {
    const domain = node.metadata.labels?.[one.constraint.topologyKey];
    if (domain === undefined) return unresolvable(`${refusal} (missing required label)`);
    if (countWith(one, domain) - leastOf(one) > one.constraint.maxSkew) return unschedulable(refusal);
  }
  return undefined;
}

/** How many Pods a domain would hold with the Pod. */
const countWith = ({ counts, selectsSelf }: Counted, domain: string) =>
  (counts.get(domain) ?? 0) + (selectsSelf ? 1 : 0);

/** With fewer domains than asked for, the least full one is one that does not exist yet. */
const leastOf = ({ counts, constraint, leastFull }: Counted) =>
  counts.size < constraint.minDomains ? 0 : leastFull[0].count;

/** Why a node is refused. */
export interface Broken {
  /** Of the constraint, among those of the Pod that refuse nodes. */
  readonly index: number;
  readonly topologyKey: string;
  readonly maxSkew: number;
  /** Undefined for a node that is in none. */
  readonly domain: string | undefined;
  /** How many Pods its domain would hold, and how many the least full one holds. */
  readonly count: number;
  readonly least: number;
  /** The least full domain; undefined: there are fewer domains than asked for. */
  readonly emptiest: string | undefined;
}

export function brokenConstraints({ state }: Cycle, node: Node): readonly Broken[] {
  return (state.read(counted) ?? []).flatMap((one, index) => {
    const { topologyKey, maxSkew } = one.constraint;
    const domain = node.metadata.labels?.[topologyKey];
    const [count, least] = [countWith(one, domain ?? ''), leastOf(one)];
    const emptiest = one.leastFull[0].count === least ? one.leastFull[0].name : undefined;
    return domain === undefined || count - least > maxSkew
      ? [{ index, topologyKey, maxSkew, domain, count, least, emptiest }]
      : [];
  });
}
