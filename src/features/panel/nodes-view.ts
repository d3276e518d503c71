// Why a Pod is where it is, or nowhere: nodes × filter plugins, as the scheduler decided and as it would have gone on.
import type { Node, Pod } from '../../api/object.ts';
import { objectsAt, pluginsFor } from '../../simulator/index.ts';
import type { NodeVerdict, SchedulingDecision } from '../../simulator/trace.ts';
import type { NodeCell, NodeRow, NodesView } from '../../protocol/panel.ts';
import { capacityText, Capacities } from './capacities.ts';
import { cellOf } from './node-cells.ts';
import { keyOfRef } from './keys.ts';
import type { PanelRun, Scheduled } from './panel-run.ts';
import { replicasOf, type Replicas } from './replicas.ts';

/** `pod`: the key of the Pod to show; one that got no node, or the first, unless given. */
export function nodesView(run: PanelRun, pod?: string): NodesView {
  const scheduled = run.scheduled();
  const shown =
    scheduled.find((one) => keyOfRef(one.pod) === pod) ??
    scheduled.find(({ decision }) => decision.result !== 'scheduled') ??
    scheduled[0];
  const pods = scheduled.map((one) => ({ key: keyOfRef(one.pod), says: resultText(one.decision) }));
  if (!shown) return { pods, plugins: [], rows: [], scorers: [], unknown: [] };
  const { decision } = shown;
  const { schedulerConfiguration } = run.applied.cluster.state;
  const { filter, score } = pluginsFor(schedulerConfiguration, run.pod(shown.pod)?.spec?.schedulerName);
  const plugins = filter.filter((plugin) => !decision.skipped.includes(plugin));
  const scorers = score.filter(({ plugin }) => hasScored(decision, plugin));
  const replicas = replicasOf(run, run.pod(shown.pod));
  return {
    pods,
    pod: keyOfRef(shown.pod),
    plugins,
    ...(decision.message && { message: decision.message }),
    ...(replicas && { replicas: replicas.view }),
    rows: rowsOf(run, shown, { plugins, scorers, replicas }),
    scorers,
    unknown: [...new Set(decision.unknown?.map(({ reason }) => reason) ?? [])],
  };
}

function resultText({ result, node }: SchedulingDecision): string {
  return result === 'scheduled' ? `on ${node}` : result === 'gated' ? 'held back' : result;
}

const hasScored = ({ nodes }: SchedulingDecision, plugin: string) =>
  Object.values(nodes).some(({ scores }) => scores?.[plugin] !== undefined);

interface Columns extends Pick<NodesView, 'plugins' | 'scorers'> {
  readonly replicas: Replicas | undefined;
}

function rowsOf(run: PanelRun, { pod: ref, decision, time }: Scheduled, columns: Columns): NodeRow[] {
  const { plugins, scorers, replicas } = columns;
  // as things stood when it was decided
  const state = run.applied.stateAt(time);
  const pod = objectsAt<Pod>(state, 'pods').find(
    ({ metadata }) => metadata.name === ref.name && metadata.namespace === ref.namespace,
  );
  const nodes = objectsAt<Node>(state, 'nodes');
  const capacities = new Capacities(objectsAt<Pod>(state, 'pods'));
  return nodes.map((node) => {
    const name = node.metadata.name ?? '';
    const verdict = decision.nodes[name];
    const context = { run, pod, node, nodes, verdicts: decision.nodes };
    const place = run.places.ofField({ apiVersion: 'v1', kind: 'Node', name });
    const { scores } = verdict ?? {};
    return {
      node: name,
      detail: capacityText(node, capacities.podsOn(name)),
      ...(replicas && { replicas: replicas.on(name) }),
      ...(place && { place }),
      cells: plugins.map((plugin): NodeCell => cellOf(context, plugin, verdict)),
      ...(scores && { scores: scorers.map(({ plugin }) => scores[plugin]?.[2] ?? 0) }),
      ...(verdict?.total !== undefined && { total: verdict.total }),
      chosen: decision.node === name,
      best: decision.best.includes(name),
      says: rowText(name, decision, verdict),
    };
  });
}

function rowText(name: string, { node, best, result }: SchedulingDecision, verdict: NodeVerdict | undefined): string {
  if (name === node) return 'chosen';
  if (!verdict) return result === 'scheduled' ? 'not asked' : 'not looked at';
  if (best.includes(name)) return 'as good';
  if (!verdict.first) return 'fits';
  const reasons = Math.max(1, verdict.all.length);
  return `refused, ${reasons} ${reasons === 1 ? 'reason' : 'reasons'}`;
}
