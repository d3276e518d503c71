// The CronJob controller: a Job each time the schedule says so (k8s.io/kubernetes/pkg/controller/cronjob/cronjob_controllerv2.go, v1.36).
import { parseCronSchedule } from '../../../api/cron-schedule.ts';
import { controllerOf, keyOf, refOf, type CronJob, type CronJobStatus, type Job } from '../../../api/object.ts';
import { offsetOf, type Offset } from '../../../api/time-zones.ts';
import type { ApiStatus } from '../../../api/status.ts';
import { EventRecorder } from '../../client/event-recorder.ts';
import { formatTime } from '../../kernel/time.ts';
import { failSync, succeeded, SyncQueue, type Controller, type ControllerContext } from '../controller.ts';
import { finishedCondition, trueCondition } from '../job/verdict.ts';
import { ControllerIndex } from '../shared-informers.ts';
import { activeReference, isActive, jobName, newJob, outdatedJobs, withoutActive } from './jobs.ts';
import { lastDue, untilNext, type ZonedSchedule } from './schedule.ts';

/** For a first Job that is due within so many virtual milliseconds a run goes on. */
const patience = 600_000;

const resource = 'cronjobs.batch';

export const cronJobController: Controller = {
  name: 'cronjob-controller',
  startsWith: resource,
  start(context) {
    new CronJobController(context).listen();
  },
};

const utc: Offset = () => 0;

class CronJobController {
  readonly #context: ControllerContext;
  readonly #queue: SyncQueue;
  readonly #recorder: EventRecorder;
  readonly #jobs: ControllerIndex<Job>;
  /** Keys of CronJobs of this run whose first Job is still to come. */
  readonly #awaited = new Set<string>();

  constructor(context: ControllerContext) {
    const { kernel, client, informers } = context;
    this.#context = context;
    this.#queue = new SyncQueue(context, (key) => this.#sync(key));
    this.#recorder = new EventRecorder(kernel, client, { component: 'cronjob-controller' });
    this.#jobs = new ControllerIndex(informers.of<Job>('jobs.batch'));
  }

  listen(): void {
    const { informers } = this.#context;
    const cronJobs = informers.of<CronJob>(resource);
    const enqueue = (cronJob: CronJob) => this.#queue.add(keyOf(cronJob));
    const jobChanged = (job: Job) => {
      const owner = controllerOf(job);
      const cronJob = owner?.kind === 'CronJob' && cronJobs.get(`${job.metadata.namespace}/${owner.name}`);
      if (cronJob && cronJob.metadata.uid === owner.uid) enqueue(cronJob);
    };
    cronJobs.handle({
      onAdd: (cronJob) => {
        if (informers.started) this.#awaited.add(keyOf(cronJob));
        enqueue(cronJob);
      },
      onUpdate: (cronJob, previous) => {
        const [now, before] = [cronJob.spec, previous.spec];
        if (now?.schedule === before?.schedule && now?.timeZone === before?.timeZone) return enqueue(cronJob);
        const schedule = this.#scheduleOf(cronJob);
        if (schedule) this.#wait(cronJob, schedule);
      },
    });
    informers.of<Job>('jobs.batch').handle({ onAdd: jobChanged, onUpdate: jobChanged, onDelete: jobChanged });
  }

  #tell(cronJob: CronJob, type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.#recorder.event(cronJob, type, reason, message);
  }

  /** Of a CronJob of this run it is told once. */
  #unknown(cronJob: CronJob, reason: string): void {
    const { kernel, client } = this.#context;
    if (!this.#awaited.delete(keyOf(cronJob))) return;
    kernel.record(client.actor, client.actor, { type: 'unknown', subject: refOf(cronJob), reason });
  }

  /** Its schedule in the zone that it names; without one, in that of the controller, which is UTC. */
  #scheduleOf(cronJob: CronJob): ZonedSchedule | undefined {
    const { schedule = '', timeZone } = cronJob.spec ?? {};
    const parsed = parseCronSchedule(schedule);
    if ('problem' in parsed) {
      const message = `unparseable schedule: "${schedule}" : ${parsed.problem}`;
      this.#tell(cronJob, 'Warning', 'UnparseableSchedule', message);
      return undefined;
    }
    const zone = parsed.zone ?? timeZone ?? '';
    const offset = zone ? offsetOf(zone) : utc;
    if (offset) return { times: parsed.times, offset };
    this.#unknown(cronJob, `the time zone ${zone} is not modelled: its Jobs are not created`);
    return undefined;
  }

  /** Looks again when the next Job is due. */
  #wait(cronJob: CronJob, schedule: ZonedSchedule): void {
    const { now } = this.#context.kernel;
    const wait = untilNext(cronJob, schedule, now);
    if (wait === undefined) return;
    if (wait > patience) {
      const when = formatTime(now + wait);
      this.#unknown(
        cronJob,
        `its first Job is due at ${when}, after the end of the run: what its Pods do is not known`,
      );
    }
    this.#queue.addAfter(keyOf(cronJob), Math.max(0, wait), { background: !this.#awaited.has(keyOf(cronJob)) });
  }

  #sync(key: string): void {
    const cronJob = this.#context.informers.of<CronJob>(resource).get(key);
    if (!cronJob) return void this.#awaited.delete(key);
    const { client } = this.#context;
    const { namespace = '', name = '', uid } = cronJob.metadata;
    const jobs = this.#jobs.ownedBy(uid);
    const before = cronJob.status ?? {};
    const known = this.#lookAtJobs(cronJob, jobs, this.#removeOutdated(cronJob, jobs, before));
    const { status, failure } = this.#start({ ...cronJob, status: known });
    if (status !== before) {
      succeeded(client.update({ resource, namespace, name, subresource: 'status' }, { ...cronJob, status }));
    }
    if (failure) failSync(failure);
  }

  #removeOutdated(cronJob: CronJob, jobs: readonly Job[], before: CronJobStatus): CronJobStatus {
    let status = before;
    for (const job of outdatedJobs(cronJob, jobs)) {
      if (!this.#delete(cronJob, job)) status = { ...withoutActive(status, job.metadata.uid) };
    }
    return status;
  }

  /** Returns why the Job could not be deleted. */
  #delete(cronJob: CronJob, job: Job): ApiStatus | undefined {
    const { namespace = '', name = '' } = job.metadata;
    const target = { resource: 'jobs.batch', namespace, name };
    const response = this.#context.client.delete(target, { propagationPolicy: 'Background' });
    if (response.ok) this.#tell(cronJob, 'Normal', 'SuccessfulDelete', `Deleted job ${name}`);
    else this.#tell(cronJob, 'Warning', 'FailedDelete', `Deleted job: ${response.status.message}`);
    return response.ok ? undefined : response.status;
  }

  /** What has become of the Jobs that it has made: those that have ended, or are gone, are active no more. */
  #lookAtJobs(cronJob: CronJob, jobs: readonly Job[], before: CronJobStatus): CronJobStatus {
    const { client } = this.#context;
    let status = before;
    for (const job of jobs) {
      const { name = '', uid } = job.metadata;
      const finished = finishedCondition(job);
      if (!finished && !isActive(status, job)) {
        const { namespace = '', name: own = '' } = cronJob.metadata;
        const fresh = succeeded(client.get<CronJob>({ resource, namespace, name: own }));
        if (fresh.status && isActive(fresh.status, job)) status = fresh.status;
        else this.#tell(cronJob, 'Warning', 'UnexpectedJob', `${unexpected}: ${name}`);
      }
      if (!finished) continue;
      if (isActive(status, job)) {
        status = withoutActive(status, uid);
        this.#tell(cronJob, 'Normal', 'SawCompletedJob', `Saw completed job: ${name}, condition: ${finished.type}`);
      }
      const end = trueCondition(job, 'Complete') && job.status?.completionTime;
      if (end && end > (status.lastSuccessfulTime ?? '')) status = { ...status, lastSuccessfulTime: end };
    }
    for (const { namespace = '', name = '', uid } of status.active ?? []) {
      if (jobs.some(({ metadata }) => metadata.uid === uid)) continue;
      const response = client.get<Job>({ resource: 'jobs.batch', namespace, name });
      if (response.ok) continue;
      if (response.status.reason !== 'NotFound') failSync(response.status);
      this.#tell(cronJob, 'Normal', 'MissingJob', `Active job went missing: ${name}`);
      status = withoutActive(status, uid);
    }
    return status;
  }

  /** Makes the Job that is due, if one is, and waits for the next one. */
  #start(cronJob: CronJob): Started {
    const { metadata, spec, status = {} } = cronJob;
    if (metadata.deletionTimestamp || spec?.suspend) return { status };
    const schedule = this.#scheduleOf(cronJob);
    if (!schedule) return { status };
    const due = lastDue(cronJob, schedule, this.#context.kernel.now, true);
    if ('problem' in due) {
      this.#tell(cronJob, 'Warning', 'InvalidSchedule', `invalid schedule: ${spec?.schedule} : ${due.problem}`);
      return { status };
    }
    if (due.missed === 'many') this.#tell(cronJob, 'Warning', 'TooManyMissedTimes', tooMany);
    const started = due.last === undefined ? { status } : this.#startAt(cronJob, due.last);
    if (!started.failure) this.#wait({ ...cronJob, status: started.status }, schedule);
    return started;
  }

  #startAt(cronJob: CronJob, time: number): Started {
    const { client } = this.#context;
    const { metadata, spec, status = {} } = cronJob;
    const { active = [], lastScheduleTime } = status;
    const name = jobName(cronJob, time);
    if (lastScheduleTime === formatTime(time) || active.some((reference) => reference.name === name)) return { status };
    if (spec?.concurrencyPolicy === 'Forbid' && active.length > 0) {
      this.#tell(cronJob, 'Normal', 'JobAlreadyActive', `Not starting job because ${stillRunning}`);
      return { status };
    }
    const replaced = spec?.concurrencyPolicy === 'Replace' ? this.#replace(cronJob) : { status };
    if (replaced.failure) return replaced;
    const target = { resource: 'jobs.batch', namespace: metadata.namespace ?? '' };
    const created = client.create<Job>(target, newJob(cronJob, time));
    const exists = !created.ok && created.status.reason === 'AlreadyExists';
    const response = exists ? client.get<Job>({ ...target, name }) : created;
    if (!response.ok) {
      const isLeaving = response.status.details?.causes?.some(({ reason }) => reason === 'NamespaceTerminating');
      const message = `Error creating job: ${response.status.message}`;
      if (!exists && !isLeaving) this.#tell(cronJob, 'Warning', 'FailedCreate', message);
      return { ...replaced, failure: response.status };
    }
    const job = response.object;
    if (exists && (controllerOf(job)?.uid !== metadata.uid || isActive(status, job))) return replaced;
    if (!exists) this.#tell(cronJob, 'Normal', 'SuccessfulCreate', `Created job ${job.metadata.name}`);
    this.#awaited.delete(keyOf(cronJob));
    const jobs = [...(replaced.status.active ?? []), activeReference(job)];
    return { status: { ...replaced.status, active: jobs, lastScheduleTime: formatTime(time) } };
  }

  /** What still runs makes room for the next one. */
  #replace(cronJob: CronJob): Started {
    let { status = {} } = cronJob;
    for (const { namespace = '', name = '' } of status.active ?? []) {
      const job = this.#context.client.get<Job>({ resource: 'jobs.batch', namespace, name });
      if (!job.ok) this.#tell(cronJob, 'Warning', 'FailedGet', `Get job: ${job.status.message}`);
      const failure = job.ok ? this.#delete(cronJob, job.object) : job.status;
      if (failure) return { status, failure };
      if (job.ok) status = withoutActive(status, job.object.metadata.uid);
    }
    return { status };
  }
}

interface Started {
  readonly status: CronJobStatus;
  readonly failure?: ApiStatus;
}

const stillRunning = 'prior execution is running and concurrency policy is Forbid';
const tooMany = 'too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew';
const unexpected = 'Saw a job that the controller did not create or forgot';
