// Which change of a ResourceClaim can help a Pod (isSchedulableAfterClaimChange).
import type { KubeObject, Pod, ResourceResourceClaim } from '../../../../api/object.ts';
import { deepEqual } from '../../../../base/json.ts';
import type { ClusterEvent } from '../../framework/cluster-event.ts';
import { usesClaim } from './pod-claims.ts';

/** The Pod's own claim came or has another status, or devices became free. */
export function claimChanges(pod: Pod, { before, after }: ClusterEvent): boolean {
  const old = statusOf(before);
  const now = statusOf(after);
  if (old?.allocation && !now?.allocation) return true;
  if (!usesClaim(pod, after as ResourceResourceClaim)) return false;
  return !before || !deepEqual(old, now);
}

const statusOf = (claim: KubeObject | undefined) => (claim as ResourceResourceClaim | undefined)?.status;
