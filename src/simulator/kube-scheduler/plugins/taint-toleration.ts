// TaintToleration: keeps Pods off nodes whose NoSchedule and NoExecute taints they don't tolerate, and prefers nodes with few
// PreferNoSchedule taints they don't tolerate. 1.36 does not name the taint.
import type { Node, Pod } from '../../../api/object.ts';
import { defaultNormalizeScore } from '../framework/normalize-score.ts';
import type { Plugin } from '../framework/plugin.ts';
import { isSamePod } from '../framework/pod-info.ts';
import { unresolvable } from '../framework/status.ts';
import { isTolerated, untoleratedTaint } from '../framework/tolerations.ts';

const isUntolerated = (node: Node, pod: Pod) =>
  untoleratedTaint(node.spec?.taints, pod.spec?.tolerations) !== undefined;

export const taintToleration: Plugin = {
  name: 'TaintToleration',

  filter({ pod }, { node }) {
    return isUntolerated(node, pod.pod) ? unresolvable('node(s) had untolerated taint(s)') : undefined;
  },

  /** Present so that the plugin stands in the profile's PreScore, where the real one collects the tolerations that count. */
  preScore() {
    return undefined;
  },

  score({ pod }, { node }) {
    const avoided = (node.spec?.taints ?? []).filter(({ effect }) => effect === 'PreferNoSchedule');
    return avoided.filter((taint) => !isTolerated(taint, pod.pod.spec?.tolerations)).length;
  },

  normalizeScore(_cycle, scores) {
    defaultNormalizeScore(scores, true);
  },

  queueingHints: [
    {
      resource: 'Node',
      actions: ['Add', 'UpdateNodeTaint'],
      isWorthTrying(pod, { before, after }) {
        const was = before;
        return (!was || isUntolerated(was, pod)) && !isUntolerated(after as Node, pod);
      },
    },
    {
      resource: 'Pod',
      actions: ['UpdatePodToleration'],
      isWorthTrying: (pod, { after }) => isSamePod(pod, after as Pod),
    },
  ],
};
