// Virtual time as Kubernetes writes it. A run's clock starts at a fixed moment, so that the same run gives the same bytes.
import { civil, daysFromCivil } from '../../base/civil.ts';

/** 2026-01-01T00:00:00Z, in milliseconds: when every run begins. */
export const runEpoch = 1_767_225_600_000;
const day = 86_400_000;

const two = (value: number) => String(value).padStart(2, '0');

function dateTime(milliseconds: number): string {
  const days = Math.floor(milliseconds / day);
  const seconds = Math.floor((milliseconds - days * day) / 1000);
  const { year, month, date } = civil(days);
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${year}-${two(month)}-${two(date)}T${clock}`;
}

/** metav1.Time of a moment of the run (virtual milliseconds): RFC 3339, whole seconds, UTC. */
export function formatTime(now: number): string {
  return `${dateTime(runEpoch + now)}Z`;
}

/** metav1.MicroTime of a moment of the run: RFC 3339 with six digits. */
export function formatMicroTime(now: number): string {
  const micros = Math.round((now % 1000) * 1000);
  return `${dateTime(runEpoch + now)}.${String(micros).padStart(6, '0')}Z`;
}

/** A moment of the run, and so many nanoseconds, in nanoseconds since 1970. */
export function unixNanoseconds(now: number, more: number): bigint {
  return BigInt(Math.floor(runEpoch + now)) * 1_000_000n + BigInt(more);
}

/** Virtual milliseconds of an RFC 3339 time, or undefined if the text is none. Moments before the run are negative. */
export function parseTime(text: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (!match) return undefined;
  const [, year, month, date, hours, minutes, seconds, fraction, zone = 'Z'] = match;
  const days = daysFromCivil(Number(year), Number(month), Number(date));
  const offset =
    zone === 'Z' ? 0 : (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4)));
  const clock = (Number(hours) * 60 + Number(minutes) - offset) * 60 + Number(seconds) + Number(fraction ?? 0);
  return days * day + clock * 1000 - runEpoch;
}
