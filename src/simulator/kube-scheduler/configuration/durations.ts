// Durations of the configuration: they may be negative, and errors show them as Go prints them (time.Duration.String).
import { parseDuration } from '../../../base/duration.ts';

/** Of a duration that has been read, and so is one. */
export function milliseconds(text: string): number {
  const [, sign = '', rest = ''] = /^([+-]?)(.*)$/.exec(text) ?? [];
  return (sign === '-' ? -1 : 1) * (parseDuration(rest) ?? 0);
}

export function durationText(text: string): string {
  const total = milliseconds(text);
  const sign = total < 0 ? '-' : '';
  const nanoseconds = Math.round(Math.abs(total) * 1e6);
  if (nanoseconds === 0) return '0s';
  if (nanoseconds < 1e3) return `${sign}${nanoseconds}ns`;
  if (nanoseconds < 1e6) return `${sign}${nanoseconds / 1e3}µs`;
  if (nanoseconds < 1e9) return `${sign}${nanoseconds / 1e6}ms`;
  const seconds = nanoseconds / 1e9;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = Number((seconds % 60).toFixed(9));
  return `${sign}${hours ? `${hours}h` : ''}${hours || minutes ? `${minutes}m` : ''}${rest}s`;
}
