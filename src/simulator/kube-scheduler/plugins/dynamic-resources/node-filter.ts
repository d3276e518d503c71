// Whether a node reaches the devices that the Pod's claims have, and has devices for those that have none.
import type { ResourceResourceClaim } from '../../../../api/object.ts';
import { matchesNodeSelector } from '../../../../api/node-selector.ts';
import type { NodeInfo } from '../../framework/node-info.ts';
import type { PodInfo } from '../../framework/pod-info.ts';
import { failed, unresolvable, type Status } from '../../framework/status.ts';
import { AllocationError, type ClaimAllocation } from './allocation.ts';
import { isTimedOut, readinessOf } from './binding-conditions.ts';
import { requestsOf } from './device-request.ts';
import { nodeNeeds } from './extended-resources.ts';
import type { State } from './state.ts';

/** `now`: virtual milliseconds. */
export function filterNode(state: State, pod: PodInfo, node: NodeInfo, now = 0): Status | undefined {
  const { claims, extended, classes } = state;
  if (extended && requestsOf(extended).length > 0) return unresolvable('cannot schedule extended resource claim');
  const needs = extended && nodeNeeds(pod, node, classes);
  if (typeof needs === 'string') return unresolvable(needs);
  if (!needs && claims.every((claim) => claim === extended)) return undefined;
  const onNode = extended && needs && { ...extended, spec: { devices: { requests: needs.requests } } };
  const unavailable = claims.filter((claim) => !isAvailable(claim, node, now));
  const open = claims.filter(({ status }) => !status?.allocation);
  const found =
    state.allocator &&
    allocate(
      state,
      node,
      open.map((claim) => (claim === extended ? (onNode ?? claim) : claim)),
    );
  if (found && 'code' in found) return found;
  for (const claim of unavailable) {
    const nodes = state.unavailable.get(claim);
    if (nodes) nodes.push(node.name);
    else state.unavailable.set(claim, [node.name]);
  }
  if (unavailable.length > 0) return unresolvable('resourceclaim not available on the node');
  if (found) state.byNode.set(node.name, { allocations: found, extended: onNode, mappings: needs?.mappings ?? [] });
  return undefined;
}

function isAvailable(claim: ResourceResourceClaim, { node }: NodeInfo, now: number): boolean {
  const { allocation } = claim.status ?? {};
  if (!allocation) return true;
  if (allocation.nodeSelector && !matchesNodeSelector(allocation.nodeSelector, node)) return false;
  const readiness = readinessOf(claim);
  return readiness === 'ready' || (readiness === 'waiting' && !isTimedOut(claim, now));
}

function allocate(
  { allocator, unmodelled }: State,
  { node }: NodeInfo,
  claims: readonly ResourceResourceClaim[],
): readonly ClaimAllocation[] | Status {
  try {
    return allocator?.allocate(node, claims) ?? unresolvable('cannot allocate all claims');
  } catch (error) {
    if (!(error instanceof AllocationError)) throw error;
    if (error.kind === 'error') return failed(error.message);
    if (error.kind === 'unmodelled') unmodelled.add(error.message);
    return unresolvable(error.message);
  }
}
