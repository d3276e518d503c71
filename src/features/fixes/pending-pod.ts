// A Pod that got no node, as the scheduler saw it: what each node said, and who is to blame.
import { finalKey } from '../../analyzer/subject.ts';
import { templatePathOf } from '../../analyzer/template-paths.ts';
import { controllerOf, refOf, type Node, type Pod } from '../../api/object.ts';
import { inquire, type Blame } from '../../simulator/index.ts';
import type { NodeVerdict } from '../../simulator/trace.ts';
import type { Change } from './change.ts';
import type { FixContext } from './proposer.ts';

export interface PendingPod extends FixContext {
  readonly pod: Pod;
  readonly nodes: readonly Node[];
  /** The path, in what is written, of a path in the Pod. */
  readonly path: (own: string) => string;
  readonly verdict: (node: Node) => NodeVerdict | undefined;
  readonly blame: (node: Node, plugin: string) => readonly Blame[];
  /** All Pods of the cluster. */
  readonly pods: () => readonly Pod[];
  /** Those of the same controller, the Pod among them. */
  readonly siblings: () => readonly Pod[];
}

/** Knows what would make one filter plugin take a node that it refuses. */
export interface PlacementProposer {
  readonly plugin: string;
  /** Each of the changes does it by itself. */
  propose(pending: PendingPod, node: Node): readonly Change[];
}

/** The Pod of the decision that a finding stands on. */
export function pendingPod(context: FixContext): PendingPod | undefined {
  const { applied, finding, declared } = context;
  const entry = applied.trace[finding.steps[0] ?? -1];
  if (entry?.type !== 'decision' || entry.decision.type !== 'scheduling') return undefined;
  const key = finalKey(entry.subject);
  const stored = applied.trace.findLast((one) => one.type === 'store' && finalKey(refOf(one.object)) === key);
  if (stored?.type !== 'store') return undefined;
  const { decision } = entry;
  const inquiry = inquire(decision);
  const pod = stored.object as Pod;
  const template = declared.object.kind === 'Pod' ? undefined : templatePathOf(declared.object.kind);
  const pods = () => applied.objects<Pod>('pods');
  return {
    ...context,
    pod,
    nodes: applied.objects<Node>('nodes'),
    pods,
    path: (own) => (template === undefined ? own : `${template}.${own}`),
    verdict: ({ metadata }) => decision.nodes[metadata.name ?? ''],
    blame: ({ metadata }, plugin) => inquiry?.blame(metadata.name ?? '', plugin) ?? [],
    siblings: () => pods().filter((other) => other === pod || isSibling(other, pod)),
  };
}

function isSibling(other: Pod, pod: Pod): boolean {
  const owner = controllerOf(pod);
  return owner !== undefined && controllerOf(other)?.uid === owner.uid;
}
