// The constraint by which the Pods are to be spread, and the domains that would be too full.
import { untoleratedTaints } from '../../api/tolerations.ts';
import { nearestKey } from '../suggest.ts';
import { firstBlame, listed, otherSides, told, type Culprit, type Refusals } from './culprit.ts';

export function topologySpread(refusals: Refusals): Culprit {
  const first = firstBlame(refusals);
  const why = told(refusals) ?? `${listed(refusals.nodes)}: ${refusals.reasons.join(', ')}`;
  const key = /^has no label (\S+?),/.exec(first?.says ?? '')?.[1];
  const remedy = key
    ? missingText(key, refusals)
    : (emptyText(first?.path, first?.says, refusals) ??
      'Raise maxSkew, let whenUnsatisfiable be ScheduleAnyway, or make room where there are fewest.');
  return {
    path: first?.path ?? 'spec.topologySpreadConstraints',
    says: `The Pods could not be spread as asked: ${why}. ${remedy}`,
    related: otherSides(refusals),
  };
}

/** Where the least full domain has only nodes that the Pod may not have, counting it is what keeps the others closed. */
function emptyText(path: string | undefined, says: string | undefined, { pod, all }: Refusals): string | undefined {
  const [, key = '', emptiest] = /^is in (\S+?)=.* where (.+), the emptiest, holds/.exec(says ?? '') ?? [];
  const index = Number(/\[(\d+)\]$/.exec(path ?? '')?.[1]);
  const isCounted = pod.spec?.topologySpreadConstraints?.[index]?.nodeTaintsPolicy !== 'Honor';
  const own = all.filter(({ metadata }) => metadata.labels?.[key] === emptiest);
  const isClosed = own.every(
    ({ spec }) => untoleratedTaints(spec?.taints, pod.spec?.tolerations, ['NoSchedule', 'NoExecute']).length > 0,
  );
  if (emptiest === undefined || !isCounted || own.length === 0 || !isClosed) return undefined;
  return `The Pod tolerates no node of ${emptiest}: tolerate one, or let nodeTaintsPolicy be Honor, so that ${emptiest} does not count.`;
}

/** What is to be done about a key that nodes do not have. */
function missingText(key: string, { all }: Refusals): string {
  const keys = new Set(all.flatMap(({ metadata }) => Object.keys(metadata.labels ?? {})));
  const meant = keys.has(key) ? undefined : nearestKey(key, keys);
  return meant ? `Did you mean ${meant}?` : 'Label the nodes, or spread by a label that they have.';
}
