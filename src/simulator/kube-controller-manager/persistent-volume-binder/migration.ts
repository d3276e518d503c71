// Notes on claims and volumes of in-tree plugins who is in charge of them now (pv_controller_base.go).
import { csiDriverOf } from '../../../api/csi-migration.ts';
import type { KubeObject, PersistentVolume } from '../../../api/object.ts';

export const storageProvisioner = 'volume.kubernetes.io/storage-provisioner';
export const betaStorageProvisioner = 'volume.beta.kubernetes.io/storage-provisioner';
export const provisionedBy = 'pv.kubernetes.io/provisioned-by';
export const migratedTo = 'pv.kubernetes.io/migrated-to';
export const inTreeFinalizer = 'kubernetes.io/pv-controller';
const externalFinalizer = 'external-provisioner.volume.kubernetes.io/finalizer';

/** updateMigrationAnnotations: names the CSI driver that took over; the same value if nothing changes. */
export function withMigration<T extends KubeObject>(object: T, kind: 'claim' | 'volume'): T {
  const annotations = object.metadata.annotations ?? {};
  const provisioner =
    kind === 'claim'
      ? (annotations[storageProvisioner] ?? annotations[betaStorageProvisioner])
      : annotations[provisionedBy];
  if (provisioner === undefined) return object;
  const driver = csiDriverOf(provisioner);
  if ((annotations[migratedTo] || undefined) === driver) return object;
  const { [migratedTo]: _, ...others } = annotations;
  const changed = driver === undefined ? others : { ...others, [migratedTo]: driver };
  return { ...object, metadata: { ...object.metadata, annotations: changed } };
}

/** modifyDeletionFinalizers: volumes that this controller deletes wait for it, others do not; the same value if nothing changes. */
export function withDeletionFinalizers(volume: PersistentVolume): PersistentVolume {
  const provisioner = volume.metadata.annotations?.[provisionedBy];
  if (provisioner === undefined) return volume;
  const { finalizers = [] } = volume.metadata;
  const isMigrated = csiDriverOf(provisioner) !== undefined;
  if (!isMigrated && !provisioner.startsWith('kubernetes.io/')) return volume;
  const isDeleted = !isMigrated && volume.spec?.persistentVolumeReclaimPolicy === 'Delete';
  const others = finalizers.filter(
    (finalizer) => (isDeleted || finalizer !== inTreeFinalizer) && (isMigrated || finalizer !== externalFinalizer),
  );
  // Nothing can be added to what is going already.
  const mayAdd = isDeleted && !volume.metadata.deletionTimestamp;
  const wanted = mayAdd && !others.includes(inTreeFinalizer) ? [...others, inTreeFinalizer] : others;
  if (wanted.length === finalizers.length && wanted.every((finalizer) => finalizers.includes(finalizer))) return volume;
  return { ...volume, metadata: { ...volume.metadata, finalizers: wanted } };
}
