// How long a Job waits before it replaces Pods that failed: 10 s after the first failure, twice as long after each further one
// (k8s.io/kubernetes/pkg/controller/job/backoff_utils.go, v1.36). Times and durations are virtual milliseconds.
import type { Pod } from '../../../api/object.ts';
import { finishedAt } from './pods.ts';

const initial = 10_000;
const maximum = 600_000;

/** Failures since the last success, and when the last one was. */
export interface BackOff {
  readonly failures: number;
  readonly lastFailure: number;
}

export const noBackOff: BackOff = { failures: 0, lastFailure: 0 };

/** The back-off after Pods ended that were not counted before. */
export function nextBackOff(known: BackOff, succeeded: readonly Pod[], failed: readonly Pod[]): BackOff {
  if (succeeded.length === 0 && failed.length === 0) return known;
  const lastSuccess = Math.max(-Infinity, ...succeeded.map(finishedAt));
  const failures = failed.map(finishedAt).filter((time) => time > lastSuccess);
  if (failures.length === 0) return noBackOff;
  const before = succeeded.length > 0 ? 0 : known.failures;
  return { failures: before + failures.length, lastFailure: Math.max(...failures) };
}

export function remainingBackOff({ failures, lastFailure }: BackOff, now: number): number {
  if (failures === 0) return 0;
  return Math.max(0, lastFailure + Math.min(initial * 2 ** (failures - 1), maximum) - now);
}
