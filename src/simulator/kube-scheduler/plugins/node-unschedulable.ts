// NodeUnschedulable: keeps Pods off cordoned nodes (`kubectl cordon` sets spec.unschedulable), unless they tolerate that.
import type { Node, Pod, Taint } from '../../../api/object.ts';
import type { Plugin } from '../framework/plugin.ts';
import { unresolvable } from '../framework/status.ts';
import { isTolerated } from '../framework/tolerations.ts';
import { isSamePod } from '../framework/pod-info.ts';

const cordoned: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };

export const nodeUnschedulable: Plugin = {
  name: 'NodeUnschedulable',

  filter({ pod }, { node }) {
    if (!node.spec?.unschedulable || isTolerated(cordoned, pod.pod.spec?.tolerations)) return undefined;
    return unresolvable('node(s) were unschedulable');
  },

  queueingHints: [
    {
      resource: 'Node',
      actions: ['Add', 'UpdateNodeTaint'],
      isWorthTrying(_pod, { before, after }) {
        const was: Node | undefined = before;
        return (!was || was.spec?.unschedulable === true) && !(after as Node).spec?.unschedulable;
      },
    },
    {
      resource: 'Pod',
      actions: ['UpdatePodToleration'],
      isWorthTrying(pod, { after }) {
        return isSamePod(pod, after as Pod) && isTolerated(cordoned, (after as Pod).spec?.tolerations);
      },
    },
  ],
};
