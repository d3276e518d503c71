// Tells the server which devices a claim got and who uses it, and takes that back
// (k8s.io/kubernetes/pkg/scheduler/framework/plugins/dynamicresources: bindClaim, Unreserve, deleteClaim).
import type { AllocationResult, Pod, ResourceResourceClaim } from '../../../../api/object.ts';
import type { Client } from '../../../client/client.ts';
import { claimText } from './device-request.ts';
import { isReservedFor } from './pod-claims.ts';

const resource = 'resourceclaims.resource.k8s.io';
const finalizer = 'resource.kubernetes.io/delete-protection';

/** retry.DefaultRetry: how often a write is tried while others change the claim. */
const attempts = 5;

const targetOf = ({ metadata: { namespace = '', name = '' } }: ResourceResourceClaim) => ({
  resource,
  namespace,
  name,
});

/** The claim as stored in the end, or what went wrong. */
type Written = ResourceResourceClaim | string;

/** Stores the allocation, if the claim got one just now, and the Pod as a consumer. */
export function bindClaim(
  client: Client,
  claim: ResourceResourceClaim,
  pod: Pod,
  allocation: AllocationResult | undefined,
  timestamp: string,
): Written {
  return retried(client, claim, (current) => {
    if (current.metadata.deletionTimestamp) return `claim ${claimText(current)} got deleted in the meantime`;
    if (allocation && current.status?.allocation) {
      return `claim ${claimText(current)} got allocated elsewhere in the meantime`;
    }
    const kept = allocation ? withFinalizer(client, current) : current;
    if ('conflict' in kept) return kept;
    const allocated = allocation ?? kept.status?.allocation;
    if (!allocated) return `claim ${claimText(current)} got deallocated elsewhere in the meantime`;
    const { name = '', uid = '' } = pod.metadata;
    const reservedFor = [...(kept.status?.reservedFor ?? []), { resource: 'pods', name, uid }];
    const stamped = { ...allocated, allocationTimestamp: allocated.allocationTimestamp ?? timestamp };
    const body = { ...kept, status: { ...kept.status, allocation: stamped, reservedFor } };
    const answer = client.update<ResourceResourceClaim>({ ...targetOf(kept), subresource: 'status' }, body);
    if (answer.ok) return answer.object;
    const what = allocation ? 'add allocation and reservation' : 'add reservation';
    return refused(answer, `${what} to claim ${claimText(kept)}`);
  });
}

/** A write that was refused; it is worth another try after a conflict. */
interface Refused {
  readonly conflict: boolean;
  readonly text: string;
}

const refused = (
  answer: { readonly code: number; readonly status: { readonly message: string } },
  what: string,
): Refused => ({
  conflict: answer.code === 409,
  text: `${what}: ${answer.status.message}`,
});

function retried(
  client: Client,
  claim: ResourceResourceClaim,
  write: (current: ResourceResourceClaim) => Written | Refused,
): Written {
  let current = claim;
  let text = '';
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (attempt > 0) {
      const answer = client.get<ResourceResourceClaim>(targetOf(claim));
      if (!answer.ok) return `get updated claim ${claimText(claim)} after conflict: ${answer.status.message}`;
      current = answer.object;
    }
    const outcome = write(current);
    if (typeof outcome === 'string' || !('conflict' in outcome)) return outcome;
    ({ text } = outcome);
    if (!outcome.conflict) break;
  }
  return text;
}

function withFinalizer(client: Client, claim: ResourceResourceClaim): ResourceResourceClaim | Refused {
  const { finalizers = [] } = claim.metadata;
  if (finalizers.includes(finalizer)) return claim;
  const body = { ...claim, metadata: { ...claim.metadata, finalizers: [...finalizers, finalizer] } };
  const answer = client.update<ResourceResourceClaim>(targetOf(claim), body);
  return answer.ok ? answer.object : refused(answer, `add finalizer to claim ${claimText(claim)}`);
}

/** The claim for extended resources, which was only planned until now. */
export function createClaim(client: Client, planned: ResourceResourceClaim): Written {
  const { namespace = '', generateName, annotations, ownerReferences } = planned.metadata;
  const body = { ...planned, metadata: { namespace, generateName, annotations, ownerReferences } };
  const answer = client.create<ResourceResourceClaim>({ resource, namespace }, body);
  return answer.ok
    ? answer.object
    : `create claim for extended resources ${claimText(planned)}: ${answer.status.message}`;
}

/** The Pod uses the claim no longer. */
export function releaseClaim(client: Client, claim: ResourceResourceClaim, { metadata: { uid } }: Pod): void {
  const status = { reservedFor: [{ $patch: 'delete', uid }] };
  const patch = { metadata: { uid: claim.metadata.uid }, status };
  client.patch({ ...targetOf(claim), subresource: 'status' }, 'strategic', patch);
}

/** Whether a claim could be freed for other devices: nobody but the Pod uses it. */
export function isFreeFor(claim: ResourceResourceClaim, pod: Pod): boolean {
  const { reservedFor = [] } = claim.status ?? {};
  return reservedFor.length === 0 || (reservedFor.length === 1 && isReservedFor(claim, pod));
}

/** Frees the claim's devices. */
export function deallocating(claim: ResourceResourceClaim): (client: Client) => void {
  const { allocation: _, reservedFor: __, devices: ___, ...status } = claim.status ?? {};
  return (client) => void client.update({ ...targetOf(claim), subresource: 'status' }, { ...claim, status });
}

export const deleting = (claim: ResourceResourceClaim) => (client: Client) => deleteClaim(client, claim);

/** Deletes a claim that the scheduler made. */
export function deleteClaim(client: Client, claim: ResourceResourceClaim): void {
  const outcome = retried(client, claim, (current) => {
    const finalizers = (current.metadata.finalizers ?? []).filter((name) => name !== finalizer);
    const body = { ...current, metadata: { ...current.metadata, finalizers } };
    const answer = client.update<ResourceResourceClaim>(targetOf(current), body);
    return answer.ok ? answer.object : refused(answer, `update resourceclaim ${claimText(current)}`);
  });
  if (typeof outcome !== 'string') client.delete(targetOf(claim));
}
