// The Pod asks for one node by its name.
import type { Culprit, Refusals } from './culprit.ts';

export const nodeName = ({ pod }: Refusals): Culprit => ({
  path: 'spec.nodeName',
  says: `The Pod asks for node ${pod.spec?.nodeName} by its name, and no other will do: leave nodeName out, and the scheduler finds one.`,
  related: [],
});
