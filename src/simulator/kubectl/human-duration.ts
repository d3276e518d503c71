// How kubectl writes times: ages as `5m30s` (k8s.io/apimachinery/pkg/util/duration), moments as `Thu, 01 Jan 2026 00:00:00 +0000`.
import { formatTime, parseTime } from '../kernel/time.ts';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

/** duration.HumanDuration of milliseconds. Clocks may disagree by two seconds; what lies further ahead is `<invalid>`. */
export function humanDuration(milliseconds: number): string {
  const seconds = Math.trunc(milliseconds / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 2 * minute) return `${Math.max(seconds, 0)}s`;
  if (seconds < 10 * minute) return parts(seconds, minute, 'm', 1, 's');
  if (seconds < 3 * hour) return `${Math.floor(seconds / minute)}m`;
  if (seconds < 8 * hour) return parts(seconds, hour, 'h', minute, 'm');
  if (seconds < 2 * day) return `${Math.floor(seconds / hour)}h`;
  if (seconds < 8 * day) return parts(seconds, day, 'd', hour, 'h');
  if (seconds < 2 * year) return `${Math.floor(seconds / day)}d`;
  if (seconds < 8 * year) return parts(seconds, year, 'y', day, 'd');
  return `${Math.floor(seconds / year)}y`;
}

function parts(seconds: number, unit: number, unitName: string, small: number, smallName: string): string {
  const rest = Math.floor((seconds % unit) / small);
  return `${Math.floor(seconds / unit)}${unitName}${rest ? `${rest}${smallName}` : ''}`;
}

/** How long ago an RFC 3339 time was, `now` in virtual milliseconds; `<unknown>` for no time. */
export function age(now: number, time: string | null | undefined): string {
  const moment = time ? parseTime(time) : undefined;
  return moment === undefined ? '<unknown>' : humanDuration(now - moment);
}

const weekdays = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'] as const;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const epochOfUnix = parseTime('1970-01-01T00:00:00Z') ?? 0;

/** time.RFC1123Z in UTC; the zero time for none. */
export function longTime(time: string | null | undefined): string {
  const moment = time ? parseTime(time) : undefined;
  if (moment === undefined) return 'Mon, 01 Jan 0001 00:00:00 +0000';
  const text = formatTime(moment);
  const days = Math.floor((moment - epochOfUnix) / (day * 1000));
  const weekday = weekdays[((days % 7) + 7) % 7] ?? 'Thu';
  const month = months[Number(text.slice(5, 7)) - 1] ?? 'Jan';
  return `${weekday}, ${text.slice(8, 10)} ${month} ${text.slice(0, 4)} ${text.slice(11, 19)} +0000`;
}
