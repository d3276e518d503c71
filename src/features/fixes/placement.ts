// A Pod that no node takes: for each node what would make all its filters say yes, which takes one change or two.
import { finalKey } from '../../analyzer/subject.ts';
import { templatePathOf } from '../../analyzer/template-paths.ts';
import type { Node, Pod } from '../../api/object.ts';
import { refOf } from '../../api/object.ts';
import type { NodeVerdict } from '../../simulator/trace.ts';
import { both, type Change } from './change.ts';
import type { FixContext, PendingPod, PlacementProposer, Proposer } from './proposer.ts';

/** Filters of one node that are worth mending together. */
const mostFilters = 2;
/** Enough to choose the best from, on clusters of any size. */
const mostChanges = 60;

/** Puts together what the proposers of the filter plugins know. */
export function placement(proposers: readonly PlacementProposer[]): Proposer {
  const byPlugin = new Map(proposers.map((proposer) => [proposer.plugin, proposer]));
  return {
    findings: ['unschedulable'],
    propose(context) {
      const found = pendingPod(context);
      if (!found) return [];
      const changes = new Map<string, Change>();
      for (const node of found.pending.nodes) {
        const verdict = found.verdicts[node.metadata.name ?? ''];
        if (!verdict || verdict.all.length === 0 || verdict.all.length > mostFilters) continue;
        for (const change of ofNode(byPlugin, found.pending, node, verdict)) changes.set(change.id, change);
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
  const [first = [], ...others] = all.map(
    (status) => byPlugin.get(status.plugin ?? '')?.propose(pending, node, status) ?? [],
  );
  return others.reduce<Change[]>(
    (done, more) =>
      done.flatMap((one) => more.filter((other) => !one.cluster === !other.cluster).map((other) => both(one, other))),
    [...first],
  );
}

/** The Pod as the scheduler saw it in the decision that the finding stands on. */
function pendingPod(
  context: FixContext,
): { pending: PendingPod; verdicts: Readonly<Record<string, NodeVerdict>> } | undefined {
  const { applied, finding, declared } = context;
  const entry = applied.trace[finding.steps[0] ?? -1];
  if (entry?.type !== 'decision' || entry.decision.type !== 'scheduling') return undefined;
  const key = finalKey(entry.subject);
  const stored = applied.trace.findLast((one) => one.type === 'store' && finalKey(refOf(one.object)) === key);
  if (stored?.type !== 'store') return undefined;
  const template = declared.object.kind === 'Pod' ? undefined : templatePathOf(declared.object.kind);
  return {
    verdicts: entry.decision.nodes,
    pending: {
      ...context,
      pod: stored.object as Pod,
      nodes: applied.objects<Node>('nodes'),
      path: (own) => (template === undefined ? own : `${template}.${own}`),
    },
  };
}
