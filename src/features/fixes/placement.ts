// A Pod that no node takes: for each node what would make all its filters say yes, which takes one change or two.
import type { Node } from '../../api/object.ts';
import type { NodeVerdict } from '../../simulator/trace.ts';
import { both, type Change } from './change.ts';
import { pendingPod, type PendingPod, type PlacementProposer } from './pending-pod.ts';
import type { Proposer } from './proposer.ts';

/** Filters of one node that are worth mending together. */
const mostFilters = 2;
/** Enough to choose the best from, on clusters of any size. */
const mostChanges = 60;
/** Nodes that are looked into: further ones mostly say the same. */
const mostNodes = 200;

/** Puts together what the proposers of the filter plugins know. */
export function placement(proposers: readonly PlacementProposer[]): Proposer {
  const byPlugin = new Map(proposers.map((proposer) => [proposer.plugin, proposer]));
  return {
    findings: ['unschedulable'],
    propose(context) {
      const pending = pendingPod(context);
      const changes = new Map<string, Change>();
      for (const node of pending?.nodes.slice(0, mostNodes) ?? []) {
        const verdict = pending?.verdict(node);
        if (!pending || !verdict || verdict.all.length === 0 || verdict.all.length > mostFilters) continue;
        for (const change of ofNode(byPlugin, pending, node, verdict)) changes.set(change.id, change);
        if (changes.size >= mostChanges) break;
      }
      return [...changes.values()];
    },
  };
}

function ofNode(
  byPlugin: ReadonlyMap<string, PlacementProposer>,
  pending: PendingPod,
  node: Node,
  { all }: NodeVerdict,
): Change[] {
  const [first = [], ...others] = all.map(({ plugin }) => byPlugin.get(plugin ?? '')?.propose(pending, node) ?? []);
  return others.reduce<Change[]>(
    (done, more) =>
      done.flatMap((one) => more.filter((other) => !one.cluster && !other.cluster).map((other) => both(one, other))),
    [...first],
  );
}
