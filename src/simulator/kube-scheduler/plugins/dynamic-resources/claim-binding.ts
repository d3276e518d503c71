// From the choice of a node to the binding of the Pod: devices are promised (Reserve), and the claims are told (PreBind).
import type { ContainerExtendedResourceRequest, ResourceResourceClaim } from '../../../../api/object.ts';
import type { Binding, WaitingFor } from '../../framework/plugin.ts';
import { failed, type Status } from '../../framework/status.ts';
import { allocationResult } from './allocation-result.ts';
import { awaitDevices } from './binding-conditions.ts';
import { bindClaim, createClaim, deleteClaim, releaseClaim } from './claim-writes.ts';
import { isPlanned } from './extended-resources.ts';
import { isReservedFor } from './pod-claims.ts';
import { prepared, type State } from './state.ts';

/** Promises the devices that were found: from now on they are taken. */
export function reserve({ cycle, nodeName }: Binding): Status | undefined {
  const state = cycle.state.read(prepared);
  if (!state?.allocator) return undefined;
  const found = state.byNode.get(nodeName);
  const open = [...state.claims.entries()].filter(([, { status }]) => !status?.allocation);
  if (!found) {
    return open.every(([, claim]) => claim === state.extended)
      ? undefined
      : failed('claim allocation not found for node');
  }
  found.allocations.forEach((allocation, i) => {
    const [index, claim] = open[i] ?? [];
    if (index === undefined || !claim) return;
    const result = allocationResult(allocation, nodeName);
    state.promised.set(index, result);
    cycle.snapshot.resourceClaims.addPending({ ...claim, status: { ...claim.status, allocation: result } });
  });
  return undefined;
}

/** Stores what was promised, and that the Pod uses its claims; then waits until the devices are ready. */
export function* bind(binding: Binding): WaitingFor<Status | undefined> {
  const { cycle, pod } = binding;
  const state = cycle.state.read(prepared);
  if (!state) return failed('not found');
  for (const [index, claim] of state.claims.entries()) {
    if (isReservedFor(claim, pod)) continue;
    const problem = bindOne(binding, state, index, claim);
    if (problem !== undefined) return failed(problem);
  }
  return yield* awaitDevices(binding, state.claims);
}

function bindOne(binding: Binding, state: State, index: number, before: ResourceResourceClaim): string | undefined {
  const { client, cycle, pod, nodeName, timestamp } = binding;
  const { resourceClaims } = cycle.snapshot;
  const allocation = state.promised.get(index);
  const { extended, mappings } = state.byNode.get(nodeName) ?? {};
  const isExtended = before === state.extended;
  // The node has its own of the extended resources.
  if (isExtended && !allocation) return undefined;
  const claim = isExtended && extended ? createClaim(client, extended) : before;
  if (typeof claim === 'string') return claim;
  state.claims[index] = claim;
  const bound = bindClaim(client, claim, pod, allocation, timestamp());
  if (allocation) resourceClaims.removePending(before);
  if (typeof bound === 'string') return bound;
  state.claims[index] = bound;
  resourceClaims.assume(bound);
  return isExtended ? noteExtended(binding, bound, mappings ?? []) : undefined;
}

/** Tells the Pod's status which claim serves its extended resources. */
function noteExtended(
  { client, pod }: Binding,
  claim: ResourceResourceClaim,
  requestMappings: readonly ContainerExtendedResourceRequest[],
): string | undefined {
  const { namespace = '', name = '' } = pod.metadata;
  const extendedResourceClaimStatus = { requestMappings, resourceClaimName: claim.metadata.name };
  const target = { resource: 'pods', namespace, name, subresource: 'status' };
  const answer = client.patch(target, 'strategic', { status: { extendedResourceClaimStatus } });
  if (answer.ok) return undefined;
  return `update pod ${namespace}/${name} ExtendedResourceClaimStatus: ${answer.status.message}`;
}

/** Takes everything back: devices are free again, and the claims are not used by the Pod. */
export function unreserve({ client, cycle, pod }: Binding): void {
  const { claims = [], extended } = cycle.state.read(prepared) ?? {};
  if (extended) cycle.snapshot.resourceClaims.removePending(extended);
  for (const [index, claim] of claims.entries()) {
    cycle.snapshot.resourceClaims.removePending(claim);
    if (extended && index === claims.length - 1) {
      if (!isPlanned(claim)) deleteClaim(client, claim);
    } else if (claim.status?.allocation && isReservedFor(claim, pod)) releaseClaim(client, claim, pod);
  }
}
