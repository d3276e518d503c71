// When a schedule is due, and since when (github.com/robfig/cron/v3 spec.go and k8s.io/kubernetes/pkg/controller/cronjob/utils.go, v1.36).
// Moments are virtual milliseconds.
import type { CronField, CronFields, CronSchedule } from '../../../api/cron-schedule.ts';
import type { CronJob } from '../../../api/object.ts';
import { dayOf, parseTime } from '../../kernel/time.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** A date that does not come within so many days never comes. */
const longestWait = 5 * 366;

/** The first moment after another at which the schedule is due, in UTC; undefined: never. */
export function nextTime({ times }: CronSchedule, after: number): number | undefined {
  if ('everySeconds' in times) return Math.floor(after / 1000) * 1000 + times.everySeconds * 1000;
  const from = Math.floor(after / minute) * minute + minute;
  let at = dayOf(from).begin;
  for (let days = 0; days <= longestWait; days++, at += day) {
    if (!isDueOn(times, at)) continue;
    const found = timeOfDay(times, at, from);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Of date and weekday one is enough, where both are given. */
function isDueOn({ dates, months, weekdays }: CronFields, at: number): boolean {
  const { month, date, weekday } = dayOf(at);
  if (!months.values.has(month)) return false;
  const [byDate, byWeekday] = [dates.values.has(date), weekdays.values.has(weekday)];
  return dates.any || weekdays.any ? byDate && byWeekday : byDate || byWeekday;
}

function timeOfDay({ minutes, hours }: CronFields, begin: number, from: number): number | undefined {
  for (const h of ordered(hours)) {
    for (const m of ordered(minutes)) {
      const time = begin + h * hour + m * minute;
      if (time >= from) return time;
    }
  }
  return undefined;
}

const ordered = ({ values }: CronField) => [...values].sort((a, b) => a - b);

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
  schedule: CronSchedule,
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
export function untilNext(cronJob: CronJob, schedule: CronSchedule, now: number): number | undefined {
  const due = lastDue(cronJob, schedule, now, false);
  const from = 'problem' in due ? now : (due.last ?? (due.missed === 'none' ? due.earliest : now));
  const next = nextTime(schedule, from);
  return next === undefined ? undefined : next + skew - now;
}

/** Clocks may differ by so much. */
const skew = 100;
