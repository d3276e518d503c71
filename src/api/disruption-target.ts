// The condition by which a Pod is told that it has to go for a reason that is not its own (k8s.io/api/core/v1, DisruptionTarget).
import type { Pod, PodCondition } from './object.ts';

/** The condition to be set; undefined if the Pod has it. `now` as metav1.Time. */
export function disruptionTarget(
  { metadata, status }: Pod,
  { reason, message }: { readonly reason: string; readonly message: string },
  now: string,
): PodCondition | undefined {
  const { generation } = metadata;
  const before = status?.conditions?.find(({ type }) => type === 'DisruptionTarget');
  const isTrue = before?.status === 'True';
  const isSame = isTrue && before.reason === reason && before.message === message;
  if (isSame && before.observedGeneration === generation) return undefined;
  return {
    type: 'DisruptionTarget',
    status: 'True',
    lastTransitionTime: (isTrue && before.lastTransitionTime) || now,
    ...(generation !== undefined && { observedGeneration: generation }),
    reason,
    message,
  };
}
