// What of a timestamp can be asked for (cel-go/common/types/timestamp.go). The library's own functions depend on the machine's time zone.
import type { Environment } from '@marcbachmann/cel-js';
import { civil, daysFromCivil } from '../base/civil.ts';
import { CelDoubt } from './error.ts';

/** The library's timestamps: dates of JavaScript. */
export interface CelTimestamp {
  getTime(): number;
  toISOString(): string;
}

const day = 86_400_000;

/** By name: of milliseconds since 1970, in a time zone. */
const parts: Readonly<Record<string, (time: number) => number>> = {
  getDate: (time) => civil(daysOf(time)).date,
  getDayOfMonth: (time) => civil(daysOf(time)).date - 1,
  getDayOfWeek: (time) => (((daysOf(time) + 4) % 7) + 7) % 7,
  getDayOfYear: (time) => daysOf(time) - daysFromCivil(civil(daysOf(time)).year, 1, 1),
  getFullYear: (time) => civil(daysOf(time)).year,
  getHours: (time) => Math.floor(within(time) / 3_600_000),
  getMilliseconds: (time) => within(time) % 1000,
  getMinutes: (time) => Math.floor(within(time) / 60_000) % 60,
  getMonth: (time) => civil(daysOf(time)).month - 1,
  getSeconds: (time) => Math.floor(within(time) / 1000) % 60,
};

export const timestampParts: readonly string[] = Object.keys(parts);

const daysOf = (time: number) => Math.floor(time / day);
const within = (time: number) => time - daysOf(time) * day;

/** Milliseconds a time zone is ahead. Throws a CelDoubt for one that has a name. */
function ahead(zone: string): number {
  if (zone === '' || zone === 'UTC') return 0;
  const [, sign, hours, minutes] = /^([+-]?)(\d+):(\d+)$/.exec(zone) ?? [];
  if (hours === undefined) throw new CelDoubt(`the time zone ${zone} cannot be followed`);
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** Adds the functions, by their names behind a prefix; also those of durations, which the library has in the same names. */
export function addTimeFunctions(environment: Environment, prefix: string): void {
  for (const [name, part] of Object.entries(parts)) {
    const method = `google.protobuf.Timestamp.${prefix}${name}`;
    environment
      .registerFunction(`${method}(): int`, (time: CelTimestamp) => BigInt(part(time.getTime())))
      .registerFunction(`${method}(string): int`, (time: CelTimestamp, zone: string) =>
        BigInt(part(time.getTime() + ahead(zone))),
      );
  }
  for (const [name, unit] of Object.entries({ getHours: 3600n, getMinutes: 60n, getSeconds: 1n })) {
    const method = `google.protobuf.Duration.${prefix}${name}`;
    environment.registerFunction(`${method}(): int`, ({ seconds }: CelDuration) => seconds / unit);
  }
  environment.registerFunction(
    `google.protobuf.Duration.${prefix}getMilliseconds(): int`,
    ({ seconds, nanos }: CelDuration) => seconds * 1000n + BigInt(Math.trunc(nanos / 1_000_000)),
  );
}

/** The library's durations. */
export interface CelDuration {
  readonly seconds: bigint;
  readonly nanos: number;
}

/** time.RFC3339Nano. */
export const timestampText = (value: CelTimestamp): string => value.toISOString().replace(/\.?0*Z$/, 'Z');

export function durationText({ seconds, nanos }: CelDuration): string {
  const text = (Number(seconds) + nanos / 1e9).toFixed(9);
  return `${text.replace(/\.?0+$/, '')}s`;
}
