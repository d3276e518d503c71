// The sync of a claim: it gets its volume, keeps it, or loses it (syncClaim).
import { defaultClass, defaultStorageClassMarks } from '../../../api/default-class.ts';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../../api/object.ts';
import {
  bindCompleted,
  boundByController,
  claimClass,
  findMatchingVolume,
  hasAccessModes,
  hasClass,
  isBoundTo,
  isSameMode,
  requestedStorage,
  selectedNode,
  storageOf,
  volumeClass,
} from '../../../api/persistent-volume.ts';
import { value } from '../../../api/quantity.ts';
import { groupBy } from '../../../base/group.ts';
import { isPodTerminal } from '../pod-state.ts';
import type { Binder } from './binder.ts';
import { withMigration } from './migration.ts';
import type { Provisioning } from './provisioning.ts';

export function syncClaim(binder: Binder, provisioning: Provisioning, given: PersistentVolumeClaim): void {
  const migrated = withMigration(given, 'claim');
  const claim = migrated === given ? given : binder.updateClaim(migrated);
  if (claim.metadata.annotations?.[bindCompleted] !== undefined) syncBound(binder, claim);
  else if (claim.spec?.volumeName) syncNaming(binder, claim, claim.spec.volumeName);
  else syncUnbound(binder, provisioning, claim);
}

/** A claim that names no volume: any that suits it, or one that is made for it. */
function syncUnbound(binder: Binder, provisioning: Provisioning, claim: PersistentVolumeClaim): void {
  const { recorder, context } = binder;
  const classes = context.informers.of<StorageClass>('storageclasses.storage.k8s.io');
  const delayed = isDelayed(binder, claim);
  const volume = bestMatch(binder, claim);
  if (volume) return binder.bind(volume, claim);
  const className = hasClass(claim) ? undefined : defaultClass([...classes.values()], defaultStorageClassMarks);
  if (className !== undefined) {
    binder.updateClaim({ ...claim, spec: { ...claim.spec, storageClassName: className } });
    return;
  }
  if (delayed && claim.metadata.annotations?.[selectedNode] === undefined) tellWaiting(binder, claim);
  else if (claimClass(claim) !== '') return provisioning.provision(claim);
  else {
    const message = 'no persistent volumes available for this claim and no storage class is set';
    recorder.event(claim, 'Normal', 'FailedBinding', message);
  }
  binder.setClaimStatus(claim, 'Pending');
}

function isDelayed({ context }: Binder, claim: PersistentVolumeClaim): boolean {
  const classes = context.informers.of<StorageClass>('storageclasses.storage.k8s.io');
  return classes.get(claimClass(claim))?.volumeBindingMode === 'WaitForFirstConsumer';
}

/** emitEventForUnboundDelayBindingClaim. */
function tellWaiting({ context, recorder }: Binder, claim: PersistentVolumeClaim): void {
  const pods = [...context.informers.podsByClaim.using(claim)].filter(
    (pod) => !isPodTerminal(pod) && !pod.spec?.nodeName,
  );
  const names = pods.map(({ metadata }) => metadata.name);
  if (names.length === 0) {
    const message = 'waiting for first consumer to be created before binding';
    recorder.event(claim, 'Normal', 'WaitForFirstConsumer', message);
    return;
  }
  const whom = `pod${names.length > 1 ? 's' : ''} ${names.join(',')}`;
  recorder.event(claim, 'Normal', 'WaitForPodScheduled', `waiting for ${whom} to be scheduled`);
}

const modes = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];

/** findBestMatchForClaim: of the volumes with all the access modes, those that have the fewest others first. */
function bestMatch(binder: Binder, claim: PersistentVolumeClaim): PersistentVolume | undefined {
  const delayed = isDelayed(binder, claim);
  const suitable = [...binder.volumes.values()].filter((volume) => hasAccessModes(claim, volume));
  const byModes = groupBy(suitable, ({ spec }) => modes.filter((mode) => spec?.accessModes?.includes(mode)).length);
  for (const [, volumes] of [...byModes].sort(([a], [b]) => a - b)) {
    const found = findMatchingVolume(claim, volumes, { delayed });
    if (found) return found;
  }
  return undefined;
}

/** A claim that asks for one volume by name. */
function syncNaming(binder: Binder, claim: PersistentVolumeClaim, volumeName: string): void {
  const { recorder } = binder;
  const volume = binder.volumes.get(volumeName);
  if (volume?.spec?.claimRef && isBoundTo(volume, claim)) return binder.bind(volume, claim);
  if (volume?.spec?.claimRef) {
    recorder.event(claim, 'Warning', 'FailedBinding', `volume "${volumeName}" already bound to a different claim.`);
    // By the controller: it should never happen, and is tried again.
    if (claim.metadata.annotations?.[boundByController] !== undefined) return;
  } else if (volume) {
    const mismatch = mismatchOf(volume, claim);
    if (!mismatch) return binder.bind(volume, claim);
    const message = `Cannot bind to requested volume "${volumeName}": ${mismatch}`;
    recorder.event(claim, 'Warning', 'VolumeMismatch', message);
  }
  binder.setClaimStatus(claim, 'Pending');
}

/** checkVolumeSatisfyClaim. */
function mismatchOf(volume: PersistentVolume, claim: PersistentVolumeClaim): string | undefined {
  const { name, deletionTimestamp } = volume.metadata;
  if (deletionTimestamp) return `the volume is marked for deletion "${name}"`;
  if (value(storageOf(volume)) < value(requestedStorage(claim))) return 'requested PV is too small';
  if (volumeClass(volume) !== claimClass(claim)) return 'storageClassName does not match';
  const [wanted, given] = [claim.spec?.volumeAttributesClassName, volume.spec?.volumeAttributesClassName];
  if ((wanted ?? '') !== (given ?? '')) return 'volumeAttributesClassName does not match';
  if (!isSameMode(claim, volume)) return 'incompatible volumeMode';
  return hasAccessModes(claim, volume) ? undefined : 'incompatible accessMode';
}

/** A claim that was bound once: without its volume its data is lost. */
function syncBound(binder: Binder, claim: PersistentVolumeClaim): void {
  const lose = (reason: string, message: string) =>
    binder.moveClaim(claim, 'Lost', { type: 'Warning', reason, message });
  const { volumeName = '' } = claim.spec ?? {};
  if (!volumeName) {
    return lose('ClaimLost', 'Bound claim has lost reference to PersistentVolume. Data on the volume is lost!');
  }
  const volume = binder.volumes.get(volumeName);
  if (!volume) {
    // A cluster that was given in part lacks volumes that are there.
    if (!binder.hasGone(volumeName)) return;
    return lose('ClaimLost', 'Bound claim has lost its PersistentVolume. Data on the volume is lost!');
  }
  const uid = volume.spec?.claimRef?.uid;
  if (!volume.spec?.claimRef || uid === claim.metadata.uid) return binder.bind(volume, claim);
  lose('ClaimMisbound', 'Two claims are bound to the same volume, this one is bound incorrectly');
}

/** Whether a claim that waits could be bound to the volume now, if it were looked at. */
export function isWaitedFor(binder: Binder, volume: PersistentVolume): boolean {
  for (const claim of binder.claims.values()) {
    if (claim.spec?.volumeName || claim.metadata.annotations?.[bindCompleted] !== undefined) continue;
    if (!hasAccessModes(claim, volume)) continue;
    if (findMatchingVolume(claim, [volume], { delayed: isDelayed(binder, claim) })) return true;
  }
  return false;
}
