// What the syncs of claims and volumes share: their stores, their writes, and the binding itself
// (k8s.io/kubernetes/pkg/controller/volume/persistentvolume/pv_controller.go, v1.36).
import { keyOf, type PersistentVolume, type PersistentVolumeClaim } from '../../../api/object.ts';
import { bindCompleted, boundByController, boundVolume, storageOf } from '../../../api/persistent-volume.ts';
import { compareQuantities, parseQuantity } from '../../../api/quantity.ts';
import { deepEqual } from '../../../base/json.ts';
import { EventRecorder, type EventType } from '../../client/event-recorder.ts';
import { succeeded, type ControllerContext } from '../controller.ts';
import { VersionedStore } from './versioned-store.ts';

/** An Event that goes with a change of phase. */
export interface PhaseEvent {
  readonly type: EventType;
  readonly reason: string;
  readonly message: string;
}

export class Binder {
  readonly context: ControllerContext;
  readonly recorder: EventRecorder;
  readonly claims = new VersionedStore<PersistentVolumeClaim>();
  readonly volumes = new VersionedStore<PersistentVolume>();
  readonly #gone = new Set<string>();

  constructor(context: ControllerContext) {
    this.context = context;
    this.recorder = new EventRecorder(context.kernel, context.client, { component: 'persistentvolume-controller' });
  }

  /** Whether an object was there and is gone, by key: what was never seen may be there all the same. */
  hasGone(key: string): boolean {
    return this.#gone.has(key);
  }

  noteGone(key: string): void {
    this.#gone.add(key);
  }

  /** bind: the volume names the claim, the claim its volume, and both are Bound; what is so already is not written again. */
  bind(volume: PersistentVolume, claim: PersistentVolumeClaim): void {
    const named = boundVolume(volume, claim);
    const bound = this.setVolumePhase(named === volume ? volume : this.updateVolume(named), 'Bound');
    this.setClaimStatus(this.#nameVolume(claim, bound), 'Bound', bound);
  }

  /** bindClaimToVolume. */
  #nameVolume(claim: PersistentVolumeClaim, volume: PersistentVolume): PersistentVolumeClaim {
    const { annotations } = claim.metadata;
    const volumeName = volume.metadata.name ?? '';
    const isNamed = claim.spec?.volumeName === volumeName;
    if (isNamed && annotations?.[bindCompleted] !== undefined) return claim;
    return this.updateClaim({
      ...claim,
      metadata: {
        ...claim.metadata,
        annotations: { ...(!isNamed && { [boundByController]: 'yes' }), [bindCompleted]: 'yes', ...annotations },
      },
      spec: { ...claim.spec, volumeName },
    });
  }

  /** unbindVolume: the volume forgets the claim, or (bound by a user) only which claim of that name it was. */
  unbind(volume: PersistentVolume): void {
    const { [boundByController]: byController, ...annotations } = volume.metadata.annotations ?? {};
    const { claimRef: { uid: _, ...claimRef } = {}, ...spec } = volume.spec ?? {};
    const { annotations: __, ...metadata } = volume.metadata;
    const free: PersistentVolume =
      byController === undefined
        ? { ...volume, spec: { ...spec, claimRef } }
        : {
            ...volume,
            metadata: { ...metadata, ...(Object.keys(annotations).length > 0 && { annotations }) },
            spec,
          };
    this.setVolumePhase(this.updateVolume(free), 'Available');
  }

  updateVolume(volume: PersistentVolume): PersistentVolume {
    return this.#put(volume, false);
  }

  updateClaim(claim: PersistentVolumeClaim): PersistentVolumeClaim {
    return this.#putClaim(claim, false);
  }

  /** updateVolumePhase, and the Event that tells of it; neither if the volume is in that phase. */
  setVolumePhase(volume: PersistentVolume, phase: string, event?: PhaseEvent): PersistentVolume {
    if (volume.status?.phase === phase) return volume;
    const { message: _, ...status } = volume.status ?? {};
    const moved = this.#put(
      { ...volume, status: { ...status, phase, ...(event && { message: event.message }) } },
      true,
    );
    if (event) this.recorder.event(moved, event.type, event.reason, event.message);
    return moved;
  }

  /** updateClaimStatus: the phase, and of a bound claim what it got. */
  setClaimStatus(claim: PersistentVolumeClaim, phase: string, volume?: PersistentVolume): PersistentVolumeClaim {
    const status = claimStatus(claim, phase, volume);
    return deepEqual(status, claim.status ?? {}) ? claim : this.#putClaim({ ...claim, status }, true);
  }

  /** updateClaimStatusWithEvent: neither if the claim is in that phase. */
  moveClaim(claim: PersistentVolumeClaim, phase: string, { type, reason, message }: PhaseEvent): void {
    if (claim.status?.phase === phase) return;
    this.recorder.event(this.setClaimStatus(claim, phase), type, reason, message);
  }

  #put(volume: PersistentVolume, isStatus: boolean): PersistentVolume {
    const target = { resource: 'persistentvolumes', name: keyOf(volume), ...(isStatus && { subresource: 'status' }) };
    const stored = succeeded(this.context.client.update<PersistentVolume>(target, volume));
    this.volumes.put(stored);
    return stored;
  }

  #putClaim(claim: PersistentVolumeClaim, isStatus: boolean): PersistentVolumeClaim {
    const { namespace = '', name = '' } = claim.metadata;
    const target = { resource: 'persistentvolumeclaims', namespace, name, ...(isStatus && { subresource: 'status' }) };
    const stored = succeeded(this.context.client.update<PersistentVolumeClaim>(target, claim));
    this.claims.put(stored);
    return stored;
  }
}

type ClaimStatus = NonNullable<PersistentVolumeClaim['status']>;

function claimStatus({ status = {} }: PersistentVolumeClaim, phase: string, volume?: PersistentVolume): ClaimStatus {
  const { accessModes: _, capacity, currentVolumeAttributesClassName, ...rest } = status;
  if (!volume) return { ...rest, phase };
  const { spec, metadata } = volume;
  const moves = status.phase !== phase;
  const resized = metadata.annotations?.['volume.alpha.kubernetes.io/pre-resize-capacity'];
  const known = parseQuantity(capacity?.['storage'] ?? '');
  const isKnown = known && compareQuantities(known, storageOf(volume)) === 0;
  const given = resized === undefined ? (isKnown ? capacity : spec?.capacity) : { ...capacity, storage: resized };
  const attributes =
    status.phase === 'Pending' && phase === 'Bound'
      ? spec?.volumeAttributesClassName
      : currentVolumeAttributesClassName;
  const shown = moves ? given : capacity;
  return {
    ...rest,
    phase,
    ...(spec?.accessModes && { accessModes: spec.accessModes }),
    ...(shown && { capacity: shown }),
    ...(attributes !== undefined && { currentVolumeAttributesClassName: attributes }),
  };
}
