// Runs the plugins of a profile at each extension point, in order, and keeps what they said
// (k8s.io/kubernetes/pkg/scheduler/framework/runtime).
import type { Pod } from '../../../api/object.ts';
import { compareBytes } from '../../../base/order.ts';
import type { PluginStatus } from '../../trace.ts';
import type { CycleState } from './cycle-state.ts';
import type { NodeInfo } from './node-info.ts';
import type {
  Binding,
  Cycle,
  Framework,
  NodeScore,
  Ongoing,
  PluginAt,
  PostFilterStatus,
  WaitingFor,
} from './plugin.ts';
import type { PodInfo } from './pod-info.ts';
import type { Listers } from './snapshot.ts';
import { failed, isRejected, signed, type Status } from './status.ts';

/** The first PreEnqueue plugin that keeps the Pod out of the queue. */
export function runPreEnqueue(
  framework: Framework,
  pod: Pod,
  listers: Listers,
  ongoing?: Ongoing,
): PluginStatus | undefined {
  for (const plugin of framework.preEnqueue) {
    const status = plugin.preEnqueue(pod, listers, ongoing);
    if (status) return signed(plugin.name, status);
  }
  return undefined;
}

/** What the PreFilter plugins came to. */
export interface PreFilterResult {
  /** Why the Pod fits on no node at all. */
  readonly rejection?: PluginStatus;
  /** The only nodes that come into question, and the plugins that say so. */
  readonly nodes?: ReadonlySet<string>;
  readonly nodesBy: readonly string[];
  /** Answers other than Skip and plain Success, every plugin asked for itself. */
  readonly answers: readonly (PluginStatus & { readonly nodes?: readonly string[] })[];
  readonly skipped: readonly string[];
  /** Plugins that refused the Pod as a whole: there is no sense in asking their Filter. */
  readonly refused: ReadonlySet<string>;
  /** The state as the real chain leaves it, which ends at the first refusal. */
  readonly chain: CycleState;
}

/** Asks every PreFilter plugin; the chain's outcome is that of the plugins up to the first refusal. */
export function runPreFilter(cycle: Cycle): PreFilterResult {
  const { framework, state } = cycle;
  const answers: (PluginStatus & { nodes?: readonly string[] })[] = [];
  const refused = new Set<string>();
  const nodesBy: string[] = [];
  let rejection: PluginStatus | undefined;
  let nodes: ReadonlySet<string> | undefined;
  let chain = state;
  for (const plugin of framework.preFilter) {
    const status = plugin.preFilter(cycle);
    if (!status) continue;
    if (status.code === 'Skip') {
      state.skipFilter.add(plugin.name);
      continue;
    }
    const names = status.nodes && [...status.nodes].sort(compareBytes);
    answers.push({ ...signed(plugin.name, status), ...(names && { nodes: names }) });
    if (status.code !== 'Success') refused.add(plugin.name);
    if (rejection) continue;
    if (status.nodes) {
      nodes = nodes ? new Set([...nodes].filter((name) => status.nodes?.has(name))) : status.nodes;
      nodesBy.push(plugin.name);
    }
    rejection = rejectionOf(plugin.name, status, nodes, nodesBy);
    if (rejection) chain = state.clone();
  }
  return {
    ...(rejection && { rejection }),
    ...(nodes && { nodes }),
    nodesBy: nodesBy.sort(compareBytes),
    answers,
    skipped: [...state.skipFilter],
    refused,
    chain,
  };
}

function rejectionOf(
  plugin: string,
  status: Status,
  nodes: ReadonlySet<string> | undefined,
  nodesBy: readonly string[],
): PluginStatus | undefined {
  if (isRejected(status)) return signed(plugin, status);
  if (status.code !== 'Success') {
    return { plugin, ...failed(`running PreFilter plugin ${JSON.stringify(plugin)}: ${status.reasons.join(', ')}`) };
  }
  if (nodes?.size !== 0) return undefined;
  const who = nodesBy.length === 1 ? `plugin ${nodesBy[0]}` : `plugin(s) [${nodesBy.join(' ')}] simultaneously`;
  return { code: 'UnschedulableAndUnresolvable', reasons: [`node(s) didn't satisfy ${who}`] };
}

const none: readonly never[] = [];

/** The Filter plugins that have a say about the Pod's nodes. */
export function askedFilters({ framework, state }: Cycle, refused: ReadonlySet<string>): readonly PluginAt<'filter'>[] {
  return framework.filter.filter(({ name }) => !state.skipFilter.has(name) && !refused.has(name));
}

/** Those of the Filter plugins that refuse the node, each asked for itself. */
export function failingFilters(
  cycle: Cycle,
  node: NodeInfo,
  filters: readonly PluginAt<'filter'>[],
): readonly PluginStatus[] {
  let failing: PluginStatus[] | undefined;
  for (const plugin of filters) {
    const status = plugin.filter(cycle, node);
    if (status) (failing ??= []).push(signed(plugin.name, status));
  }
  return failing ?? none;
}

function firstFailingFilter(cycle: Cycle, node: NodeInfo): PluginStatus | undefined {
  for (const plugin of cycle.framework.filter) {
    if (cycle.state.skipFilter.has(plugin.name)) continue;
    const status = plugin.filter(cycle, node);
    if (status) return reported(signed(plugin.name, status));
  }
  return undefined;
}

/** A filter's status as the chain of filters reports it: with an error comes whose it is. */
export function reported(status: PluginStatus): PluginStatus {
  if (status.code !== 'Error') return status;
  const { plugin, reasons } = status;
  return { ...status, reasons: [`running ${JSON.stringify(plugin)} filter plugin: ${reasons.join(', ')}`] };
}

/** A node as it would be with other Pods on it, and the cycle as plugins would have prepared it then. */
export interface Supposed {
  readonly cycle: Cycle;
  readonly node: NodeInfo;
}

/** RunPreFilterExtensionAddPod and …RemovePod, one Pod after the other. */
export function suppose(given: Cycle, at: NodeInfo, change: 'added' | 'removed', pods: readonly PodInfo[]): Supposed {
  const cycle = { ...given, state: given.state.clone() };
  const plugins = given.framework.preFilter.filter(({ name }) => !given.state.skipFilter.has(name));
  let node = at;
  for (const pod of pods) {
    node = change === 'added' ? node.with(pod) : node.without(pod);
    for (const plugin of plugins) {
      if (change === 'added') plugin.addPod?.(cycle, pod, node);
      else plugin.removePod?.(cycle, pod, node);
    }
  }
  return { cycle, node };
}

/**
 * RunFilterPluginsWithNominatedPods: the Pod has to fit both with and without the waiting Pods of at least its priority for
 * which room was made on the node.
 */
export function runFilters(cycle: Cycle, node: NodeInfo): PluginStatus | undefined {
  const nominated = rivals(cycle, node);
  if (nominated.length > 0) {
    const crowded = suppose(cycle, node, 'added', nominated);
    const failure = firstFailingFilter(crowded.cycle, crowded.node);
    if (failure) return failure;
  }
  return firstFailingFilter(cycle, node);
}

/** The nominated Pods that the Pod has to yield to. */
export function rivals({ snapshot, pod }: Cycle, node: NodeInfo): readonly PodInfo[] {
  const nominated = snapshot.nominated(node.name);
  if (nominated.length === 0) return none;
  return nominated.filter((other) => other.priority >= pod.priority && other.key !== pod.key);
}

/** What the PostFilter plugins came to. */
export function runPostFilter(cycle: Cycle, nodes: ReadonlyMap<string, PluginStatus>): PostFilterStatus {
  const reasons: string[] = [];
  let more: Pick<PostFilterStatus, 'nominatedNodeName' | 'effect'> = {};
  for (const plugin of cycle.framework.postFilter) {
    const status = plugin.postFilter(cycle, nodes) ?? { code: 'Success', reasons: [] };
    if (status.code !== 'Unschedulable') return status;
    reasons.push(...status.reasons);
    const { nominatedNodeName, effect } = status;
    more = { ...more, ...(nominatedNodeName !== undefined && { nominatedNodeName }), ...(effect && { effect }) };
  }
  return { code: 'Unschedulable', reasons, ...more };
}

/** A node's scores: plugin → raw, normalized, weighted. `score` is that of the plugin at work. */
export interface ScoredNode extends NodeScore {
  readonly scores: Record<string, readonly [number, number, number]>;
  total: number;
}

/** PreScore, Score and NormalizeScore over the feasible nodes; a status if a plugin failed. */
export function runScore(cycle: Cycle, feasible: readonly NodeInfo[]): readonly ScoredNode[] | Status {
  const { framework, state } = cycle;
  for (const plugin of framework.preScore) {
    const status = plugin.preScore(cycle, feasible);
    if (status?.code === 'Skip') state.skipScore.add(plugin.name);
    else if (status) {
      return failed(`running PreScore plugin ${JSON.stringify(plugin.name)}: ${status.reasons.join(', ')}`);
    }
  }
  const scored: ScoredNode[] = feasible.map((node) => ({ node, score: 0, scores: {}, total: 0 }));
  for (const { plugin, weight } of framework.score) {
    if (!state.skipScore.has(plugin.name)) addScores(cycle, plugin, weight, scored);
  }
  return scored;
}

function addScores(cycle: Cycle, plugin: PluginAt<'score'>, weight: number, scored: readonly ScoredNode[]): void {
  const raw = scored.map((entry) => (entry.score = plugin.score(cycle, entry.node)));
  plugin.normalizeScore?.(cycle, scored);
  // Neighbours mostly score the same: they share what is told of it.
  let told: readonly [number, number, number] = [NaN, NaN, NaN];
  scored.forEach((entry, i) => {
    const weighted = entry.score * weight;
    if (told[0] !== raw[i] || told[1] !== entry.score) told = [raw[i] ?? 0, entry.score, weighted];
    entry.scores[plugin.name] = told;
    entry.total += weighted;
  });
}

/** Reserve: all or none. */
export function runReserve(binding: Binding): Status | undefined {
  for (const plugin of binding.cycle.framework.reserve) {
    const status = plugin.reserve(binding);
    if (status) {
      runUnreserve(binding);
      return status;
    }
  }
  return undefined;
}

/** Unreserve, in the reverse order. */
export function runUnreserve(binding: Binding): void {
  for (const plugin of binding.cycle.framework.reserve.toReversed()) plugin.unreserve?.(binding);
}

export function runPermit(binding: Binding): Status | undefined {
  for (const plugin of binding.cycle.framework.permit) {
    const status = plugin.permit(binding);
    if (status) return status;
  }
  return undefined;
}

/** RunPreBindPreFlights: whether something is to be done before the Pod can be bound. */
export function hasPreBind(binding: Binding): boolean {
  return binding.cycle.framework.preBind.some((plugin) => plugin.preBindPreFlight?.(binding));
}

/** PreBind, Bind and PostBind; a status if the Pod could not be bound. */
export function* runBind(binding: Binding): WaitingFor<Status | undefined> {
  const { preBind, bind, postBind } = binding.cycle.framework;
  const failure = (point: string, plugin: string, { reasons }: Status) =>
    failed(`running ${point} plugin ${JSON.stringify(plugin)}: ${reasons.join(', ')}`);
  for (const plugin of preBind) {
    if (plugin.preBindPreFlight?.(binding) === false) continue;
    const work = plugin.preBind(binding);
    const status = work && 'next' in work ? yield* work : work;
    if (status) return failure('PreBind', plugin.name, status);
  }
  for (const plugin of bind) {
    const status = plugin.bind(binding);
    if (status?.code === 'Skip') continue;
    if (status) return failure('Bind', plugin.name, status);
    break;
  }
  for (const plugin of postBind) plugin.postBind(binding);
  return undefined;
}
