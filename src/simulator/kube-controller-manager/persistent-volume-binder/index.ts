// The PersistentVolume controller: claims get volumes, found or made, and volumes are given back
// (k8s.io/kubernetes/pkg/controller/volume/persistentvolume, v1.36).
import { keyOf, type PersistentVolume, type PersistentVolumeClaim, type StorageClass } from '../../../api/object.ts';
import type { Timer } from '../../kernel/kernel.ts';
import { SyncQueue, type Controller, type ControllerContext } from '../controller.ts';
import { Binder } from './binder.ts';
import { isWaitedFor, syncClaim } from './claims.ts';
import { Operations } from './operations.ts';
import { Provisioning } from './provisioning.ts';
import { Reclaiming } from './reclaiming.ts';
import { syncVolume } from './volumes.ts';

/** Everything is looked at again that often, be it changed or not (PVClaimBinderSyncPeriod). */
const resyncPeriod = 15_000;

export const persistentVolumeBinder: Controller = {
  name: 'persistent-volume-binder',
  start(context) {
    new PersistentVolumeBinder(context).listen();
  },
};

class PersistentVolumeBinder {
  readonly #context: ControllerContext;
  readonly #binder: Binder;
  readonly #provisioning: Provisioning;
  readonly #reclaiming: Reclaiming;
  readonly #claimQueue: SyncQueue;
  readonly #volumeQueue: SyncQueue;
  #resync: Timer | undefined;
  #resyncTime = 0;

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#binder = new Binder(context);
    const operations = new Operations(context.kernel);
    this.#provisioning = new Provisioning(this.#binder, operations);
    this.#reclaiming = new Reclaiming(this.#binder, operations);
    this.#claimQueue = new SyncQueue(context, (key) => this.#syncClaim(key));
    this.#volumeQueue = new SyncQueue(context, (key) => this.#syncVolume(key));
  }

  listen(): void {
    const { informers, kernel } = this.#context;
    informers.of<StorageClass>('storageclasses.storage.k8s.io');
    const enqueueVolume = (volume: PersistentVolume) => this.#volumeQueue.add(keyOf(volume));
    this.#volumesOf().handle({
      onAdd: (volume) => {
        // What was settled before the run is left as it is.
        const isSettled = !['', 'Pending'].includes(volume.status?.phase ?? '');
        if (informers.started || !isSettled) enqueueVolume(volume);
        else this.#binder.volumes.put(volume);
      },
      onUpdate: enqueueVolume,
      onDelete: enqueueVolume,
    });
    const enqueueClaim = (claim: PersistentVolumeClaim) => this.#claimQueue.add(keyOf(claim));
    this.#claimsOf().handle({
      onAdd: (claim) => {
        const isSettled = ['Bound', 'Lost'].includes(claim.status?.phase ?? '');
        if (informers.started || !isSettled) enqueueClaim(claim);
        else this.#binder.claims.put(claim);
      },
      onUpdate: enqueueClaim,
      onDelete: enqueueClaim,
    });
    this.#resyncTime = kernel.now + resyncPeriod;
    this.#awaitResync(true);
  }

  #claimsOf() {
    return this.#context.informers.of<PersistentVolumeClaim>('persistentvolumeclaims');
  }

  #volumesOf() {
    return this.#context.informers.of<PersistentVolume>('persistentvolumes');
  }

  /** In the foreground where the next look at everything will find something to do. */
  #awaitResync(background: boolean): void {
    const { kernel, client } = this.#context;
    this.#resync?.cancel();
    const resync = () => {
      for (const claim of this.#claimsOf().values()) this.#claimQueue.add(keyOf(claim));
      for (const volume of this.#volumesOf().values()) this.#volumeQueue.add(keyOf(volume));
      this.#resync = undefined;
      this.#resyncTime = kernel.now + resyncPeriod;
      this.#awaitResync(true);
    };
    this.#resync = kernel.after(this.#resyncTime - kernel.now, client.actor, resync, { background });
  }

  #syncClaim(key: string): void {
    const { claims } = this.#binder;
    const claim = this.#claimsOf().get(key);
    if (!claim) return this.#claimGone(key);
    if (claims.put(claim)) syncClaim(this.#binder, this.#provisioning, claim);
  }

  #claimGone(key: string): void {
    const claim = this.#binder.claims.get(key);
    if (!claim) return;
    this.#binder.claims.delete(key);
    this.#binder.noteGone(key);
    if (claim.spec?.volumeName) this.#volumeQueue.add(claim.spec.volumeName);
  }

  #syncVolume(key: string): void {
    const { volumes } = this.#binder;
    const volume = this.#volumesOf().get(key);
    if (!volume) return this.#volumeGone(key);
    if (!volumes.put(volume)) return;
    syncVolume(this.#binder, this.#reclaiming, volume, (claim) => this.#claimQueue.add(claim));
    // Nobody tells a waiting claim of a volume that came after it: it is found at the next look.
    const current = volumes.get(key);
    if (current && isWaitedFor(this.#binder, current)) this.#awaitResync(false);
  }

  #volumeGone(key: string): void {
    const volume = this.#binder.volumes.get(key);
    if (!volume) return;
    this.#binder.volumes.delete(key);
    this.#binder.noteGone(key);
    const ref = volume.spec?.claimRef;
    if (ref) this.#claimQueue.add(`${ref.namespace}/${ref.name}`);
  }
}
