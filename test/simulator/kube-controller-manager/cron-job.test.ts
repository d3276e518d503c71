// A CronJob makes a Job each time it is due. Runs begin on 2026-01-01T00:00:00Z, a Thursday.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseCronSchedule } from '../../../src/api/cron-schedule.ts';
import type { CronJob, Job } from '../../../src/api/object.ts';
import { formatTime } from '../../../src/simulator/kernel/time.ts';
import { offsetOf } from '../../../src/api/time-zones.ts';
import { nextMoment } from '../../../src/simulator/kube-controller-manager/cron-job/next-time.ts';
import { nextTime } from '../../../src/simulator/kube-controller-manager/cron-job/schedule.ts';
import { World } from './world.ts';

const cronJob = (schedule: string, more = '') => `
apiVersion: batch/v1
kind: CronJob
metadata: {name: hello}
spec:
  schedule: "${schedule}"
  ${more}
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: task, image: busybox}]}}}}
`;
const minute = 60_000;
const hello = (world: World) => world.get<CronJob>('cronjobs.batch', 'hello');
const jobs = (world: World) => world.list<Job>('jobs.batch');
const names = (world: World) => jobs(world).map(({ metadata }) => metadata.name);

/** Ends the Jobs as their controller would. */
function end(world: World, type: 'Complete' | 'Failed'): World {
  for (const { metadata, status } of jobs(world)) {
    if (status?.conditions) continue;
    const time = world.kernel.timestamp();
    const conditions = [{ type, status: 'True', lastTransitionTime: time }];
    const ended = { startTime: time, conditions, ...(type === 'Complete' && { completionTime: time }) };
    world.change<Job>('jobs.batch', metadata.name ?? '', (job) => ({ ...job, status: ended }), 'status');
  }
  return world.run(100);
}

describe('cronjob-controller', () => {
  it('makes a Job each minute, named after it, and keeps count of it', () => {
    const world = new World().create(cronJob('* * * * *')).run(minute);
    assert.deepEqual(names(world), ['hello-29453761']);
    assert.equal(jobs(world)[0]?.metadata.ownerReferences?.[0]?.kind, 'CronJob');
    const { active, lastScheduleTime } = hello(world)?.status ?? {};
    assert.deepEqual([active?.map(({ name }) => name), lastScheduleTime], [['hello-29453761'], '2026-01-01T00:01:00Z']);
    end(world, 'Complete');
    assert.deepEqual(Object.keys(hello(world)?.status ?? {}).sort(), ['lastScheduleTime', 'lastSuccessfulTime']);
    const told = world.events().filter((event) => event.includes('CronJob/hello'));
    assert.deepEqual(told, [
      'Normal SuccessfulCreate CronJob/hello: Created job hello-29453761',
      'Normal SawCompletedJob CronJob/hello: Saw completed job: hello-29453761, condition: Complete',
    ]);
    assert.equal(names(world.run(minute)).length, 2);
  });

  it('keeps as many Jobs that have ended as it is told', () => {
    const world = new World().create(cronJob('* * * * *', 'successfulJobsHistoryLimit: 1'));
    for (let i = 0; i < 3; i++) end(world.run(minute), 'Complete');
    assert.deepEqual(names(world), ['hello-29453763']);
  });

  it('waits for the Job before, or replaces it, where it is told to', () => {
    const policy = (name: string) =>
      new World().create(cronJob('* * * * *', `concurrencyPolicy: ${name}`)).run(2 * minute);
    assert.equal(names(policy('Allow')).length, 2);
    const forbidden = policy('Forbid');
    assert.deepEqual(names(forbidden), ['hello-29453761']);
    assert.ok(forbidden.events().some((event) => event.startsWith('Normal JobAlreadyActive CronJob/hello')));
    assert.deepEqual(names(policy('Replace')), ['hello-29453762']);
  });

  it('does nothing while it is suspended, and notices a Job that went missing', () => {
    assert.deepEqual(names(new World().create(cronJob('* * * * *', 'suspend: true')).run(2 * minute)), []);
    const world = new World().create(cronJob('* * * * *')).run(minute);
    world.delete('jobs.batch', 'hello-29453761').run(1000);
    world.user.patch({ resource: 'jobs.batch', namespace: 'default', name: 'hello-29453761' }, 'merge', {
      metadata: { finalizers: null },
    });
    world.run(1000);
    assert.equal(hello(world)?.status?.active, undefined);
    assert.ok(world.events().includes('Normal MissingJob CronJob/hello: Active job went missing: hello-29453761'));
  });

  it('says once what lies beyond the run, and of which zone it does not know the time', () => {
    const later = new World().create(cronJob('0 3 * * *')).run(1000);
    assert.match(
      later.unknown().join(),
      /^CronJob: its first Job is due at 2026-01-01T03:00:00Z, after the end of the run/,
    );
    const zone = new World().create(cronJob('* * * * *', 'timeZone: Africa/Casablanca')).run(2 * minute);
    assert.deepEqual(zone.unknown(), [
      'CronJob: the time zone Africa/Casablanca is not modelled: its Jobs are not created',
    ]);
    assert.equal(names(new World().create(cronJob('* * * * *', 'timeZone: Etc/UTC')).run(minute)).length, 1);
  });

  it('goes by the clock of its time zone', () => {
    const soon = new World().create(cronJob('2 1 * * *', 'timeZone: Europe/Berlin')).run(3 * minute);
    assert.deepEqual(soon.unknown(), []);
    assert.equal(names(soon).length, 1);
    const later = new World().create(cronJob('0 3 1 7 *', 'timeZone: America/New_York')).run(1000);
    assert.match(later.unknown().join(), /its first Job is due at 2026-07-01T07:00:00Z/);
  });

  it('says of a schedule that never comes that it is none', () => {
    const world = new World().create(cronJob('0 0 31 2 *')).run(1000);
    assert.match(world.events().join(), /Warning InvalidSchedule CronJob\/hello: invalid schedule: 0 0 31 2 \*/);
  });
});

describe('a schedule', () => {
  const rows: [schedule: string, next: string | undefined][] = [
    ['* * * * *', '2026-01-01T00:01:00Z'],
    ['*/7 * * * *', '2026-01-01T00:07:00Z'],
    ['30 6-16/4 * * 1-5', '2026-01-01T06:30:00Z'],
    ['0 0 * * sun', '2026-01-04T00:00:00Z'],
    ['0 12 13 * 5', '2026-01-02T12:00:00Z'],
    ['0 12 13 * *', '2026-01-13T12:00:00Z'],
    ['0 0 29 feb ?', '2028-02-29T00:00:00Z'],
    ['0 0 31 2 *', undefined],
    ['@monthly', '2026-02-01T00:00:00Z'],
    ['@every 1m30s', '2026-01-01T00:01:30Z'],
  ];
  for (const [text, next] of rows) {
    it(`${text} is next due at ${next}`, () => {
      const parsed = parseCronSchedule(text);
      if ('problem' in parsed) assert.fail(parsed.problem);
      const time = nextTime({ times: parsed.times, offset: () => 0 }, 0);
      assert.equal(time === undefined ? undefined : formatTime(time), next);
    });
  }
});

describe('a schedule in a time zone', () => {
  it('is due when kube-controller-manager’s library says', () => {
    const lines = readFileSync('test/simulator/kube-controller-manager/cron-times.jsonl', 'utf8').trim().split('\n');
    for (const line of lines) {
      const [zone, text, after, next] = JSON.parse(line) as [string, string, number, number];
      const parsed = parseCronSchedule(text);
      const offset = offsetOf(zone);
      if ('problem' in parsed || 'everySeconds' in parsed.times || !offset) assert.fail(line);
      assert.equal(nextMoment(parsed.times, offset, after) ?? -1, next, line);
    }
  });
});
