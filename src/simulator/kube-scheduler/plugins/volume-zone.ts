// VolumeZone: a bound volume can be used in its zone only. Not modelled yet. Ephemeral volumes are none of its business.
import { unmodelledVolumePlugin } from './unmodelled-volumes.ts';

export const volumeZone = unmodelledVolumePlugin(
  'VolumeZone',
  ({ persistentVolumeClaim }) => persistentVolumeClaim !== undefined,
);
