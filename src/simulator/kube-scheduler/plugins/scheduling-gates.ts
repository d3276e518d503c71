// SchedulingGates: a Pod with spec.schedulingGates does not enter the queue. The condition is the server's, not the scheduler's.
import type { Pod } from '../../../api/object.ts';
import type { Plugin } from '../framework/plugin.ts';
import { isSamePod } from '../framework/pod-info.ts';
import { unresolvable } from '../framework/status.ts';

export const schedulingGates: Plugin = {
  name: 'SchedulingGates',

  preEnqueue({ spec }) {
    const gates = (spec?.schedulingGates ?? []).map(({ name }) => name);
    return gates.length === 0 ? undefined : unresolvable(`waiting for scheduling gates: [${gates.join(' ')}]`);
  },

  queueingHints: [
    {
      resource: 'Pod',
      actions: ['UpdatePodSchedulingGatesEliminated'],
      isWorthTrying: (pod, { after }) => isSamePod(pod, after as Pod),
    },
  ],
};
