// What a plugin answers: one of Kubernetes' own codes with reasons. "Does not fit" and "went wrong" never share a code.
import { compareBytes } from '../../../base/order.ts';
import type { PluginStatus, StatusCode } from '../../trace.ts';

/** A plugin's answer (framework.Status). Success without more to say is `undefined`, as it is nil in the scheduler. */
export interface Status {
  readonly code: StatusCode;
  readonly reasons: readonly string[];
}

/** The Pod does not fit; removing other Pods may help. */
export function unschedulable(...reasons: string[]): Status {
  return { code: 'Unschedulable', reasons };
}

/** The Pod does not fit, and removing other Pods will not help. */
export function unresolvable(...reasons: string[]): Status {
  return { code: 'UnschedulableAndUnresolvable', reasons };
}

/** The plugin failed: no statement about the Pod. */
export function failed(message: string): Status {
  return { code: 'Error', reasons: [message] };
}

/** The plugin has nothing to do with this Pod: its next extension point is not asked. */
export const skip: Status = { code: 'Skip', reasons: [] };

/** Status.IsRejected: the Pod was refused, rather than the plugin having failed. */
export function isRejected(status: Status): boolean {
  const { code } = status;
  return code === 'Unschedulable' || code === 'UnschedulableAndUnresolvable' || code === 'Pending';
}

/** A status as the framework passes it on: signed by the plugin, reasons in byte order (the scheduler's own order varies). */
export function signed(plugin: string, { code, reasons }: Status): PluginStatus {
  return { plugin, code, reasons: reasons.length > 1 ? [...reasons].sort(compareBytes) : reasons };
}
