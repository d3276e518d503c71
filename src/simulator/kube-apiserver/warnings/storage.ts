// Warnings about PersistentVolumes, claims, StorageClasses and CSIDrivers (pkg/api/{persistentvolume,persistentvolumeclaim,storage},
// pkg/registry/storage, Kubernetes 1.36).
import { FieldPath } from '../../../api/field-path.ts';
import type {
  CSIDriver,
  CSIStorageCapacity,
  PersistentVolume,
  PersistentVolumeClaim,
  PersistentVolumeSpec,
  StorageClass,
} from '../../../api/object.ts';
import { semanticEqual } from '../validation/semantic-equal.ts';
import { claimWarnings } from './claim.ts';
import { deprecatedNodeLabels, termWarnings } from './node-labels.ts';

const annotations = FieldPath.of('metadata', 'annotations');
const spec = FieldPath.of('spec');
const classAnnotation = 'volume.beta.kubernetes.io/storage-class';

/** Annotations of volumes that are fields today. */
const deprecatedAnnotations: readonly (readonly [key: string, advice: string])[] = [
  [classAnnotation, 'deprecated since v1.8; use "storageClassName" attribute instead'],
  ['volume.beta.kubernetes.io/mount-options', 'deprecated since v1.31; use "mountOptions" attribute instead'],
];

/** In the order in which the server looks for them; with the name in the path where that is another. */
const deprecatedSources: readonly (readonly [source: keyof PersistentVolumeSpec, advice: string, shown?: string])[] = [
  ['cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['storageos', 'deprecated in v1.22, non-functional in v1.25+', 'storageOS'],
  ['glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
  ['rbd', 'deprecated in v1.28, non-functional in v1.31+'],
];

const recycling =
  'The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.';

export function volumeObjectWarnings({ metadata, spec: volume = {} }: PersistentVolume): string[] {
  const found: string[] = [];
  for (const [key, advice] of deprecatedAnnotations) {
    if (metadata.annotations?.[key] !== undefined) found.push(`${annotations.key(key)}: ${advice}`);
  }
  if (volume.persistentVolumeReclaimPolicy === 'Recycle') {
    found.push(`${spec.child('persistentVolumeReclaimPolicy')}: ${recycling}`);
  }
  const terms = spec.child('nodeAffinity', 'required', 'nodeSelectorTerms');
  volume.nodeAffinity?.required?.nodeSelectorTerms.forEach((term, i) =>
    found.push(...termWarnings(term, terms.index(i))),
  );
  for (const [source, advice, shown = source] of deprecatedSources) {
    if (volume[source] !== undefined) found.push(`${spec.child(shown)}: ${advice}`);
  }
  return found;
}

export function claimObjectWarnings({ metadata, spec: claim }: PersistentVolumeClaim): string[] {
  const annotated = metadata.annotations?.[classAnnotation] !== undefined;
  const advice = `${annotations.key(classAnnotation)}: deprecated since v1.8; use "storageClassName" attribute instead`;
  return [...(annotated ? [advice] : []), ...claimWarnings(claim, spec)];
}

export function storageClassWarnings({ allowedTopologies = [] }: StorageClass): string[] {
  return allowedTopologies.flatMap(({ matchLabelExpressions = [] }, i) =>
    matchLabelExpressions.flatMap(({ key }, j) => {
      const advice = deprecatedNodeLabels[key];
      const at = FieldPath.of('allowedTopologies').index(i).child('matchLabelExpressions').index(j).child('key');
      return advice ? [`${at}: ${advice}`] : [];
    }),
  );
}

export function storageCapacityWarnings({ nodeTopology }: CSIStorageCapacity): string[] {
  const path = FieldPath.of('nodeTopology');
  const found = termWarnings({ matchExpressions: nodeTopology?.matchExpressions ?? [] }, path);
  for (const label in nodeTopology?.matchLabels) {
    const advice = deprecatedNodeLabels[label];
    if (advice) found.push(`${path.child('matchLabels', label)}: ${advice}`);
  }
  return found;
}

const tokensInSecrets =
  'spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible logging of tokens in volume attributes';

export function newDriverWarnings({ spec: driver }: CSIDriver): string[] {
  const asksTokens = (driver.tokenRequests?.length ?? 0) > 0;
  return asksTokens && driver.serviceAccountTokenInSecrets === undefined ? [tokensInSecrets] : [];
}

export const driverWarnings = (driver: CSIDriver, old: CSIDriver): string[] =>
  semanticEqual(driver.spec.tokenRequests, old.spec.tokenRequests) ? [] : newDriverWarnings(driver);
