// The disruption controller: keeps what every PodDisruptionBudget says of its Pods up to date
// (k8s.io/kubernetes/pkg/controller/disruption, v1.36).
import { keyOf, type Pod, type PodDisruptionBudget as Budget } from '../../../api/object.ts';
import { EventRecorder } from '../../client/event-recorder.ts';
import { SyncQueue, type Controller } from '../controller.ts';
import { budgetsFor, countBudget } from './count.ts';

export const disruptionController: Controller = {
  name: 'disruption-controller',
  startsWith: 'poddisruptionbudgets.policy',
  start(context) {
    const { kernel, client, informers } = context;
    const recorder = new EventRecorder(kernel, client, { component: 'controllermanager' });
    const budgets = informers.of<Budget>('poddisruptionbudgets.policy');
    const pods = informers.of<Pod>('pods');
    const queue = new SyncQueue(context, (key) => {
      const budget = budgets.get(key);
      if (budget) countBudget({ context, recorder, queue }, budget, pods.values());
    });

    budgets.handle({
      // what was counted before the run may be of Pods that are not known here: it stands until one of them changes
      onAdd: (budget) => {
        if (informers.started || !budget.status?.observedGeneration) queue.add(keyOf(budget));
      },
      onUpdate: (budget) => queue.add(keyOf(budget)),
    });
    pods.handle({
      onAdd: (pod) => {
        if (informers.started) enqueueBudgetOf(pod);
      },
      onUpdate: enqueueBudgetOf,
      onDelete: enqueueBudgetOf,
    });

    /** Of several budgets only one hears of the Pod: here the one that was known first. */
    function enqueueBudgetOf(pod: Pod): void {
      if (budgets.size === 0) return;
      const [budget, ...others] = budgetsFor(pod, budgets.values());
      if (!budget) return;
      if (others.length > 0) {
        const { namespace, name } = pod.metadata;
        const chosen = `Chose "${budget.metadata.name}" arbitrarily.`;
        const text = `Pod "${namespace}"/"${name}" matches multiple PodDisruptionBudgets.  ${chosen}`;
        recorder.event(pod, 'Warning', 'MultiplePodDisruptionBudgets', text);
      }
      queue.add(keyOf(budget));
    }
  },
};
