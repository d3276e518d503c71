// The Job controller: Pods that run to their end, as many as have to succeed, and no more failures than are allowed
// (k8s.io/kubernetes/pkg/controller/job/job_controller.go, v1.36).
import { keyOf, refOf, type Job, type JobStatus, type Pod } from '../../../api/object.ts';
import { EventRecorder } from '../../client/event-recorder.ts';
import type { Informer } from '../../client/informer.ts';
import { claim } from '../claim.ts';
import { failSync, SyncQueue, type Controller, type ControllerContext } from '../controller.ts';
import { Expectations } from '../expectations.ts';
import { count } from '../go-status.ts';
import { OwnedPodControl } from '../pod-control.ts';
import { noBackOff, type BackOff } from './back-off.ts';
import { isSuspended, lookAt, type JobLook } from './look.ts';
import { JobPods, type Managed } from './manage.ts';
import { isManagedElsewhere } from './managed-by.ts';
import { OrphanedPods } from './orphans.ts';
import { handleJobPods } from './pod-events.ts';
import { isTracked, trackingFinalizer } from './pods.ts';
import { JobTracker } from './track.ts';
import { completionsReached, condition, finishedCondition, isComplete } from './verdict.ts';
import { untilDeadline, verdictOn, withJobCondition } from './verdict.ts';

/** What changes of Pods and of the status mean is seen to together, once a second. Virtual milliseconds. */
const batchPeriod = 1000;
const retryDelays = { first: 1000, longest: 60_000 };

export const jobController: Controller = {
  name: 'job-controller',
  startsWith: 'jobs.batch',
  start(context) {
    new JobController(context).listen();
  },
};

class JobController {
  readonly #context: ControllerContext;
  readonly #jobs: Informer<Job>;
  readonly #queue: SyncQueue;
  readonly #orphans: OrphanedPods;
  readonly #recorder: EventRecorder;
  readonly #pods: JobPods;
  readonly #tracker: JobTracker;
  readonly #expectations = new Expectations();
  /** By key of the Job. */
  readonly #backOffs = new Map<string, BackOff>();
  readonly #lettingGo = new Map<string, Set<string>>();
  /** Uids of Jobs whose end is written and not heard of yet. */
  readonly #ended = new Set<string>();

  constructor(context: ControllerContext) {
    const { kernel, client, informers } = context;
    this.#context = context;
    this.#jobs = informers.of<Job>('jobs.batch');
    this.#queue = new SyncQueue(context, (key) => this.#sync(key), { retryDelays });
    this.#orphans = new OrphanedPods(context);
    this.#recorder = new EventRecorder(kernel, client, { component: 'job-controller' });
    this.#pods = new JobPods(context, new OwnedPodControl(context, this.#recorder), this.#expectations);
    this.#tracker = new JobTracker(context, this.#recorder);
  }

  listen(): void {
    const { kernel, client } = this.#context;
    this.#jobs.handle({
      onAdd: (job) => {
        this.#queue.add(keyOf(job));
        if (!isManagedElsewhere(job)) return;
        const reason = `the Job is left to ${job.spec?.managedBy}, which is not modelled`;
        kernel.record(client.actor, client.actor, { type: 'unknown', subject: refOf(job), reason });
      },
      onUpdate: (job, previous) => this.#jobChanged(job, previous),
      onDelete: (job) => {
        this.#queue.add(keyOf(job));
        this.#orphans.releaseAllOf(job);
      },
    });
    handleJobPods(this.#context, {
      jobs: this.#jobs,
      expectations: this.#expectations,
      orphans: this.#orphans,
      enqueue: (job) => this.#addAfter(keyOf(job), batchPeriod),
      letGo: (job, pod) => this.#lettingGo.get(keyOf(job))?.delete(pod.metadata.uid ?? ''),
    });
  }

  #addAfter(key: string, delay: number): void {
    this.#queue.addAfter(key, Math.max(delay, batchPeriod), { background: false });
  }

  #jobChanged(job: Job, previous: Job): void {
    const key = keyOf(job);
    if (finishedCondition(job)) return this.#orphans.releaseAllOf(job);
    if (job.metadata.generation === previous.metadata.generation) this.#addAfter(key, batchPeriod);
    else this.#queue.add(key);
  }

  #forget(key: string, { metadata: { uid = '' } }: Job): void {
    this.#backOffs.delete(key);
    this.#ended.delete(uid);
  }

  #sync(key: string): void {
    const job = this.#jobs.get(key);
    if (!job) {
      this.#expectations.forget(key);
      this.#lettingGo.delete(key);
      this.#backOffs.delete(key);
      return;
    }
    if (isManagedElsewhere(job)) return;
    if (finishedCondition(job)) return this.#forget(key, job);
    if (this.#ended.has(job.metadata.uid ?? '')) return;
    const satisfied = this.#expectations.satisfied(key);
    const pods = this.#podsOf(job);
    const begun = this.#begun(job);
    const known = this.#backOffs.get(key) ?? noBackOff;
    this.#advance(key, lookAt(begun, pods, new Set(this.#lettingGo.get(key)), known), satisfied, job.status);
  }

  /** Its Pods; those that it adopts it tracks from now on. */
  #podsOf(job: Job): Pod[] {
    const { podsByController } = this.#context.informers;
    const candidates = [...podsByController.ownedBy(job.metadata.uid), ...podsByController.orphans()];
    const pods = claim(this.#context, job, 'jobs.batch', 'pods', candidates, trackingFinalizer);
    return pods.map((pod) => {
      const { ownerReferences, finalizers = [] } = pod.metadata;
      if (isTracked(pod) || ownerReferences?.some(({ uid }) => uid === job.metadata.uid)) return pod;
      return { ...pod, metadata: { ...pod.metadata, finalizers: [...finalizers, trackingFinalizer] } };
    });
  }

  /** The Job with the status that a sync begins with. */
  #begun(job: Job): Job {
    const { status = {} } = job;
    const startTime = status.startTime ?? (isSuspended(job) ? undefined : this.#context.kernel.timestamp());
    const uncountedTerminatedPods = status.uncountedTerminatedPods ?? {};
    return { ...job, status: { ...status, ...(startTime && { startTime }), uncountedTerminatedPods } };
  }

  /** Does what is to be done about the Pods, and writes down what has become of the Job. */
  #advance(key: string, look: JobLook, satisfied: boolean, before: JobStatus = {}): void {
    const { job } = look;
    const { now } = this.#context.kernel;
    let verdict = verdictOn(look, now);
    let managed: Managed = { active: look.active.length, ready: look.ready, terminating: look.terminating };
    let status = job.status ?? {};
    if (verdict) {
      const ended = this.#pods.endAll(look);
      managed = ended;
      // what still runs, or is not known yet, has to be counted before the Job is over
      if (ended.deleted !== look.active.length || !satisfied) verdict = undefined;
    } else {
      const wait = untilDeadline(job, now);
      if (wait !== undefined) this.#queue.addAfter(key, wait, { background: true });
      const mayManage = satisfied && !job.metadata.deletionTimestamp;
      if (mayManage) managed = this.#pods.manage(look);
      if (managed.retryAfter !== undefined) this.#addAfter(key, managed.retryAfter);
      if (isComplete(look, managed.active)) verdict = completionsReached(now);
      else if (mayManage) status = this.#withSuspension(job, status);
    }
    const { active, ready, terminating } = managed;
    const counts = active !== (before.active ?? 0) || ready !== before.ready || terminating !== before.terminating;
    const ended = this.#tracker.track({
      look,
      verdict,
      terminating,
      status: { ...status, active: count(active), ready, terminating },
      changed: counts || status !== job.status,
      onCounted: () => this.#backOffs.set(key, look.backOff),
      onLettingGo: (uids) => this.#lettingGo.set(key, new Set([...(this.#lettingGo.get(key) ?? []), ...uids])),
      onKept: (uid) => this.#lettingGo.get(key)?.delete(uid),
    });
    if (ended) this.#ended.add(job.metadata.uid ?? '');
    if (managed.failure) failSync(managed.failure);
  }

  /** A Job that goes on after a pause starts its time anew. */
  #withSuspension(job: Job, status: JobStatus): JobStatus {
    const { kernel } = this.#context;
    const suspended = isSuspended(job);
    const [word, reason] = suspended ? ['suspended', 'Suspended'] : ['resumed', 'Resumed'];
    const message = `Job ${word}`;
    const added = condition('Suspended', `Job${reason}`, message, kernel.now, suspended ? 'True' : 'False');
    const { conditions = [] } = status;
    const changed = withJobCondition(conditions, added);
    if (changed === conditions) return status;
    this.#recorder.event(job, 'Normal', reason, message);
    const { startTime: _, ...rest } = status;
    return { ...rest, conditions: changed, ...(!suspended && { startTime: kernel.timestamp() }) };
  }
}
