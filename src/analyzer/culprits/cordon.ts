// Nodes that take no new Pods for now.
import { listed, placesOf, type Culprit, type Refusals } from './culprit.ts';

export const cordon = ({ nodes }: Refusals): Culprit => ({
  path: 'spec',
  says: `${listed(nodes)} ${nodes.length === 1 ? 'is' : 'are'} cordoned: run kubectl uncordon.`,
  related: placesOf(nodes, 'spec.unschedulable', 'cordoned'),
});
