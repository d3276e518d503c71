// The claim on devices that no node can satisfy.
import { otherSides, whyText, type Culprit, type Refusals } from './culprit.ts';

export function resourceClaims(refusals: Refusals): Culprit {
  const [first] = refusals.nodes.flatMap(refusals.blame);
  return {
    path: first?.path ?? 'spec.resourceClaims',
    says: `${whyText(refusals)}. Ask for devices that a node offers.`,
    related: otherSides(refusals),
  };
}
