// The constraint by which the Pods are to be spread, and the domains that would be too full.
import { listed, otherSides, told, type Culprit, type Refusals } from './culprit.ts';

export function topologySpread(refusals: Refusals): Culprit {
  const [first] = refusals.nodes.flatMap(refusals.blame);
  const why = told(refusals) ?? `${listed(refusals.nodes)}: ${refusals.reasons.join(', ')}`;
  const remedy = first?.says.startsWith('has no label')
    ? 'Label the nodes, or spread by a label that they have.'
    : 'Raise maxSkew, let whenUnsatisfiable be ScheduleAnyway, or make room where there are fewest.';
  return {
    path: first?.path ?? 'spec.topologySpreadConstraints',
    says: `The Pods could not be spread as asked: ${why}. ${remedy}`,
    related: otherSides(refusals),
  };
}
