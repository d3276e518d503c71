// What changes of Pods mean to their Job (addPod, updatePod and deletePod in k8s.io/kubernetes/pkg/controller/job/job_controller.go, v1.36).
import { matchesLabelSelector } from '../../../api/label-selector.ts';
import { controllerOf, keyOf, type Job, type Pod } from '../../../api/object.ts';
import { deepEqual } from '../../../base/json.ts';
import type { Informer } from '../../client/informer.ts';
import type { ControllerContext } from '../controller.ts';
import type { Expectations } from '../expectations.ts';
import type { OrphanedPods } from './orphans.ts';
import { isTracked } from './pods.ts';
import { finishedCondition } from './verdict.ts';

export interface JobPodHandlers {
  readonly jobs: Informer<Job>;
  readonly expectations: Expectations;
  readonly orphans: OrphanedPods;
  readonly enqueue: (job: Job) => void;
  /** A Pod of the Job is seen to have no tracking finalizer any more. */
  readonly letGo: (job: Job, pod: Pod) => void;
}

export function handleJobPods(
  { informers }: ControllerContext,
  { jobs, expectations, orphans, enqueue, letGo }: JobPodHandlers,
): void {
  informers.of<Pod>('pods').handle({ onAdd: added, onUpdate: updated, onDelete: (pod) => deleted(pod, true) });

  function jobOf(pod: Pod): Job | undefined {
    const owner = controllerOf(pod);
    if (owner?.kind !== 'Job') return undefined;
    const job = jobs.get(`${pod.metadata.namespace}/${owner.name}`);
    return job?.metadata.uid === owner.uid ? job : undefined;
  }

  function added(pod: Pod): void {
    if (pod.metadata.deletionTimestamp) return deleted(pod, false);
    if (!controllerOf(pod)) return orphaned(pod, true);
    const job = jobOf(pod);
    if (!job) return;
    expectations.creationSeen(keyOf(job));
    enqueue(job);
  }

  function updated(pod: Pod, previous: Pod): void {
    if (pod.metadata.deletionTimestamp) return deleted(pod, false);
    const ownerChanged = !deepEqual(controllerOf(pod), controllerOf(previous));
    for (const job of [ownerChanged ? jobOf(previous) : undefined, jobOf(pod)]) {
      if (!job) continue;
      if (!isTracked(pod)) letGo(job, pod);
      enqueue(job);
    }
    if (controllerOf(pod)) return;
    orphaned(pod, ownerChanged || !deepEqual(pod.metadata.labels, previous.metadata.labels));
  }

  function deleted(pod: Pod, isGone: boolean): void {
    const job = jobOf(pod);
    if (!controllerOf(pod) || !job || finishedCondition(job)) return orphans.release(pod);
    expectations.deletionSeen(keyOf(job), keyOf(pod));
    if (isGone || !isTracked(pod)) letGo(job, pod);
    enqueue(job);
  }

  /** A Pod without an owner has nobody to count it, and may be adopted. */
  function orphaned(pod: Pod, mayBeAdopted: boolean): void {
    orphans.release(pod);
    if (!mayBeAdopted) return;
    const { namespace, labels } = pod.metadata;
    for (const job of jobs.values()) {
      const matches = job.metadata.namespace === namespace && matchesLabelSelector(job.spec?.selector, labels);
      if (matches) enqueue(job);
    }
  }
}
