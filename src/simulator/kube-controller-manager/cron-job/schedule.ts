// Which Jobs of a CronJob are due, and since when (k8s.io/kubernetes/pkg/controller/cronjob/utils.go, v1.36). Moments are virtual milliseconds.
import type { CronSchedule } from '../../../api/cron-schedule.ts';
import type { CronJob } from '../../../api/object.ts';
import type { Offset } from '../../../api/time-zones.ts';
import { parseTime, runEpoch } from '../../kernel/time.ts';
import { nextMoment } from './next-time.ts';

/** When something is to be done, by the clock of a zone. */
export interface ZonedSchedule extends Pick<CronSchedule, 'times'> {
  readonly offset: Offset;
}

/** The first moment after another at which the schedule is due; undefined: never. */
export function nextTime({ times, offset }: ZonedSchedule, after: number): number | undefined {
  if ('everySeconds' in times) return Math.floor(after / 1000) * 1000 + times.everySeconds * 1000;
  const next = nextMoment(times, offset, (runEpoch + after) / 1000);
  return next === undefined ? undefined : next * 1000 - runEpoch;
}

export interface Due {
  /** Before this nothing is missed. */
  readonly earliest: number;
  /** When a Job was last due and has not been made. */
  readonly last?: number;
  readonly missed: 'none' | 'few' | 'many';
}

/** mostRecentScheduleTime; `problem`: the schedule has no two different times. */
export function lastDue(
  { metadata, spec, status }: CronJob,
  schedule: ZonedSchedule,
  now: number,
  withDeadline: boolean,
): Due | { readonly problem: string } {
  const last = status?.lastScheduleTime ?? metadata.creationTimestamp;
  const deadline = withDeadline ? now - (spec?.startingDeadlineSeconds ?? Infinity) * 1000 : -Infinity;
  const earliest = Math.max(parseTime(last ?? '') ?? now, deadline);
  const first = nextTime(schedule, earliest);
  const second = first === undefined ? undefined : nextTime(schedule, first);
  if (first === undefined || second === undefined) {
    return { problem: 'time difference between two schedules is less than 1 second' };
  }
  if (now < first) return { earliest, missed: 'none' };
  if (now < second) return { earliest, last: first, missed: 'none' };
  const step = second - first;
  const missed = Math.floor((now - first) / step) + 1;
  let latest: number | undefined;
  let time = nextTime(schedule, first + (missed - 2) * step);
  for (; time !== undefined && time <= now; time = nextTime(schedule, time)) latest = time;
  return { earliest, missed: missed > 100 ? 'many' : 'few', ...(latest !== undefined && { last: latest }) };
}

/** From now until the next Job is due; undefined: it never is. */
export function untilNext(cronJob: CronJob, schedule: ZonedSchedule, now: number): number | undefined {
  const due = lastDue(cronJob, schedule, now, false);
  const from = 'problem' in due ? now : (due.last ?? (due.missed === 'none' ? due.earliest : now));
  const next = nextTime(schedule, from);
  return next === undefined ? undefined : next + skew - now;
}

/** Clocks may differ by so much. */
const skew = 100;
