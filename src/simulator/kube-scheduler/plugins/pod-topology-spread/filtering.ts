// PodTopologySpread, the part that refuses nodes: no domain may hold more than maxSkew Pods above the least full one.
import { stateKey } from '../../framework/cycle-state.ts';
import type { NodeInfo } from '../../framework/node-info.ts';
import type { Cycle } from '../../framework/plugin.ts';
import { skip, unresolvable, unschedulable, type Status } from '../../framework/status.ts';
import { countSelected, hasTopologyKeys, isCounted, ownConstraints, selects, type Constraint } from './constraints.ts';

/** A constraint with how many Pods each domain holds. */
interface Counted {
  readonly constraint: Constraint;
  readonly counts: ReadonlyMap<string, number>;
  /** Of the least full domain; 0 if there are fewer domains than minDomains. */
  readonly least: number;
  readonly selectsSelf: boolean;
}

const counted = stateKey<readonly Counted[]>('PreFilterPodTopologySpread');

const refusal = "node(s) didn't match pod topology spread constraints";

export function preFilter({ pod, snapshot, state }: Cycle): Status | undefined {
  const constraints = ownConstraints(pod.pod, 'DoNotSchedule');
  if (constraints.length === 0) return skip;
  const nodes = snapshot.nodes.filter(({ node }) => hasTopologyKeys(node, constraints));
  const count = (constraint: Constraint): Counted => {
    const counts = new Map<string, number>();
    for (const info of nodes) {
      if (!isCounted(constraint, pod.pod, info.node)) continue;
      const domain = info.node.metadata.labels?.[constraint.topologyKey] ?? '';
      counts.set(domain, (counts.get(domain) ?? 0) + countSelected(constraint, info, pod.namespace));
    }
    const least = counts.size < constraint.minDomains ? 0 : Math.min(...counts.values());
    return { constraint, counts, least, selectsSelf: selects(constraint, pod.pod.metadata.labels) };
  };
  state.write(counted, constraints.map(count));
  return undefined;
}

export function filter({ state }: Cycle, { node }: NodeInfo): Status | undefined {
  for (const { constraint, counts, least, selectsSelf } of state.read(counted) ?? []) {
    const domain = node.metadata.labels?.[constraint.topologyKey];
    if (domain === undefined) return unresolvable(`${refusal} (missing required label)`);
    const skew = (counts.get(domain) ?? 0) + (selectsSelf ? 1 : 0) - least;
    if (skew > constraint.maxSkew) return unschedulable(refusal);
  }
  return undefined;
}
