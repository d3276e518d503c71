// One attempt to find a node for a Pod, as a pure function of a snapshot: what the real scheduling cycle finds, and everything
// that it does not tell (k8s.io/kubernetes/pkg/scheduler/schedule_one.go, SchedulePod).
import { copyWith } from '../../base/copy.ts';
import type { Pod } from '../../api/object.ts';
import { compareBytes } from '../../base/order.ts';
import type { NodeVerdict, PluginStatus, SchedulingDecision } from '../trace.ts';
import { remember } from './blame/inquiry.ts';
import { CycleState } from './framework/cycle-state.ts';
import { availability } from './framework/fit-error.ts';
import type { NodeInfo } from './framework/node-info.ts';
import { podInfoOf } from './framework/pod-info.ts';
import type { Cycle, Framework, PostFilterStatus, Unmodelled } from './framework/plugin.ts';
import {
  askedFilters,
  failingFilters,
  reported,
  rivals,
  runFilters,
  runPostFilter,
  runPreFilter,
  runScore,
  type PreFilterResult,
} from './framework/runtime.ts';
import type { Snapshot } from './framework/snapshot.ts';
import { enoughNodes } from './node-search.ts';
import type { Status } from './framework/status.ts';

/** What a cycle finds; the attempt's number and cause are the queue's to tell. */
export type Verdict = Omit<SchedulingDecision, 'attempt' | 'requeuedBy' | 'node' | 'gated'> & {
  /** Plugins that refused the Pod: only a change that one of them waits for is worth another attempt. */
  readonly rejectedBy: readonly string[];
  /** The node that is to be kept for the Pod from now on, empty for none; absent: as it was. */
  readonly nominatedNodeName?: string;
  /** What plugins remember of a Pod that got a node. */
  readonly cycle?: Cycle;
  /** What a plugin asks of the server because the Pod got none. */
  readonly effect?: PostFilterStatus['effect'];
};

type Nodes = Record<string, NodeVerdict>;

const noNodes = 'no nodes available to schedule pods';

/**
 * Whether and where the Pod fits. `best` has all nodes with the highest score; the real scheduler takes one of them at random.
 * The result is unknown, with reasons, if the Pod or the cluster has something that no plugin models. With `searchFrom`, the
 * place among the `nodesInTurns` where the search begins, only as much of a large cluster is looked at as the profile says.
 */
export function evaluatePod(
  snapshot: Snapshot,
  pod: Pod,
  framework: Framework,
  searchFrom?: number,
  now?: number,
): Verdict {
  const cycle: Cycle = { framework, snapshot, pod: podInfoOf(pod), state: new CycleState(), searchFrom, now };
  if (snapshot.nodes.length === 0) {
    return {
      best: [],
      nodes: {},
      skipped: [],
      preFilter: [],
      rejectedBy: [],
      nominatedNodeName: '',
      ...unschedulableFor(noNodes),
    };
  }
  const preFilter = runPreFilter(cycle);
  const { nodes, failures, feasible, looked } = filterNodes(cycle, preFilter);
  const { skipped, answers } = preFilter;
  const found = { best: [], nodes, skipped, preFilter: answers, rejectedBy: [], type: 'scheduling' } as const;
  const unmodelled = unmodelledFor(cycle);
  if (unmodelled.length > 0) {
    return { ...found, result: 'unknown', unknown: unmodelled, rejectedBy: rejectorsOf(preFilter, failures) };
  }
  const error = errorAmong(preFilter, failures);
  if (error) return { ...found, ...schedulerError(error) };
  if (feasible.length > 0) {
    const isPart = Object.keys(nodes).length < snapshot.nodes.length;
    const chosen = copyWith(choose(cycle, feasible, nodes), isPart ? { cycle, looked } : { cycle });
    return copyWith(found, chosen);
  }
  remember(nodes, cycle);
  return { ...found, ...explain(cycle, preFilter, failures), rejectedBy: rejectorsOf(preFilter, failures) };
}

function unmodelledFor(cycle: Cycle): readonly Unmodelled[] {
  const all: Unmodelled[] = [...cycle.framework.unmodelled];
  for (const plugin of cycle.framework.plugins) if (plugin.unmodelled) all.push(...plugin.unmodelled(cycle));
  return all;
}

const unschedulableFor = (message: string) =>
  ({ type: 'scheduling', result: 'unschedulable', reason: 'Unschedulable', message }) as const;

const schedulerError = ({ reasons }: Pick<Status, 'reasons'>) =>
  ({ result: 'error', reason: 'SchedulerError', message: reasons.join(', '), nominatedNodeName: '' }) as const;

interface Filtered {
  readonly nodes: Nodes;
  /** What each node that does not fit failed for first. */
  readonly failures: ReadonlyMap<string, PluginStatus>;
  readonly feasible: readonly NodeInfo[];
  readonly looked: number;
}

/** Asks all filters about the nodes, also those that the real chain would not come to. */
function filterNodes(cycle: Cycle, preFilter: PreFilterResult): Filtered {
  const nominatedNode = cycle.pod.pod.status?.nominatedNodeName;
  const nodes: Nodes = {};
  const failures = new Map<string, PluginStatus>();
  const feasible: NodeInfo[] = [];
  const filters = askedFilters(cycle, preFilter.refused);
  const excluded = exclusion(preFilter.nodesBy);
  const { order, enough } = searchOf(cycle, preFilter);
  let looked = 0;
  for (const node of order) {
    const all = failingFilters(cycle, node, filters);
    // A nominated node is looked at in any case.
    const isOpen = !preFilter.nodes || preFilter.nodes.has(node.name) || node.name === nominatedNode;
    const first = preFilter.rejection ?? (isOpen ? firstFailure(cycle, node, all) : excluded);
    // The search ends at the first node that fits beyond those that are enough.
    if (!first && feasible.length === enough) break;
    nodes[node.name] = { first: first ?? null, all };
    if (isOpen) looked++;
    if (first) failures.set(node.name, first);
    else feasible.push(node);
  }
  // An attempt that comes to nothing tells of the nominated node, too.
  const refusal = nodes[nominatedNode ?? '']?.first;
  if (refusal?.plugin && feasible.length === 0 && !errorAmong(preFilter, failures)) {
    const told = exclusion([...preFilter.nodesBy, refusal.plugin]);
    for (const [name, first] of failures) {
      if (first !== excluded) continue;
      failures.set(name, told);
      nodes[name] = { all: [], ...nodes[name], first: told };
    }
  }
  const nominated = feasible.find(({ name }) => name === nominatedNode);
  return { nodes, failures, feasible: nominated ? [nominated] : feasible, looked };
}

/** What is said of the nodes that PreFilter leaves out: whose doing it is, and in the end also what refused the nominated node. */
const exclusion = (plugins: Iterable<string>): PluginStatus => ({
  code: 'UnschedulableAndUnresolvable',
  reasons: [`node(s) didn't satisfy plugin(s) [${[...new Set(plugins)].sort(compareBytes).join(' ')}]`],
});

/** In which order nodes are looked at, and how many that fit are enough. A node that was nominated goes first, and is enough. */
function searchOf({ framework, snapshot, pod, searchFrom }: Cycle, { nodes }: PreFilterResult) {
  const all = { order: snapshot.nodes, enough: Infinity };
  if (searchFrom === undefined) return all;
  const open = nodes ? [...nodes].filter((name) => snapshot.node(name)).length : snapshot.nodes.length;
  const enough = framework.score.length === 0 ? 1 : enoughNodes(framework.percentageOfNodesToScore, open);
  if (enough >= open) return all;
  return { order: nodesFrom(snapshot, searchFrom, pod.pod.status?.nominatedNodeName), enough };
}

function* nodesFrom(snapshot: Snapshot, from: number, nominatedNode = ''): Generator<NodeInfo> {
  const { nodesInTurns } = snapshot;
  const nominated = snapshot.node(nominatedNode);
  if (nominated) yield nominated;
  for (let i = 0; i < nodesInTurns.length; i++) {
    const node = snapshot.node(nodesInTurns[(from + i) % nodesInTurns.length] ?? '');
    if (node && node !== nominated) yield node;
  }
}

function firstFailure(cycle: Cycle, node: NodeInfo, all: readonly PluginStatus[]): PluginStatus | undefined {
  if (rivals(cycle, node).length > 0) return runFilters(cycle, node);
  return all[0] && reported(all[0]);
}

/** A plugin that went wrong ends the attempt; the real scheduler reports the first error that it happens to see. */
function errorAmong({ rejection }: PreFilterResult, failures: ReadonlyMap<string, PluginStatus>): Status | undefined {
  if (rejection) return rejection.code === 'Error' ? rejection : undefined;
  return [...failures.values()].find(({ code }) => code === 'Error');
}

function rejectorsOf({ rejection, nodesBy }: PreFilterResult, failures: ReadonlyMap<string, PluginStatus>): string[] {
  const names = new Set(rejection ? [] : nodesBy);
  for (const { plugin } of rejection ? [rejection] : failures.values()) if (plugin) names.add(plugin);
  return [...names].sort(compareBytes);
}

/** Scores the feasible nodes; a single one is taken as it is, even if scoring fails. */
function choose(cycle: Cycle, feasible: readonly NodeInfo[], nodes: Nodes): Pick<Verdict, 'result' | 'best'> {
  const scored = runScore(cycle, feasible);
  const [only, ...others] = feasible;
  if ('code' in scored) {
    return others.length === 0 && only
      ? { result: 'scheduled', best: [only.name] }
      : { best: [], ...schedulerError(scored) };
  }
  const highest = scored.reduce((max, { total }) => Math.max(max, total), -Infinity);
  const best = scored.filter(({ total }) => total === highest).map(({ node }) => node.name);
  for (const { node, scores, total } of scored) nodes[node.name] = { first: null, all: [], scores, total };
  return { result: 'scheduled', best };
}

/** The FailedScheduling message: why no node fits, and what making room would come to. */
function explain(
  cycle: Cycle,
  preFilter: PreFilterResult,
  failures: ReadonlyMap<string, PluginStatus>,
): Partial<Verdict> & Pick<Verdict, 'result'> {
  const { rejection, chain } = preFilter;
  const { code, reasons, preemption, nominatedNodeName, effect } = runPostFilter({ ...cycle, state: chain }, failures);
  const total = cycle.snapshot.nodes.length;
  const why = rejection
    ? `${availability(total, [])} ${rejection.reasons.join(', ')}.`
    : availability(total, failures.values());
  const message = reasons.join(', ');
  return {
    ...unschedulableFor(message ? `${why} ${message}` : why),
    postFilter: { code, ...(message && { message }) },
    ...(preemption && { preemption }),
    ...(nominatedNodeName !== undefined && { nominatedNodeName }),
    ...(effect && { effect }),
  };
}
