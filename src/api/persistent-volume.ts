// How PersistentVolumes and claims find each other, as every component reads it (k8s.io/component-helpers/storage).
import { matchesLabelSelector } from './label-selector.ts';
import { matchesNodeSelector } from './node-selector.ts';
import {
  controllerOf,
  type Node,
  type ObjectReference,
  type PersistentVolume,
  type PersistentVolumeClaim,
  type Pod,
  type Volume,
} from './object.ts';
import { compareQuantities, parseQuantity, type Quantity } from './quantity.ts';

/** On a claim: it has been bound; without its volume it is lost now. */
export const bindCompleted = 'pv.kubernetes.io/bind-completed';
/** On a volume or a claim: the controller bound it, not a user. */
export const boundByController = 'pv.kubernetes.io/bound-by-controller';
/** On a claim: the node for whose Pod a volume is wanted. */
export const selectedNode = 'volume.kubernetes.io/selected-node';
/** The provisioner of classes whose volumes are made by hand. */
export const noProvisioner = 'kubernetes.io/no-provisioner';

const betaClass = 'volume.beta.kubernetes.io/storage-class';

/** The name of the claim that a volume of the Pod stands for: given, or that of an ephemeral volume. */
export function claimNameOf(pod: Pod, { name, persistentVolumeClaim, ephemeral }: Volume): string | undefined {
  if (persistentVolumeClaim) return persistentVolumeClaim.claimName;
  return ephemeral && `${pod.metadata.name}-${name}`;
}

/** VolumeIsForPod: what is wrong with the claim of an ephemeral volume, which must be the Pod's own. */
export function ownershipProblem(pod: Pod, claim: PersistentVolumeClaim): string | undefined {
  const { namespace, name, uid } = pod.metadata;
  if (controllerOf(claim)?.uid === uid) return undefined;
  const { metadata } = claim;
  return `PVC ${metadata.namespace}/${metadata.name} was not created for pod ${namespace}/${name} (pod is not owner)`;
}

/** GetPersistentVolumeClaimClass; empty: none. */
export function claimClass({ metadata, spec }: PersistentVolumeClaim): string {
  return metadata.annotations?.[betaClass] ?? spec?.storageClassName ?? '';
}

/** PersistentVolumeClaimHasClass: whether the claim names a class, be it the empty one. */
export function hasClass({ metadata, spec }: PersistentVolumeClaim): boolean {
  return metadata.annotations?.[betaClass] !== undefined || spec?.storageClassName !== undefined;
}

/** GetPersistentVolumeClass. */
export function volumeClass({ metadata, spec }: PersistentVolume): string {
  return metadata.annotations?.[betaClass] ?? spec?.storageClassName ?? '';
}

/** Whether the claim is bound, once and for all. */
export function isFullyBound({ metadata, spec }: PersistentVolumeClaim): boolean {
  return Boolean(spec?.volumeName) && metadata.annotations?.[bindCompleted] !== undefined;
}

/** IsVolumeBoundToClaim: the volume names the claim, with its uid or (bound beforehand by a user) without any. */
export function isBoundTo({ spec }: PersistentVolume, { metadata }: PersistentVolumeClaim): boolean {
  const ref = spec?.claimRef;
  if (!ref || ref.name !== metadata.name || ref.namespace !== metadata.namespace) return false;
  return !ref.uid || ref.uid === metadata.uid;
}

/** CheckNodeAffinity: whether the volume can be used on a node with such labels. */
export function isUsableOn({ spec }: Pick<PersistentVolume, 'spec'>, labels: Node['metadata']['labels']): boolean {
  const required = spec?.nodeAffinity?.required;
  return !required || matchesNodeSelector(required, { metadata: { ...(labels && { labels }) } });
}

const nothing = parseQuantity(0) as Quantity;

/** The storage that a claim asks for. */
export function requestedStorage({ spec }: PersistentVolumeClaim): Quantity {
  return parseQuantity(spec?.resources?.requests?.['storage'] ?? 0) ?? nothing;
}

/** The storage that a volume has. */
export function storageOf({ spec }: PersistentVolume): Quantity {
  return parseQuantity(spec?.capacity?.['storage'] ?? 0) ?? nothing;
}

const modeOf = (spec: { readonly volumeMode?: string } | undefined) => spec?.volumeMode ?? 'Filesystem';

/** CheckVolumeModeMismatches, turned round. */
export const isSameMode = (claim: PersistentVolumeClaim, volume: PersistentVolume) =>
  modeOf(claim.spec) === modeOf(volume.spec);

/** CheckAccessModes: whether the volume has all modes that the claim asks for. */
export function hasAccessModes(claim: PersistentVolumeClaim, volume: PersistentVolume): boolean {
  return (claim.spec?.accessModes ?? []).every((mode) => volume.spec?.accessModes?.includes(mode));
}

/** Whom volumes are looked for, besides the claim. */
export interface MatchOptions {
  /** The node of the claim's first Pod, whose labels the volume has to suit; absent where the claim is bound at once. */
  readonly node?: Node;
  /** Names of volumes that are spoken for. */
  readonly taken?: ReadonlySet<string>;
  /** The claim waits for its first Pod: without a node only a volume that is bound to it already will do. */
  readonly delayed?: boolean;
}

/** FindMatchingVolume: the volume that is bound to the claim already, or the smallest available one that suits it. */
export function findMatchingVolume(
  claim: PersistentVolumeClaim,
  volumes: Iterable<PersistentVolume>,
  { node, taken, delayed = false }: MatchOptions,
): PersistentVolume | undefined {
  const requested = requestedStorage(claim);
  let smallest: PersistentVolume | undefined;
  for (const volume of volumes) {
    if (taken?.has(volume.metadata.name ?? '')) continue;
    const isBound = isBoundTo(volume, claim);
    if (volume.spec?.claimRef && !isBound) continue;
    if (compareQuantities(storageOf(volume), requested) < 0 || !suits(volume, claim)) continue;
    const isUsable = !node || isUsableOn(volume, node.metadata.labels);
    if (isBound) return isUsable ? volume : undefined;
    if (!isUsable || (!node && delayed) || !isFree(volume, claim)) continue;
    if (node && !hasAccessModes(claim, volume)) continue;
    if (!smallest || compareQuantities(storageOf(smallest), storageOf(volume)) > 0) smallest = volume;
  }
  return smallest;
}

/** What even a volume that is bound to the claim must agree in. */
function suits(volume: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  const attributes = (spec: { readonly volumeAttributesClassName?: string } | undefined) =>
    spec?.volumeAttributesClassName ?? '';
  return (
    isSameMode(claim, volume) &&
    attributes(claim.spec) === attributes(volume.spec) &&
    !volume.metadata.deletionTimestamp
  );
}

function isFree(volume: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  const { metadata, status } = volume;
  const selector = claim.spec?.selector;
  return (
    status?.phase === 'Available' &&
    (!selector || matchesLabelSelector(selector, metadata.labels)) &&
    volumeClass(volume) === claimClass(claim)
  );
}

/** GetBindVolumeToClaim: the volume as it is when bound to the claim; the same value if nothing changes. */
export function boundVolume(volume: PersistentVolume, claim: PersistentVolumeClaim): PersistentVolume {
  const { apiVersion, kind } = claim;
  const { namespace, name, uid, resourceVersion } = claim.metadata;
  const ref = volume.spec?.claimRef;
  const isNamed = ref?.name === name && ref?.namespace === namespace && ref?.uid === uid;
  const { annotations } = volume.metadata;
  const isMarked = isBoundTo(volume, claim) || annotations?.[boundByController] !== undefined;
  if (isNamed && isMarked) return volume;
  const claimRef = { kind, namespace, name, uid, apiVersion, resourceVersion } as ObjectReference;
  return {
    ...volume,
    metadata: {
      ...volume.metadata,
      ...(!isMarked && { annotations: { ...annotations, [boundByController]: 'yes' } }),
    },
    spec: { ...volume.spec, ...(!isNamed && { claimRef }) },
  };
}
