// One cell of the matrix: what a plugin says of a node, in values, and the field of the Pod that it goes by.
import { culpritOf } from '../../analyzer/culprits/registry.ts';
import type { Node, Pod } from '../../api/object.ts';
import { taintText, untoleratedTaints } from '../../api/tolerations.ts';
import { amountText, inquire, type Blame } from '../../simulator/index.ts';
import type { NodeVerdict } from '../../simulator/trace.ts';
import type { NodeCell } from '../../protocol/panel.ts';
import type { PanelRun } from './panel-run.ts';

interface Context {
  readonly run: PanelRun;
  readonly pod: Pod | undefined;
  readonly node: Node;
  readonly nodes: readonly Node[];
  readonly verdicts: Readonly<Record<string, NodeVerdict>>;
}

export function cellOf(context: Context, plugin: string, verdict: NodeVerdict | undefined): NodeCell {
  if (!verdict) return { state: 'skipped', reasons: [] };
  const isFirst = verdict.first !== null && (verdict.first.plugin ?? 'NodeAffinity') === plugin;
  const status = verdict.all.find((one) => one.plugin === plugin) ?? (isFirst ? verdict.first : undefined);
  if (!status) return { state: 'ok', reasons: [] };
  const blame = blameOf(context, plugin);
  const detail = detailOf(context, plugin, status.reasons, blame);
  const place = placeOf(context, plugin, blame);
  return {
    state: isFirst ? 'first' : 'hidden',
    reasons: status.reasons,
    ...(detail && { detail }),
    ...(place && { place }),
  };
}

/** The values behind a reason: what the plugin's own words do not tell. */
function detailOf(
  { node, pod }: Context,
  plugin: string,
  reasons: readonly string[],
  blame: readonly Blame[],
): string | undefined {
  switch (plugin) {
    case 'TaintToleration':
      return untoleratedTaints(node.spec?.taints, pod?.spec?.tolerations, ['NoSchedule', 'NoExecute'])
        .map(taintText)
        .join(', ');
    case 'NodeResourcesFit':
      return reasons
        .map((reason) => {
          const resource = /^Insufficient (.+)$/.exec(reason)?.[1];
          const shortage = blame.find((one) => one.shortage?.resource === resource)?.shortage;
          return shortage ? askedAndFree(shortage) : reason;
        })
        .join(', ');
    case 'NodeUnschedulable':
      return 'cordoned';
    default:
      return blame.map(({ says }) => says).join('; ') || undefined;
  }
}

/** `cpu: asks 2, free 500m`. */
const askedAndFree = ({ resource, asks, free }: NonNullable<Blame['shortage']>) =>
  `${resource}: asks ${amountText(resource, asks)}, free ${amountText(resource, free)}`;

/** Whom the scheduler blames for the node's refusal. */
const blameOf = ({ node, verdicts }: Context, plugin: string): readonly Blame[] =>
  inquire({ nodes: verdicts })?.blame(node.metadata.name ?? '', plugin) ?? [];

/** The field of the object that was applied, for the Pod or what makes it. */
function placeOf({ run, pod, node, nodes }: Context, plugin: string, blame: readonly Blame[]) {
  if (!pod) return undefined;
  const { subject, path } = run.attribution(pod);
  const context = { pod, nodes: [node], all: nodes, reasons: [], blame: () => blame, inquiry: undefined };
  return run.places.ofField(subject, path(blame[0]?.path ?? culpritOf(plugin, context).path));
}
