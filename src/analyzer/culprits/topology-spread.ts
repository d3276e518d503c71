// The constraint by which the Pods are to be spread, and the domains that would be too full.
import { nearestKey } from '../suggest.ts';
import { listed, otherSides, told, type Culprit, type Refusals } from './culprit.ts';

export function topologySpread(refusals: Refusals): Culprit {
  const [first] = refusals.nodes.flatMap(refusals.blame);
  const why = told(refusals) ?? `${listed(refusals.nodes)}: ${refusals.reasons.join(', ')}`;
  const key = /^has no label (\S+?),/.exec(first?.says ?? '')?.[1];
  const remedy = key
    ? missingText(key, refusals)
    : 'Raise maxSkew, let whenUnsatisfiable be ScheduleAnyway, or make room where there are fewest.';
  return {
    path: first?.path ?? 'spec.topologySpreadConstraints',
    says: `The Pods could not be spread as asked: ${why}. ${remedy}`,
    related: otherSides(refusals),
  };
}

/** What is to be done about a key that nodes do not have. */
function missingText(key: string, { all }: Refusals): string {
  const keys = new Set(all.flatMap(({ metadata }) => Object.keys(metadata.labels ?? {})));
  const meant = keys.has(key) ? undefined : nearestKey(key, keys);
  return meant ? `Did you mean ${meant}?` : 'Label the nodes, or spread by a label that they have.';
}
