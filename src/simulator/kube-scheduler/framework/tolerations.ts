// Taints and tolerations as every plugin reads them (k8s.io/component-helpers/scheduling/corev1).
import type { Taint, Toleration } from '../../../api/object.ts';

/** Toleration.ToleratesTaint. An empty key or effect stands for all; the operators Lt and Gt are off by default in 1.36. */
function tolerates({ key, operator, value = '', effect }: Toleration, taint: Taint): boolean {
  if (effect && effect !== taint.effect) return false;
  if (key && key !== taint.key) return false;
  if (operator === 'Exists') return true;
  return (!operator || operator === 'Equal') && value === (taint.value ?? '');
}

export function isTolerated(taint: Taint, tolerations: readonly Toleration[] = []): boolean {
  return tolerations.some((toleration) => tolerates(toleration, taint));
}

/** FindMatchingUntoleratedTaint for the effects that keep Pods off a node: NoSchedule and NoExecute. */
export function untoleratedTaint(
  taints: readonly Taint[] = [],
  tolerations: readonly Toleration[] | undefined,
): Taint | undefined {
  return taints.find((taint) => keepsOff(taint) && !isTolerated(taint, tolerations));
}

export const keepsOff = ({ effect }: Taint) => effect === 'NoSchedule' || effect === 'NoExecute';
