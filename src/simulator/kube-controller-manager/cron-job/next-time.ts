// When a schedule is due next (github.com/robfig/cron/v3, SpecSchedule.Next), by the clock of its zone. Moments are seconds since 1970.
import type { CronField, CronFields } from '../../../api/cron-schedule.ts';
import type { Offset } from '../../../api/time-zones.ts';
import { civil, daysFromCivil } from '../../../base/civil.ts';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
/** What does not come within so many years never comes. */
const years = 5;

/** The first moment after another; undefined: there is none. */
export function nextMoment(times: CronFields, offset: Offset, after: number): number | undefined {
  const search = new Search(times, offset, Math.floor(after) + 1);
  const limit = search.clock.year + years;
  while (search.clock.year <= limit) if (search.advance()) return search.moment;
  return undefined;
}

/** The day that a clock of the zone shows. */
interface Clock {
  readonly year: number;
  readonly month: number;
  readonly date: number;
  readonly weekday: number;
}

/** Goes on month by month, day by day and so on; what is smaller begins anew where a larger one moved. */
class Search {
  moment: number;
  readonly #times: CronFields;
  readonly #offset: Offset;
  #isCut = false;

  constructor(times: CronFields, offset: Offset, moment: number) {
    this.#times = times;
    this.#offset = offset;
    this.moment = moment;
  }

  get clock(): Clock {
    const days = Math.floor(this.#local / day);
    const { year, month, date } = civil(days);
    // 1970-01-01 was a Thursday
    return { year, month, date, weekday: (((days + 4) % 7) + 7) % 7 };
  }

  /** Seconds since 1970, had it begun by this clock. */
  get #local(): number {
    return this.moment + this.#offset(this.moment);
  }

  get #hour(): number {
    return Math.floor(this.#secondOfDay / hour);
  }

  get #minute(): number {
    return Math.floor(this.#secondOfDay / minute) % 60;
  }

  get #secondOfDay(): number {
    const local = this.#local;
    return local - Math.floor(local / day) * day;
  }

  /** Whether a moment is found; if a larger unit has moved on meanwhile, all has to be looked at again. */
  advance(): boolean {
    return this.#months() && this.#days() && this.#hours() && this.#minutes() && this.#seconds();
  }

  #months(): boolean {
    while (!this.#times.months.values.has(this.clock.month)) {
      this.#cut(({ year, month }) => this.#at(year, month, 1));
      const { year, month, date } = this.clock;
      this.moment = this.#at(year, month + 1, date, this.#secondOfDay);
      if (this.clock.month === 1) return false;
    }
    return true;
  }

  #days(): boolean {
    while (!isDueOn(this.#times, this.clock)) {
      this.#cut(({ year, month, date }) => this.#at(year, month, date));
      const { year, month, date } = this.clock;
      this.moment = this.#at(year, month, date + 1, this.#secondOfDay);
      // no longer midnight, where clocks are changed at midnight
      const shown = this.#hour;
      if (shown !== 0) this.moment += (shown > 12 ? 24 - shown : -shown) * hour;
      if (this.clock.date === 1) return false;
    }
    return true;
  }

  #hours(): boolean {
    while (!this.#times.hours.values.has(this.#hour)) {
      this.#cut(({ year, month, date }) => this.#at(year, month, date, this.#hour * hour));
      this.moment += hour;
      if (this.#hour === 0) return false;
    }
    return true;
  }

  #minutes(): boolean {
    while (!this.#times.minutes.values.has(this.#minute)) {
      this.#cut(() => Math.floor(this.moment / minute) * minute);
      this.moment += minute;
      if (this.#minute === 0) return false;
    }
    return true;
  }

  #seconds(): boolean {
    const second = this.#secondOfDay % minute;
    if (second === 0) return true;
    this.#isCut = true;
    this.moment += 60 - second;
    return false;
  }

  /** What is smaller begins anew, once. */
  #cut(begin: (clock: Clock) => number): void {
    if (!this.#isCut) this.moment = begin(this.clock);
    this.#isCut = true;
  }

  /** time.Date: of what the clock shows twice or never, Go takes one. */
  #at(year: number, month: number, date: number, seconds = 0): number {
    const first = month > 12 ? daysFromCivil(year + 1, month - 12, 1) : daysFromCivil(year, month, 1);
    const local = (first + date - 1) * day + seconds;
    return local - this.#offset(local - this.#offset(local));
  }
}

/** Of date and weekday one is enough, where both are given. */
function isDueOn({ dates, weekdays }: CronFields, { date, weekday }: Clock): boolean {
  const has = ({ values }: CronField, value: number) => values.has(value);
  const [byDate, byWeekday] = [has(dates, date), has(weekdays, weekday)];
  return dates.any || weekdays.any ? byDate && byWeekday : byDate || byWeekday;
}
