// One cell of the matrix: what a plugin says of a node, in values, and the field of the Pod that it goes by.
import { culpritOf } from '../../analyzer/culprits/registry.ts';
import type { Node, Pod } from '../../api/object.ts';
import { taintText, untoleratedTaints } from '../../api/tolerations.ts';
import { inquire } from '../../simulator/index.ts';
import type { NodeVerdict } from '../../simulator/trace.ts';
import type { NodeCell } from '../../protocol/panel.ts';
import type { Capacities } from './capacities.ts';
import type { PanelRun } from './panel-run.ts';

interface Context {
  readonly run: PanelRun;
  readonly pod: Pod | undefined;
  readonly node: Node;
  readonly nodes: readonly Node[];
  readonly capacities: Capacities;
  readonly verdicts: Readonly<Record<string, NodeVerdict>>;
}

export function cellOf(context: Context, plugin: string, verdict: NodeVerdict | undefined): NodeCell {
  if (!verdict) return { state: 'skipped', reasons: [] };
  const isFirst = verdict.first !== null && (verdict.first.plugin ?? 'NodeAffinity') === plugin;
  const status = verdict.all.find((one) => one.plugin === plugin) ?? (isFirst ? verdict.first : undefined);
  if (!status) return { state: 'ok', reasons: [] };
  const detail = detailOf(context, plugin, status.reasons);
  const place = placeOf(context, plugin);
  return {
    state: isFirst ? 'first' : 'hidden',
    reasons: status.reasons,
    ...(detail && { detail }),
    ...(place && { place }),
  };
}

/** The values behind a reason; the reason itself says enough of the other plugins. */
function detailOf({ node, pod, capacities }: Context, plugin: string, reasons: readonly string[]): string | undefined {
  switch (plugin) {
    case 'TaintToleration':
      return untoleratedTaints(node.spec?.taints, pod?.spec?.tolerations, ['NoSchedule', 'NoExecute'])
        .map(taintText)
        .join(', ');
    case 'NodeResourcesFit':
      return reasons
        .map((reason) => {
          const resource = /^Insufficient (.+)$/.exec(reason)?.[1];
          return resource && pod ? capacities.askedAndFree(pod, node, resource) : reason;
        })
        .join(', ');
    case 'NodeUnschedulable':
      return 'cordoned';
    default:
      return undefined;
  }
}

/** The field of the object that was applied, for the Pod or what makes it. */
function placeOf({ run, pod, node, nodes, verdicts }: Context, plugin: string) {
  if (!pod) return undefined;
  const { subject, path } = run.attribution(pod);
  const inquiry = inquire({ nodes: verdicts });
  const blame = () => inquiry?.blame(node.metadata.name ?? '', plugin) ?? [];
  const culprit = culpritOf(plugin, { pod, nodes: [node], all: nodes, reasons: [], blame, inquiry: undefined });
  return run.places.ofField(subject, path(blame()[0]?.path ?? culprit.path));
}
