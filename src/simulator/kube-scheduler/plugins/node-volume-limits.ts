// NodeVolumeLimits: how many volumes of a CSI driver a node takes, in-tree volumes that migrated to CSI included. Not modelled yet.
import { claimsStorage, unmodelledVolumePlugin } from './unmodelled-volumes.ts';

export const nodeVolumeLimits = unmodelledVolumePlugin(
  'NodeVolumeLimits',
  (volume) =>
    claimsStorage(volume) ||
    Boolean(
      volume.gcePersistentDisk ??
      volume.awsElasticBlockStore ??
      volume.azureDisk ??
      volume.azureFile ??
      volume.cinder ??
      volume.vsphereVolume ??
      volume.portworxVolume,
    ),
);
