// The claim on devices that no node can satisfy.
import { listed, otherSides, told, type Culprit, type Refusals } from './culprit.ts';

export function resourceClaims(refusals: Refusals): Culprit {
  const { nodes, reasons, blame } = refusals;
  const [first] = nodes.flatMap(blame);
  const why = told(refusals) ?? `${listed(nodes)}: ${reasons.join(', ')}`;
  return {
    path: first?.path ?? 'spec.resourceClaims',
    says: `${why}. Ask for devices that a node offers.`,
    related: otherSides(refusals),
  };
}
