// A Job runs Pods to their end, counts each once, and gives up when it may not try again.
import assert from 'node:assert/strict';
import type { Job, Pod, PodStatus } from '../../../src/api/object.ts';
import { World } from './world.ts';

const job = (spec = '', podSpec = 'restartPolicy: Never,') => `
apiVersion: batch/v1
kind: Job
metadata: {name: once}
spec:
  ${spec}
  template:
    spec: {${podSpec} containers: [{name: task, image: busybox}]}
`;

const once = (world: World) => world.get<Job>('jobs.batch', 'once');
const pods = (world: World) => world.list<Pod>('pods');
const conditions = (world: World) =>
  once(world)?.status?.conditions?.map(({ type, status, reason }) => `${type}=${status} ${reason}`);
const finalizers = (world: World) => pods(world).flatMap(({ metadata }) => metadata.finalizers ?? []);

/** Says of the Pods that have not ended how they did, as their kubelet would. */
function end(world: World, phase: 'Succeeded' | 'Failed', isMeant: (pod: Pod) => boolean = () => true): World {
  for (const pod of pods(world)) {
    const ended = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
    if (ended || !isMeant(pod)) continue;
    const finishedAt = world.kernel.timestamp();
    const terminated = { exitCode: phase === 'Failed' ? 3 : 0, finishedAt };
    const status: PodStatus = {
      phase,
      containerStatuses: [
        { name: 'task', image: 'busybox', imageID: '', ready: false, restartCount: 0, state: { terminated } },
      ],
    };
    world.change<Pod>('pods', pod.metadata.name ?? '', (known) => ({ ...known, status }), 'status');
  }
  return world.run(2000);
}

const indexOf = ({ metadata }: Pod) => metadata.annotations?.['batch.kubernetes.io/job-completion-index'];
const failuresOf = ({ metadata }: Pod) => metadata.annotations?.['batch.kubernetes.io/job-index-failure-count'];
const activePods = (world: World) => pods(world).filter(({ status }) => status?.phase === 'Pending');

describe('job-controller', () => {
  it('is complete when its Pod has succeeded, and lets go of it', () => {
    const world = new World().create(job()).run(100);
    assert.deepEqual(finalizers(world), ['batch.kubernetes.io/job-tracking']);
    assert.equal(once(world)?.status?.active, 1);
    end(world, 'Succeeded');
    assert.deepEqual(conditions(world), [
      'SuccessCriteriaMet=True CompletionsReached',
      'Complete=True CompletionsReached',
    ]);
    const { succeeded, active, uncountedTerminatedPods, completionTime } = once(world)?.status ?? {};
    assert.deepEqual(
      { succeeded, active, uncountedTerminatedPods },
      { succeeded: 1, active: undefined, uncountedTerminatedPods: {} },
    );
    assert.ok(completionTime);
    assert.deepEqual(finalizers(world), []);
    assert.ok(world.events().includes('Normal Completed Job/once: Job completed'));
  });

  it('counts a Pod in the status before it lets go of it', () => {
    const world = end(new World().create(job()).run(100), 'Succeeded');
    const counted = world
      .stores()
      .findIndex(({ object }) => ((object as Job).status?.uncountedTerminatedPods?.succeeded?.length ?? 0) > 0);
    const released = world
      .stores()
      .findIndex(
        ({ object, previous }) => object.kind === 'Pod' && previous?.metadata.finalizers && !object.metadata.finalizers,
      );
    assert.ok(counted >= 0 && counted < released);
  });

  it('runs no more Pods at once than it may, and no more than are left to succeed', () => {
    const world = new World().create(job('parallelism: 2\n  completions: 3')).run(100);
    assert.equal(pods(world).length, 2);
    end(world, 'Succeeded');
    assert.equal(activePods(world).length, 1);
    end(world, 'Succeeded');
    assert.equal(once(world)?.status?.succeeded, 3);
    assert.equal(pods(world).length, 3);
  });

  it('waits longer after each failure, and fails after as many as are allowed', () => {
    const world = end(new World().create(job('backoffLimit: 1')).run(100), 'Failed');
    assert.equal(activePods(world).length, 0);
    assert.equal(activePods(world.run(10_000)).length, 1);
    end(world, 'Failed');
    assert.deepEqual(conditions(world), [
      'FailureTarget=True BackoffLimitExceeded',
      'Failed=True BackoffLimitExceeded',
    ]);
    assert.equal(once(world)?.status?.failed, 2);
    const told = 'Warning BackoffLimitExceeded Job/once: Job has reached the specified backoff limit';
    assert.ok(world.events().includes(told));
    assert.equal(activePods(world.run(60_000)).length, 0);
  });

  it('counts restarts where Pods start their containers again themselves', () => {
    const world = new World().create(job('backoffLimit: 2', 'restartPolicy: OnFailure,')).run(100);
    const restarted = (restartCount: number) => {
      const containerStatuses = [{ name: 'task', image: 'busybox', imageID: '', ready: false, restartCount }];
      const status: PodStatus = { phase: 'Running', containerStatuses };
      world.change<Pod>('pods', pods(world)[0]?.metadata.name ?? '', (pod) => ({ ...pod, status }), 'status').run(2000);
    };
    restarted(1);
    assert.equal(conditions(world), undefined);
    restarted(2);
    assert.deepEqual(conditions(world)?.[0], 'FailureTarget=True BackoffLimitExceeded');
    assert.ok(pods(world).every(({ metadata }) => metadata.deletionTimestamp));
  });

  it('ends what runs when its time is up, and has failed when that is gone', () => {
    const world = new World().create(job('activeDeadlineSeconds: 5')).run(100).startPods().run(6000);
    assert.deepEqual(conditions(world), ['FailureTarget=True DeadlineExceeded']);
    assert.equal(once(world)?.status?.terminating, 1);
    world.endPods().run(3000);
    assert.deepEqual(conditions(world), ['FailureTarget=True DeadlineExceeded', 'Failed=True DeadlineExceeded']);
  });

  it('makes no Pods while it is suspended, and begins when it goes on', () => {
    const world = new World().create(job('suspend: true')).run(2000);
    assert.deepEqual([pods(world).length, conditions(world)], [0, ['Suspended=True JobSuspended']]);
    assert.equal(once(world)?.status?.startTime, undefined);
    const suspend = (value: boolean) =>
      world
        .change<Job>('jobs.batch', 'once', (known) => ({ ...known, spec: { ...known.spec!, suspend: value } }))
        .run(2000);
    suspend(false);
    assert.deepEqual([pods(world).length, conditions(world)], [1, ['Suspended=False JobResumed']]);
    suspend(true);
    assert.deepEqual([pods(world).length, conditions(world)], [0, ['Suspended=True JobSuspended']]);
  });

  it('gives each index a Pod, and writes down which have succeeded', () => {
    const world = new World().create(job('completions: 4\n  parallelism: 4\n  completionMode: Indexed')).run(100);
    assert.deepEqual(pods(world).map(indexOf), ['0', '1', '2', '3']);
    const [first] = pods(world);
    assert.match(first?.metadata.name ?? '', /^once-0-[a-z0-9]{5}$/);
    assert.equal(first?.spec?.hostname, 'once-0');
    assert.equal(first?.spec?.containers[0]?.env?.[0]?.name, 'JOB_COMPLETION_INDEX');
    end(world, 'Succeeded', (pod) => indexOf(pod) !== '1');
    assert.equal(once(world)?.status?.completedIndexes, '0,2,3');
    end(world, 'Succeeded');
    assert.equal(once(world)?.status?.completedIndexes, '0-3');
    assert.equal(conditions(world)?.at(-1), 'Complete=True CompletionsReached');
  });

  it('counts the failures of each index where each has its own limit', () => {
    const limits = 'backoffLimitPerIndex: 1\n  completions: 2\n  parallelism: 2\n  completionMode: Indexed';
    const world = new World().create(job(limits)).run(100);
    end(world, 'Succeeded', (pod) => indexOf(pod) === '1');
    end(world, 'Failed');
    // the failed Pod stays until another one carries on the count
    assert.deepEqual(finalizers(world), ['batch.kubernetes.io/job-tracking']);
    world.run(12_000);
    assert.deepEqual(
      activePods(world).map((pod) => [indexOf(pod), failuresOf(pod)]),
      [['0', '1']],
    );
    end(world, 'Failed');
    const { failedIndexes, completedIndexes } = once(world)?.status ?? {};
    assert.deepEqual({ failedIndexes, completedIndexes }, { failedIndexes: '0', completedIndexes: '1' });
    assert.equal(conditions(world)?.at(-1), 'Failed=True FailedIndexes');
  });

  it('obeys its policies', () => {
    const policy = (action: string) =>
      `podFailurePolicy: {rules: [{action: ${action}, onExitCodes: {operator: In, values: [3]}}]}`;
    const failed = end(new World().create(job(policy('FailJob'))).run(100), 'Failed');
    assert.equal(conditions(failed)?.at(-1), 'Failed=True PodFailurePolicy');
    assert.match(
      once(failed)?.status?.conditions?.[0]?.message ?? '',
      /failed with exit code 3 matching FailJob rule at index 0$/,
    );
    const ignored = end(new World().create(job(`backoffLimit: 0\n  ${policy('Ignore')}`)).run(100), 'Failed');
    assert.equal(conditions(ignored), undefined);
    assert.equal(activePods(ignored.run(12_000)).length, 1);
    const enough =
      'completions: 3\n  parallelism: 3\n  completionMode: Indexed\n  successPolicy: {rules: [{succeededIndexes: "1", succeededCount: 1}]}';
    const met = new World().create(job(enough)).run(100);
    end(met, 'Succeeded', (pod) => indexOf(pod) === '1')
      .endPods()
      .run(2000);
    assert.equal(conditions(met)?.at(-1), 'Complete=True SuccessPolicy');
  });

  it('lets go of the Pods of a Job that is deleted', () => {
    const world = new World().create(job()).run(100).startPods().run(2000);
    world.user.delete(
      { resource: 'jobs.batch', namespace: 'default', name: 'once' },
      { propagationPolicy: 'Background' },
    );
    world.run(100);
    assert.deepEqual(finalizers(world), []);
    assert.deepEqual(pods(world.endPods().run(100)), []);
  });

  it('leaves a Job to whom it is left to, and says so', () => {
    const world = new World().create(job('managedBy: example.com/queue')).run(2000);
    assert.deepEqual([pods(world), once(world)?.status], [[], {}]);
    assert.ok(world.unknown().includes('Job: the Job is left to example.com/queue, which is not modelled'));
  });
});

describe('ttl-after-finished-controller', () => {
  it('deletes a Job and its Pods when the time is up', () => {
    const world = end(new World().create(job('ttlSecondsAfterFinished: 30')).run(100), 'Succeeded').run(20_000);
    assert.ok(once(world));
    world.run(10_000);
    assert.deepEqual([once(world), pods(world)], [undefined, []]);
  });
});
