// activeDeadlineSeconds: how long a Pod may be active on its node (pkg/kubelet/active_deadline.go).
import type { Pod, PodStatus } from '../../api/object.ts';
import { parseTime } from '../kernel/time.ts';

export const deadlineExceeded = {
  reason: 'DeadlineExceeded',
  message: 'Pod was active on the node longer than the specified deadline',
};

/** The virtual time at which the Pod has been active for too long; undefined: never, or it has not begun. */
export function activeDeadline({ spec }: Pod, { startTime }: PodStatus): number | undefined {
  if (spec?.activeDeadlineSeconds === undefined || !startTime) return undefined;
  const start = parseTime(startTime);
  return start === undefined ? undefined : start + spec.activeDeadlineSeconds * 1000;
}
