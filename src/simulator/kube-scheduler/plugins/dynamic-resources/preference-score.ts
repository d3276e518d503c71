// Alternatives (firstAvailable): the more preferred those that a node has devices for, the better the node.
import type { ResourceResourceClaim } from '../../../../api/object.ts';
import type { ClaimAllocation } from './allocation.ts';
import { asksOf, requestsOf } from './device-request.ts';

/** FirstAvailableDeviceRequestMaxSize: the most alternatives of a request. */
const maxAlternatives = 8;

/** computeScore: 8 for each first choice, 7 for each second, …; `allocations` are those of the claims without devices. */
export function preferenceScore(
  claims: readonly ResourceResourceClaim[],
  allocations: readonly ClaimAllocation[],
): number {
  let open = 0;
  let score = 0;
  for (const claim of claims) {
    const { allocation } = claim.status ?? {};
    const taken = new Set(
      allocation
        ? allocation.devices?.results?.map(({ request }) => request)
        : allocations[open++]?.devices.map(({ ask }) => ask.fullName),
    );
    for (const request of requestsOf(claim)) {
      asksOf(request).forEach(({ parent, fullName }, i) => {
        if (parent !== undefined && taken.has(fullName)) score += maxAlternatives - i;
      });
    }
  }
  return score;
}
