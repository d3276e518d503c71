// Asks the checks of a level about a Pod (k8s.io/pod-security-admission/policy registry, Kubernetes 1.36).
import { baselineChecks } from './baseline.ts';
import type { Check, PodLike, Violation } from './check.ts';
import type { LevelVersion } from './policy.ts';
import { restrictedChecks } from './restricted.ts';

function checksOf({ level, minor }: LevelVersion): readonly Check[] {
  if (level === 'privileged') return [];
  const existing = (checks: readonly Check[]) => checks.filter(({ since }) => minor >= since);
  if (level === 'baseline') return existing(baselineChecks);
  const restricted = existing(restrictedChecks);
  const overridden = restricted.map(({ overrides }) => overrides);
  return [...existing(baselineChecks).filter(({ id }) => !overridden.includes(id)), ...restricted];
}

export function violationsOf(pod: PodLike, asked: LevelVersion): readonly Violation[] {
  return checksOf(asked).flatMap(({ violation }) => violation(pod, asked.minor) ?? []);
}

/** `privileged (container "a" must not set …), hostPort (…)`. */
export const detailText = (violations: readonly Violation[]): string =>
  violations.map(({ reason, detail }) => `${reason} (${detail})`).join(', ');

/** `privileged, hostPort`. */
export const reasonText = (violations: readonly Violation[]): string =>
  violations.map(({ reason }) => reason).join(', ');
