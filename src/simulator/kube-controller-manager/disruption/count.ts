// What a PodDisruptionBudget says of its Pods: how many are healthy, and so how many may be evicted
// (k8s.io/kubernetes/pkg/controller/disruption, v1.36).
import { disruptionAllowed, uncounted, withDisruptionAllowed } from '../../../api/disruption-budget.ts';
import { matchesLabelSelector } from '../../../api/label-selector.ts';
import {
  keyOf,
  type LabelSelector,
  type Pod,
  type PodDisruptionBudget as Budget,
  type PodDisruptionBudgetStatus as Status,
} from '../../../api/object.ts';
import { deepEqual } from '../../../base/json.ts';
import { sortedKeys } from '../../../base/order.ts';
import type { EventRecorder } from '../../client/event-recorder.ts';
import { parseTime } from '../../kernel/time.ts';
import { succeeded, type ControllerContext, type SyncQueue } from '../controller.ts';
import { isPodReady } from '../pod-state.ts';
import { expectedPods } from './expected-pods.ts';

/** Within this an evicted Pod is to be marked for deletion; then it counts again (DeletionTimeout). Virtual milliseconds. */
const deletionTimeout = 120_000;

export interface Tools {
  readonly context: ControllerContext;
  readonly recorder: EventRecorder;
  readonly queue: SyncQueue;
}

/** The budgets that select a Pod. */
export function budgetsFor(pod: Pod, budgets: Iterable<Budget>): Budget[] {
  return [...budgets].filter((budget) => isFor(budget, pod));
}

/** Counts a budget's Pods and writes what came of it, if that is news. */
export function countBudget(tools: Tools, budget: Budget, all: Iterable<Pod>): void {
  const { context, recorder } = tools;
  const now = context.kernel.timestamp();
  const pods = [...all].filter((pod) => isFor(budget, pod));
  if (pods.length === 0) recorder.event(budget, 'Normal', 'NoPods', 'No matching pods found');
  const before = budget.status ?? uncounted;
  const expected = expectedPods(context, budget, pods);
  if ('problem' in expected) {
    const { problem } = expected;
    const text = `Failed to calculate the number of expected pods: ${problem}`;
    recorder.event(budget, 'Warning', 'CalculateExpectedPodCountFailed', text);
    write(context, budget, withDisruptionAllowed({ ...before, disruptionsAllowed: 0 }, now, problem));
    return;
  }
  if (expected.unmanaged > 0) recorder.event(budget, 'Warning', 'UnmanagedPods', unmanagedText(budget));
  const disrupted = disruptedPods(tools, budget, pods);
  const currentHealthy = pods.filter(
    (pod) => !pod.metadata.deletionTimestamp && !(pod.metadata.name! in disrupted) && isPodReady(pod),
  ).length;
  const spare = expected.expectedPods > 0 ? Math.max(0, currentHealthy - expected.desiredHealthy) : 0;
  const { disruptedPods: _, ...kept } = before;
  const status: Status = {
    ...kept,
    currentHealthy,
    desiredHealthy: expected.desiredHealthy,
    expectedPods: expected.expectedPods,
    disruptionsAllowed: spare,
    ...(Object.keys(disrupted).length > 0 && { disruptedPods: disrupted }),
    observedGeneration: budget.metadata.generation ?? 0,
  };
  const current = withDisruptionAllowed(status, now);
  const isTold = disruptionAllowed(before)?.reason === disruptionAllowed(current)?.reason;
  if (!isTold || !deepEqual(withoutConditions(before), withoutConditions(status))) write(context, budget, current);
}

function write({ client }: ControllerContext, budget: Budget, status: Status): void {
  const { namespace = '', name = '' } = budget.metadata;
  const target = { resource: 'poddisruptionbudgets.policy', namespace, name, subresource: 'status' };
  succeeded(client.update<Budget>(target, { ...budget, status }));
}

/** Pods whose eviction was granted and that are still to be deleted, with the time of that (buildDisruptedPodMap). */
function disruptedPods({ context, recorder, queue }: Tools, budget: Budget, pods: readonly Pod[]) {
  const { now } = context.kernel;
  const { disruptedPods: granted = {} } = budget.status ?? uncounted;
  const left: Record<string, string> = {};
  for (const pod of pods) {
    const { name = '', deletionTimestamp } = pod.metadata;
    const since = granted[name];
    if (!since || deletionTimestamp) continue;
    const end = (parseTime(since) ?? 0) + deletionTimeout;
    if (end >= now) {
      left[name] = since;
      queue.addAfter(keyOf(budget), end - now, { background: true });
    } else {
      // the name of the budget's namespace stands twice, where its own name was meant
      const { namespace } = budget.metadata;
      const text = `Pod was expected by PDB ${namespace}/${namespace} to be deleted but it wasn't`;
      recorder.event(pod, 'Warning', 'NotDeleted', text);
    }
  }
  return left;
}

const unmanagedText = ({ spec }: Budget) =>
  `Pods selected by this PodDisruptionBudget (selector: ${selectorText(spec?.selector)}) were found to be unmanaged. ` +
  'As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. ' +
  'To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.';

const isFor = ({ metadata, spec }: Budget, pod: Pod) =>
  metadata.namespace === pod.metadata.namespace && matchesLabelSelector(spec?.selector, pod.metadata.labels);

const withoutConditions = ({ conditions: _, ...rest }: Status) => rest;

/** A selector as its Go type prints itself. */
function selectorText(selector: LabelSelector | undefined): string {
  if (!selector) return 'nil';
  const { matchLabels = {}, matchExpressions = [] } = selector;
  const labels = sortedKeys(matchLabels).map((key) => `${key}: ${matchLabels[key]},`);
  const expressions = matchExpressions.map(
    ({ key, operator, values = [] }) =>
      `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${values.join(' ')}],},`,
  );
  return `&LabelSelector{MatchLabels:map[string]string{${labels.join('')}},MatchExpressions:[]LabelSelectorRequirement{${expressions.join('')}},}`;
}
