// Who owns the claims of a StatefulSet's Pods, so that they go when the retention policy says so (stateful_set_utils.go).
import type { KubeObject, OwnerReference, PersistentVolumeClaim, Pod, StatefulSet } from '../../../api/object.ts';
import { controllerReference } from '../owner-reference.ts';
import { isInRange } from './ordinals.ts';

interface Policy {
  readonly whenDeleted: string;
  readonly whenScaled: string;
}

function policyOf({ spec }: StatefulSet): Policy {
  const { whenDeleted = 'Retain', whenScaled = 'Retain' } = spec?.persistentVolumeClaimRetentionPolicy ?? {};
  return { whenDeleted, whenScaled };
}

const isAbout = ({ apiVersion, kind, name }: OwnerReference, owner: KubeObject) =>
  apiVersion === owner.apiVersion && kind === owner.kind && name === owner.metadata.name;

const refsOf = ({ metadata }: PersistentVolumeClaim) => metadata.ownerReferences ?? [];

/** hasStaleOwnerRef: the claim belongs to an earlier object of that name. */
export function hasStaleOwner(claim: PersistentVolumeClaim, owner: KubeObject): boolean {
  const ref = refsOf(claim).find((other) => isAbout(other, owner));
  return ref !== undefined && ref.uid !== owner.metadata.uid;
}

/** PodClaimIsStale: claims that are to go with their Pod are still there for the one before. */
export function isWaitingForClaims(set: StatefulSet, pod: Pod, claims: readonly PersistentVolumeClaim[]): boolean {
  return policyOf(set).whenScaled !== 'Retain' && claims.some((claim) => hasStaleOwner(claim, pod));
}

/** hasUnexpectedController: the claim goes with somebody else. */
export function hasUnexpectedController(claim: PersistentVolumeClaim, set: StatefulSet, pod: Pod): boolean {
  const { whenDeleted, whenScaled } = policyOf(set);
  if (whenDeleted === 'Retain' && whenScaled === 'Retain') return false;
  return refsOf(claim).some((ref) => {
    if (isAbout(ref, set)) return ref.uid !== set.metadata.uid;
    if (isAbout(ref, pod)) return ref.uid !== pod.metadata.uid;
    return ref.controller === true;
  });
}

/** Whether the set, and whether the Pod, is to own the claim. */
function wantedOwners(set: StatefulSet, pod: Pod): readonly [bySet: boolean, byPod: boolean] {
  const { whenDeleted, whenScaled } = policyOf(set);
  const isScaledDown = !isInRange(set, pod);
  const byPod = whenScaled === 'Delete' && isScaledDown;
  return [whenDeleted === 'Delete' && !byPod, byPod];
}

/** updateClaimOwnerRefForSetAndPod; the same value if the claim is owned as it should be (isClaimOwnerUpToDate). */
export function withOwners(claim: PersistentVolumeClaim, set: StatefulSet, pod: Pod): PersistentVolumeClaim {
  if (hasStaleOwner(claim, set) || hasStaleOwner(claim, pod)) return claim;
  const isOurs = ({ uid }: OwnerReference) =>
    uid !== undefined && (uid === set.metadata.uid || uid === pod.metadata.uid);
  const ours = refsOf(claim).filter(isOurs);
  const isForeign = hasUnexpectedController(claim, set, pod);
  const [bySet, byPod] = isForeign ? [false, false] : wantedOwners(set, pod);
  const has = (owner: KubeObject) => ours.some(({ uid, controller }) => uid === owner.metadata.uid && controller);
  const isRight = ours.length === Number(bySet) + Number(byPod) && bySet === has(set) && byPod === has(pod);
  if (isRight) return claim;
  const others = refsOf(claim).filter((ref) => !isAbout(ref, set) && !isAbout(ref, pod));
  const owners = [...(bySet ? [set] : []), ...(byPod ? [pod] : [])].map(controllerReference);
  return { ...claim, metadata: { ...claim.metadata, ownerReferences: [...others, ...owners] } };
}
