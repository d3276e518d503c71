// What becomes of a volume whose claim is gone (reclaimVolume in pv_controller.go).
import { refOf, type PersistentVolume } from '../../../api/object.ts';
import { failSync, succeeded } from '../controller.ts';
import type { Binder } from './binder.ts';
import { inTreeFinalizer, migratedTo, provisionedBy } from './migration.ts';
import type { Operations } from './operations.ts';
import { hostPathPlugin } from './provisioning.ts';

export class Reclaiming {
  readonly #binder: Binder;
  readonly #operations: Operations;
  readonly #left = new Set<string>();

  constructor(binder: Binder, operations: Operations) {
    this.#binder = binder;
    this.#operations = operations;
  }

  reclaim(volume: PersistentVolume): void {
    const { name, uid, annotations } = volume.metadata;
    if (annotations?.[migratedTo]) return;
    switch (volume.spec?.persistentVolumeReclaimPolicy) {
      case 'Retain':
        return;
      case 'Recycle':
        return this.#recycle(volume);
      case 'Delete':
        return this.#operations.run(`delete-${name}[${uid}]`, () => this.#delete(volume));
      default:
        this.#fail(volume, 'VolumeUnknownReclaimPolicy', 'Volume has unrecognized PersistentVolumeReclaimPolicy');
    }
  }

  #fail(volume: PersistentVolume, reason: string, message: string): void {
    this.#binder.setVolumePhase(volume, 'Failed', { type: 'Warning', reason, message });
  }

  #recycle(volume: PersistentVolume): void {
    const { kernel, client } = this.#binder.context;
    if (!volume.spec?.hostPath && !volume.spec?.nfs) {
      return this.#fail(volume, 'VolumeFailedRecycle', 'No recycler plugin found for the volume!');
    }
    // Told once: the volume is looked at again and again.
    if (this.#left.has(volume.metadata.uid ?? '')) return;
    this.#left.add(volume.metadata.uid ?? '');
    const reason = 'recycling of volumes is not modelled: the volume stays Released';
    kernel.record(client.actor, client.actor, { type: 'unknown', subject: refOf(volume), reason });
  }

  /** deleteVolumeOperation. False: it is to be tried again. */
  #delete(volume: PersistentVolume): boolean {
    const { client } = this.#binder.context;
    const deleter = deleterOf(volume);
    if (deleter === 'external') return true;
    if (deleter !== hostPathPlugin) {
      this.#fail(volume, 'VolumeFailedDelete', deleter);
      return true;
    }
    const { name = '' } = volume.metadata;
    const target = { resource: 'persistentvolumes', name };
    if (!client.get(target).ok) return true;
    const path = volume.spec?.hostPath?.path ?? '';
    if (!/\/tmp\/.+/.test(path)) {
      const message = `host_path deleter only supports /tmp/.+ but received provided ${path}`;
      this.#fail(volume, 'VolumeFailedDelete', message);
      return false;
    }
    this.#dropFinalizer(name);
    const deleted = client.delete(target);
    if (!deleted.ok && deleted.status.reason !== 'NotFound') failSync(deleted.status);
    return true;
  }

  #dropFinalizer(name: string): void {
    const volume = succeeded(
      this.#binder.context.client.get<PersistentVolume>({ resource: 'persistentvolumes', name }),
    );
    const { finalizers = [] } = volume.metadata;
    if (!finalizers.includes(inTreeFinalizer)) return;
    const left = finalizers.filter((finalizer) => finalizer !== inTreeFinalizer);
    this.#binder.updateVolume({ ...volume, metadata: { ...volume.metadata, finalizers: left } });
  }
}

/** findDeletablePlugin: the controller's own plugin, `external` if somebody else deletes the volume, or why nobody does. */
function deleterOf({ metadata, spec }: PersistentVolume): string {
  const provisioner = metadata.annotations?.[provisionedBy];
  if (provisioner) {
    if (provisioner === hostPathPlugin) return hostPathPlugin;
    if (!provisioner.startsWith('kubernetes.io/')) return 'external';
    const isKnown = provisioner === 'kubernetes.io/nfs' || provisioner === 'kubernetes.io/csi';
    return isKnown ? 'no deletable volume plugin matched' : `no volume plugin matched name: ${provisioner}`;
  }
  if (metadata.annotations?.[migratedTo] !== undefined || spec?.csi) return 'external';
  if (spec?.hostPath) return hostPathPlugin;
  const why = spec?.nfs ? 'no deletable volume plugin matched' : 'no volume plugin matched';
  return `error getting deleter volume plugin for volume "${metadata.name}": ${why}`;
}
