// TaintToleration: each taint that is not tolerated, and the toleration that nearly does it.
import { refOf, type Taint, type Toleration } from '../../../api/object.ts';
import { taintText } from '../../../api/tolerations.ts';
import { isTolerated, keepsOff } from '../framework/tolerations.ts';
import type { Blame, BlameOf } from './blame.ts';

export const blameTaints: BlameOf = ({ pod }, { node }) => {
  const { tolerations = [] } = pod.pod.spec ?? {};
  return (node.spec?.taints ?? []).flatMap((taint, i): Blame[] => {
    if (!keepsOff(taint) || isTolerated(taint, tolerations)) return [];
    const nearly = tolerations.findIndex((toleration) => misses(toleration, taint) !== undefined);
    const part = tolerations[nearly] && misses(tolerations[nearly], taint);
    return [
      {
        path: nearly < 0 ? 'spec.tolerations' : `spec.tolerations[${nearly}]${part ? `.${part}` : ''}`,
        says: `has the taint ${taintText(taint)}${part && tolerations[nearly] ? nearlyText(tolerations[nearly], part) : ''}`,
        other: { object: refOf(node), path: `spec.taints[${i}]` },
      },
    ];
  });
};

type Part = 'value' | 'effect';

/** The one part of a toleration of the right key that keeps it from tolerating the taint. */
function misses(toleration: Toleration, taint: Taint): Part | undefined {
  if (toleration.key !== taint.key) return undefined;
  if (isTolerated(taint, [{ ...toleration, effect: taint.effect }])) return 'effect';
  return isTolerated(taint, [{ ...toleration, value: taint.value ?? '' }]) ? 'value' : undefined;
}

function nearlyText(toleration: Toleration, part: Part): string {
  const own = toleration[part];
  return own ? `, where the Pod tolerates the ${part} "${own}" only` : `, where the Pod’s toleration has no ${part}`;
}
