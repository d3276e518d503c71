// VolumeBinding: finds (or has provisioned) the volumes of the Pod's claims. Not modelled yet.
import { skip } from '../framework/status.ts';
import { claimsStorage, unmodelledVolumePlugin } from './unmodelled-volumes.ts';

export const volumeBinding = unmodelledVolumePlugin('VolumeBinding', claimsStorage, {
  /** Capacity scoring is off by default in 1.36: the plugin never scores. */
  preScore: () => skip,
  score: () => 0,
  reserve: () => undefined,
  preBind: () => undefined,
});
