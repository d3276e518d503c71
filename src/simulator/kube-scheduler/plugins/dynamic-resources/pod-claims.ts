// The ResourceClaims of a Pod: by name, or generated from a template and noted in its status
// (k8s.io/dynamic-resource-allocation/resourceclaim).
import type { Pod, PodResourceClaim, ResourceResourceClaim } from '../../../../api/object.ts';
import type { Lister } from '../../framework/lister.ts';

/** The Pod's claims, or why it has to wait for one of them. Where a template needs no claim, there is none. */
export function claimsOf(pod: Pod, claims: Lister<ResourceResourceClaim>): readonly ResourceResourceClaim[] | string {
  const found: ResourceResourceClaim[] = [];
  for (const wanted of pod.spec?.resourceClaims ?? []) {
    const claim = claimFor(pod, wanted, claims);
    if (typeof claim === 'string') return claim;
    if (claim) found.push(claim);
  }
  return found;
}

/** foreachPodResourceClaim, for one of them. */
function claimFor(
  pod: Pod,
  wanted: PodResourceClaim,
  claims: Lister<ResourceResourceClaim>,
): ResourceResourceClaim | string | undefined {
  const { namespace = '', name } = pod.metadata;
  const isGenerated = wanted.resourceClaimName === undefined;
  const isNoted = pod.status?.resourceClaimStatuses?.some((status) => status.name === wanted.name);
  if (isGenerated && wanted.resourceClaimTemplateName === undefined) {
    return `pod "${namespace}/${name}", spec.resourceClaim "${wanted.name}": none of the supported fields are set`;
  }
  if (isGenerated && !isNoted) return `pod "${namespace}/${name}": ResourceClaim not created yet`;
  const claimName = claimNameOf(pod, wanted);
  if (claimName === undefined) return undefined;
  const claim = claims.get(`${namespace}/${claimName}`);
  if (!claim) return `could not find ResourceClaim "${namespace}/${claimName}"`;
  if (claim.metadata.deletionTimestamp) return `resourceclaim "${claimName}" is being deleted`;
  if (isGenerated && !isOwnedBy(claim, pod)) {
    return `ResourceClaim ${namespace}/${claimName} was not created for Pod ${namespace}/${name} (Pod is not owner)`;
  }
  return claim;
}

function claimNameOf({ status }: Pod, { name, resourceClaimName }: PodResourceClaim): string | undefined {
  return resourceClaimName ?? status?.resourceClaimStatuses?.find((noted) => noted.name === name)?.resourceClaimName;
}

/** metav1.IsControlledBy. */
export function isOwnedBy({ metadata }: ResourceResourceClaim, pod: Pod): boolean {
  return metadata.ownerReferences?.find(({ controller }) => controller)?.uid === pod.metadata.uid;
}

/** Whether the Pod refers to the claim by name. */
export function usesClaim(pod: Pod, claim: ResourceResourceClaim): boolean {
  if (claim.metadata.namespace !== pod.metadata.namespace) return false;
  return (pod.spec?.resourceClaims ?? []).some((wanted) => wantedBy(pod, wanted, claim));
}

/** Whether the claim is what an entry of `spec.resourceClaims` stands for. */
export const wantedBy = (pod: Pod, wanted: PodResourceClaim, { metadata }: ResourceResourceClaim) =>
  claimNameOf(pod, wanted) === metadata.name;

/** IsReservedForPod. */
export function isReservedFor({ status }: ResourceResourceClaim, { metadata: { uid } }: Pod): boolean {
  return status?.reservedFor?.some((consumer) => consumer.uid === uid) ?? false;
}
