// Which Pods of a node have to go so that the Pod fits on it: as few as possible, the least important ones, and those that no
// PodDisruptionBudget protects before those that one does (SelectVictimsOnNode).
import { isEmptySelector, matchesLabelSelector } from '../../../../api/label-selector.ts';
import type { PodDisruptionBudget } from '../../../../api/object.ts';
import { compareBytes } from '../../../../base/order.ts';
import type { NodeInfo } from '../../framework/node-info.ts';
import type { Cycle } from '../../framework/plugin.ts';
import type { PodInfo } from '../../framework/pod-info.ts';
import { runFilters, suppose } from '../../framework/runtime.ts';
import { failed, unschedulable, type Status } from '../../framework/status.ts';

export interface Victims {
  /** The most important first; never empty. */
  readonly pods: readonly PodInfo[];
  /** How many of them a PodDisruptionBudget would not let go. */
  readonly violations: number;
}

/** The victims, or why removing Pods of lower priority does not make room. */
export function selectVictims(cycle: Cycle, node: NodeInfo, budgets: readonly PodDisruptionBudget[]): Victims | Status {
  const lower = node.pods.filter(({ priority }) => priority < cycle.pod.priority);
  if (lower.length === 0) return unschedulable('No preemption victims found for incoming pod');
  let supposed = suppose(cycle, node, 'removed', lower);
  const refusal = runFilters(supposed.cycle, supposed.node);
  if (refusal) return refusal;
  const victims: PodInfo[] = [];
  const isSpared = (pod: PodInfo) => {
    supposed = suppose(supposed.cycle, supposed.node, 'added', [pod]);
    if (!runFilters(supposed.cycle, supposed.node)) return true;
    supposed = suppose(supposed.cycle, supposed.node, 'removed', [pod]);
    victims.push(pod);
    return false;
  };
  const { violating, others } = byBudget(byImportance(lower), budgets);
  const violations = violating.filter((pod) => !isSpared(pod)).length;
  for (const pod of others) isSpared(pod);
  // The Pod fits beside all of them, and yet was refused: a plugin counts Pods differently from how it adds and removes them.
  if (victims.length === 0) return failed(`expected at least one victim pod on node ${JSON.stringify(node.name)}`);
  return { pods: violating.length > 0 && others.length > 0 ? byImportance(victims) : victims, violations };
}

/**
 * MoreImportantPod: a higher priority, then an earlier start. Of Pods that have not started yet, which the real comparison takes
 * to start at the moment it looks at them, the last one is the most important.
 */
function byImportance(pods: readonly PodInfo[]): readonly PodInfo[] {
  const places = new Map(pods.map((pod, i) => [pod, i]));
  return pods.toSorted((a, b) => {
    if (a.priority !== b.priority) return b.priority - a.priority;
    const order = compareStarts(a, b);
    return startOf(a) || startOf(b) ? order : (places.get(b) ?? 0) - (places.get(a) ?? 0);
  });
}

const startOf = ({ pod }: PodInfo) => pod.status?.startTime;

/** GetPodStartTime, earlier first: a Pod that has not started starts now. */
export function compareStarts(a: PodInfo, b: PodInfo): number {
  const [first, second] = [startOf(a), startOf(b)];
  if (first && second) return compareBytes(first, second);
  return Number(!first) - Number(!second);
}

/** filterPodsWithPDBViolation: Pods beyond what their budgets let go at once, and the others; the order is kept. */
function byBudget(pods: readonly PodInfo[], budgets: readonly PodDisruptionBudget[]) {
  const allowed = new Map(budgets.map((budget) => [budget, budget.status?.disruptionsAllowed ?? 0]));
  const violating: PodInfo[] = [];
  const others: PodInfo[] = [];
  for (const pod of pods) {
    let isViolated = false;
    for (const budget of budgets) {
      if (!protects(budget, pod)) continue;
      const left = (allowed.get(budget) ?? 0) - 1;
      allowed.set(budget, left);
      if (left < 0) isViolated = true;
    }
    (isViolated ? violating : others).push(pod);
  }
  return { violating, others };
}

/** Whether the budget counts the Pod. One that the server is evicting already has been counted. */
function protects({ metadata, spec, status }: PodDisruptionBudget, { pod, namespace }: PodInfo): boolean {
  const { name = '', labels = {} } = pod.metadata;
  if (metadata.namespace !== namespace || Object.keys(labels).length === 0) return false;
  const { selector } = spec ?? {};
  if (!selector || isEmptySelector(selector) || !matchesLabelSelector(selector, labels)) return false;
  return !Object.hasOwn(status?.disruptedPods ?? {}, name);
}
