// The TTL-after-finished controller: a Job that has ended goes, with its Pods, when its time is up
// (k8s.io/kubernetes/pkg/controller/ttlafterfinished, v1.36).
import { keyOf, type Job } from '../../api/object.ts';
import { parseTime } from '../kernel/time.ts';
import { failSync, SyncQueue, type Controller } from './controller.ts';
import { finishedCondition } from './job/verdict.ts';

export const ttlAfterFinishedController: Controller = {
  name: 'ttl-after-finished-controller',
  startsWith: 'jobs.batch',
  start(context) {
    const { kernel, client, informers } = context;
    const jobs = informers.of<Job>('jobs.batch');
    /** Whether the time is up; if it will be, the Job is looked at again then. */
    const isDue = (key: string, job: Job) => {
      const end = expiry(job);
      if (end !== undefined && end > kernel.now) queue.addAfter(key, end - kernel.now, { background: true });
      return end !== undefined && end <= kernel.now;
    };
    const queue: SyncQueue = new SyncQueue(context, (key) => {
      const known = jobs.get(key);
      if (!known || !isDue(key, known)) return;
      const { namespace = '', name = '' } = known.metadata;
      const target = { resource: 'jobs.batch', namespace, name };
      const fresh = client.get<Job>(target);
      if (!fresh.ok && fresh.status.reason !== 'NotFound') failSync(fresh.status);
      if (!fresh.ok || !isDue(key, fresh.object)) return;
      const options = { propagationPolicy: 'Foreground', uid: fresh.object.metadata.uid ?? '' } as const;
      const deleted = client.delete(target, options);
      if (!deleted.ok) failSync(deleted.status);
    });
    const enqueue = (job: Job) => {
      if (expiry(job) !== undefined) queue.add(keyOf(job));
    };
    jobs.handle({ onAdd: enqueue, onUpdate: enqueue });
  },
};

/** When the Job is to go (virtual milliseconds); undefined: it has not ended, stays, or is going already. */
function expiry(job: Job): number | undefined {
  const { ttlSecondsAfterFinished } = job.spec ?? {};
  const ended = parseTime(finishedCondition(job)?.lastTransitionTime ?? '');
  if (ttlSecondsAfterFinished === undefined || ended === undefined || job.metadata.deletionTimestamp) return undefined;
  return ended + ttlSecondsAfterFinished * 1000;
}
