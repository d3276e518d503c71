// The claim on devices that no node can satisfy.
import { listed, type Culprit, type Refusals } from './culprit.ts';

export const resourceClaims = ({ nodes, reasons }: Refusals): Culprit => ({
  path: 'spec.resourceClaims',
  says: `${listed(nodes)}: ${reasons.join(', ')}. Ask for devices that a node offers.`,
  related: [],
});
