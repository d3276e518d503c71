// The sync of a volume: free, bound to its claim, or what becomes of it without (syncVolume).
import { keyOf, type PersistentVolume, type PersistentVolumeClaim } from '../../../api/object.ts';
import { isSameMode } from '../../../api/persistent-volume.ts';
import { failSync } from '../controller.ts';
import type { Binder } from './binder.ts';
import { provisionedBy, withDeletionFinalizers, withMigration } from './migration.ts';
import type { Reclaiming } from './reclaiming.ts';

/** `enqueueClaim` has a claim looked at again. */
export function syncVolume(
  binder: Binder,
  reclaiming: Reclaiming,
  given: PersistentVolume,
  enqueueClaim: (key: string) => void,
): void {
  const annotated = withDeletionFinalizers(withMigration(given, 'volume'));
  const volume = annotated === given ? given : binder.updateVolume(annotated);
  const ref = volume.spec?.claimRef;
  if (!ref?.uid) {
    binder.setVolumePhase(volume, 'Available');
    return;
  }
  const key = `${ref.namespace}/${ref.name}`;
  const claim = claimOf(binder, volume, key);
  if (!claim) {
    // A cluster that was given in part lacks claims that are there.
    if (binder.hasGone(key)) release(binder, reclaiming, volume);
    return;
  }
  if (!claim.spec?.volumeName) {
    if (isSameMode(claim, volume)) enqueueClaim(keyOf(claim));
    else tellMismatch(binder, volume, claim);
  } else if (claim.spec.volumeName === volume.metadata.name) binder.setVolumePhase(volume, 'Bound');
  else if (isOfNoUse(volume)) release(binder, reclaiming, volume);
  else binder.unbind(volume);
}

/** The claim that the volume is bound to, as far as it is still the same one; asks the server if in doubt. */
function claimOf(
  { claims, context }: Binder,
  volume: PersistentVolume,
  key: string,
): PersistentVolumeClaim | undefined {
  const { uid, namespace = '', name = '' } = volume.spec?.claimRef ?? {};
  const known = claims.get(key);
  if (known?.metadata.uid === uid) return known;
  if (!known && isReleased(volume)) return undefined;
  const response = context.client.get<PersistentVolumeClaim>({ resource: 'persistentvolumeclaims', namespace, name });
  if (!response.ok) return response.status.reason === 'NotFound' ? undefined : failSync(response.status);
  return response.object.metadata.uid === uid ? response.object : undefined;
}

const isReleased = ({ status }: PersistentVolume) => status?.phase === 'Released' || status?.phase === 'Failed';

/** The claim went, or got another volume: what the reclaim policy says. */
function release(binder: Binder, reclaiming: Reclaiming, volume: PersistentVolume): void {
  reclaiming.reclaim(isReleased(volume) ? volume : binder.setVolumePhase(volume, 'Released'));
}

/** Made for a claim that got another volume. */
function isOfNoUse({ metadata, spec }: PersistentVolume): boolean {
  return metadata.annotations?.[provisionedBy] !== undefined && spec?.persistentVolumeReclaimPolicy === 'Delete';
}

function tellMismatch({ recorder }: Binder, volume: PersistentVolume, claim: PersistentVolumeClaim): void {
  const why = 'due to incompatible volumeMode.';
  const { name } = claim.metadata;
  const told = `Cannot bind PersistentVolume to requested PersistentVolumeClaim "${name}" ${why}`;
  recorder.event(volume, 'Warning', 'VolumeMismatch', told);
  const message = `Cannot bind PersistentVolume "${volume.metadata.name}" to requested PersistentVolumeClaim ${why}`;
  recorder.event(claim, 'Warning', 'VolumeMismatch', message);
}
