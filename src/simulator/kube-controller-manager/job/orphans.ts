// Pods that no Job counts any more are let go: their Job has ended, has gone, or is no longer theirs
// (syncOrphanPod in k8s.io/kubernetes/pkg/controller/job/job_controller.go, v1.36).
import { controllerOf, keyOf, type Job, type Pod } from '../../../api/object.ts';
import { failSync, SyncQueue, type ControllerContext } from '../controller.ts';
import { isManagedElsewhere } from './managed-by.ts';
import { lettingGo } from './manage.ts';
import { isTracked } from './pods.ts';
import { finishedCondition } from './verdict.ts';

export class OrphanedPods {
  readonly #context: ControllerContext;
  readonly #queue: SyncQueue;

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#queue = new SyncQueue(context, (key) => this.#release(key), {
      retryDelays: { first: 1000, longest: 60_000 },
    });
  }

  release(pod: Pod): void {
    if (isTracked(pod)) this.#queue.add(keyOf(pod));
  }

  releaseAllOf(job: Job): void {
    for (const pod of this.#context.informers.podsByController.ownedBy(job.metadata.uid)) this.release(pod);
  }

  #release(key: string): void {
    const { client, informers } = this.#context;
    const pod = informers.of<Pod>('pods').get(key);
    if (!pod || !isTracked(pod) || this.#isCounted(pod)) return;
    const { namespace = '', name = '' } = pod.metadata;
    const response = client.patch({ resource: 'pods', namespace, name }, 'strategic', lettingGo);
    if (!response.ok && response.status.reason !== 'NotFound') failSync(response.status);
  }

  /** Somebody still has use for the finalizer: its Job, or another kind of owner. */
  #isCounted(pod: Pod): boolean {
    const owner = controllerOf(pod);
    if (!owner) return false;
    if (owner.kind !== 'Job' || owner.apiVersion !== 'batch/v1') return true;
    const job = this.#context.informers.of<Job>('jobs.batch').get(`${pod.metadata.namespace}/${owner.name}`);
    if (job?.metadata.uid !== owner.uid) return false;
    return isManagedElsewhere(job) || !finishedCondition(job);
  }
}
