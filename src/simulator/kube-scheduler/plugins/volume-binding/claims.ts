// The claims of a Pod: which of them have their volume, and which wait for the Pod's node to get one.
import type { PersistentVolume, PersistentVolumeClaim, Pod } from '../../../../api/object.ts';
import { groupBy } from '../../../../base/group.ts';
import {
  claimClass,
  claimNameOf,
  isFullyBound,
  ownershipProblem,
  volumeClass,
} from '../../../../api/persistent-volume.ts';
import { stateKey } from '../../framework/cycle-state.ts';
import type { Snapshot } from '../../framework/snapshot.ts';
import { failed, unresolvable, type Status } from '../../framework/status.ts';

/** PodVolumeClaims, those that wait for no Pod and are not bound left out: with one of them a Pod gets no node. */
export interface PodClaims {
  readonly bound: readonly PersistentVolumeClaim[];
  /** Not bound; the node decides from where they get a volume. */
  readonly delayed: readonly PersistentVolumeClaim[];
  /** The volumes of the classes of `delayed`, by class. */
  readonly volumes: ReadonlyMap<string, readonly PersistentVolume[]>;
}

/** Absent: the Pod has no claims. */
export const claimsOfPod = stateKey<PodClaims>('VolumeBinding');

/** The Pod's claims, undefined if it has none; a status if no node can be found before something happens to one of them. */
export function podClaims(pod: Pod, { listers, assumed }: Snapshot): PodClaims | Status | undefined {
  const { namespace } = pod.metadata;
  const claims: PersistentVolumeClaim[] = [];
  for (const volume of pod.spec?.volumes ?? []) {
    const name = claimNameOf(pod, volume);
    if (name === undefined) continue;
    const key = `${namespace}/${name}`;
    const claim = listers.persistentvolumeclaims.get(key);
    const isEphemeral = volume.ephemeral !== undefined;
    const problem = claim ? claimProblem(pod, claim, isEphemeral) : missing(name, isEphemeral);
    if (problem) return unresolvable(problem);
    const current = assumed.claims.get(key);
    if (current) claims.push(current);
  }
  return claims.length === 0 ? undefined : sorted(claims, { listers, assumed });
}

function missing(name: string, isEphemeral: boolean): string {
  const quoted = JSON.stringify(name);
  return isEphemeral
    ? `waiting for ephemeral volume controller to create the persistentvolumeclaim ${quoted}`
    : `persistentvolumeclaim ${quoted} not found`;
}

/** podHasPVCs: why the Pod cannot use the claim at all. */
function claimProblem(pod: Pod, claim: PersistentVolumeClaim, isEphemeral: boolean): string | undefined {
  const { metadata, spec, status } = claim;
  const quoted = JSON.stringify(metadata.name);
  if (status?.phase === 'Lost') {
    return `persistentvolumeclaim ${quoted} bound to non-existent persistentvolume ${JSON.stringify(spec?.volumeName ?? '')}`;
  }
  if (metadata.deletionTimestamp) return `persistentvolumeclaim ${quoted} is being deleted`;
  return isEphemeral ? ownershipProblem(pod, claim) : undefined;
}

/** GetPodVolumeClaims. */
function sorted(
  claims: readonly PersistentVolumeClaim[],
  { listers, assumed }: Pick<Snapshot, 'listers' | 'assumed'>,
): PodClaims | Status {
  const bound: PersistentVolumeClaim[] = [];
  const delayed: PersistentVolumeClaim[] = [];
  let isAnyImmediate = false;
  for (const claim of claims) {
    if (isFullyBound(claim)) {
      bound.push(claim);
      continue;
    }
    const className = claimClass(claim);
    const storageClass = listers['storageclasses.storage.k8s.io'].get(className);
    if (storageClass && storageClass.volumeBindingMode === undefined) {
      return failed(`VolumeBindingMode not set for StorageClass ${JSON.stringify(className)}`);
    }
    // A claim that names its volume is bound at once, whatever its class says.
    const waits = storageClass?.volumeBindingMode === 'WaitForFirstConsumer' && !claim.spec?.volumeName;
    if (waits) delayed.push(claim);
    else isAnyImmediate = true;
  }
  if (isAnyImmediate) return unresolvable('pod has unbound immediate PersistentVolumeClaims');
  const classes = new Set(delayed.map(claimClass));
  const volumes =
    classes.size === 0 ? [] : [...assumed.volumes.values()].filter((volume) => classes.has(volumeClass(volume)));
  return { bound, delayed, volumes: groupBy(volumes, volumeClass) };
}
