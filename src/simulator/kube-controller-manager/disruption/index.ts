// The disruption controller: counts for every PodDisruptionBudget how many of its Pods are healthy, and so how many may be evicted
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
import { EventRecorder } from '../../client/event-recorder.ts';
import type { Informer } from '../../client/informer.ts';
import { parseTime } from '../../kernel/time.ts';
import { succeeded, SyncQueue, type Controller, type ControllerContext } from '../controller.ts';
import { isPodReady } from '../pod-state.ts';
import { expectedPods } from './expected-pods.ts';

const resource = 'poddisruptionbudgets.policy';
/** Within this an evicted Pod is to be marked for deletion; then it counts again (DeletionTimeout). Virtual milliseconds. */
const deletionTimeout = 120_000;

export const disruptionController: Controller = {
  name: 'disruption-controller',
  start(context) {
    new DisruptionController(context).listen();
  },
};

class DisruptionController {
  readonly #context: ControllerContext;
  readonly #queue: SyncQueue;
  readonly #recorder: EventRecorder;
  readonly #budgets: Informer<Budget>;
  readonly #pods: Informer<Pod>;

  constructor(context: ControllerContext) {
    const { kernel, client, informers } = context;
    this.#context = context;
    this.#queue = new SyncQueue(context, (key) => this.#sync(key));
    this.#recorder = new EventRecorder(kernel, client, { component: 'controllermanager' });
    this.#budgets = informers.of<Budget>(resource);
    this.#pods = informers.of<Pod>('pods');
  }

  listen(): void {
    this.#budgets.handle({
      // what was counted before the run may be of Pods that are not known here: it stands until one of them changes
      onAdd: (budget) => {
        if (this.#context.informers.started || !budget.status?.observedGeneration) this.#queue.add(keyOf(budget));
      },
      onUpdate: (budget) => this.#queue.add(keyOf(budget)),
    });
    const ofPod = (pod: Pod) => this.#enqueueBudgetOf(pod);
    this.#pods.handle({
      onAdd: (pod) => {
        if (this.#context.informers.started) ofPod(pod);
      },
      onUpdate: ofPod,
      onDelete: ofPod,
    });
  }

  /** Of several budgets only one hears of the Pod: here the one that was known first. */
  #enqueueBudgetOf(pod: Pod): void {
    if (this.#budgets.size === 0) return;
    const matching = [...this.#budgets.values()].filter((budget) => isFor(budget, pod));
    const [budget] = matching;
    if (!budget) return;
    if (matching.length > 1) {
      const { namespace, name } = pod.metadata;
      const chosen = `Chose "${budget.metadata.name}" arbitrarily.`;
      const text = `Pod "${namespace}"/"${name}" matches multiple PodDisruptionBudgets.  ${chosen}`;
      this.#recorder.event(pod, 'Warning', 'MultiplePodDisruptionBudgets', text);
    }
    this.#queue.add(keyOf(budget));
  }

  #sync(key: string): void {
    const budget = this.#budgets.get(key);
    if (!budget) return;
    const { kernel } = this.#context;
    const pods = [...this.#pods.values()].filter((pod) => isFor(budget, pod));
    if (pods.length === 0) this.#recorder.event(budget, 'Normal', 'NoPods', 'No matching pods found');
    const before = budget.status ?? uncounted;
    const expected = expectedPods(this.#context, budget, pods);
    if ('problem' in expected) {
      const { problem } = expected;
      const text = `Failed to calculate the number of expected pods: ${problem}`;
      this.#recorder.event(budget, 'Warning', 'CalculateExpectedPodCountFailed', text);
      this.#write(budget, withDisruptionAllowed({ ...before, disruptionsAllowed: 0 }, kernel.timestamp(), problem));
      return;
    }
    if (expected.unmanaged > 0) this.#tellUnmanaged(budget);
    const disrupted = this.#disruptedPods(budget, pods);
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
    const current = withDisruptionAllowed(status, kernel.timestamp());
    const isTold = disruptionAllowed(before)?.reason === disruptionAllowed(current)?.reason;
    if (!isTold || !deepEqual(withoutConditions(before), withoutConditions(status))) this.#write(budget, current);
  }

  #write(budget: Budget, status: Status): void {
    const { namespace = '', name = '' } = budget.metadata;
    const target = { resource, namespace, name, subresource: 'status' };
    succeeded(this.#context.client.update<Budget>(target, { ...budget, status }));
  }

  /** Pods whose eviction was granted and that are still to be deleted, with the time of that (buildDisruptedPodMap). */
  #disruptedPods(budget: Budget, pods: readonly Pod[]): Record<string, string> {
    const { now } = this.#context.kernel;
    const { disruptedPods = {} } = budget.status ?? uncounted;
    const left: Record<string, string> = {};
    for (const pod of pods) {
      const { name = '', deletionTimestamp } = pod.metadata;
      const since = disruptedPods[name];
      const end = since ? (parseTime(since) ?? 0) + deletionTimeout : undefined;
      if (!since || end === undefined || deletionTimestamp) continue;
      if (end >= now) {
        left[name] = since;
        this.#queue.addAfter(keyOf(budget), end - now, { background: true });
      } else {
        // the name of the budget's namespace stands twice, where its own name was meant
        const { namespace } = budget.metadata;
        const text = `Pod was expected by PDB ${namespace}/${namespace} to be deleted but it wasn't`;
        this.#recorder.event(pod, 'Warning', 'NotDeleted', text);
      }
    }
    return left;
  }

  #tellUnmanaged(budget: Budget): void {
    const text =
      `Pods selected by this PodDisruptionBudget (selector: ${selectorText(budget.spec?.selector)}) were found to be unmanaged. ` +
      'As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. ' +
      'To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.';
    this.#recorder.event(budget, 'Warning', 'UnmanagedPods', text);
  }
}

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
