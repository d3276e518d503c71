// VolumeRestrictions: disks that only one Pod of a node may use, and ReadWriteOncePod claims. Not modelled yet.
import { claimsStorage, unmodelledVolumePlugin } from './unmodelled-volumes.ts';

export const volumeRestrictions = unmodelledVolumePlugin(
  'VolumeRestrictions',
  (volume) =>
    claimsStorage(volume) ||
    Boolean(volume.gcePersistentDisk ?? volume.awsElasticBlockStore ?? volume.rbd ?? volume.iscsi),
);
