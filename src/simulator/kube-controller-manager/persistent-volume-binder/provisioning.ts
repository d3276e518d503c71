// Volumes that are made for claims: by a provisioner outside, or on the host's own disk by the controller itself
// (provisionClaim in pv_controller.go).
import { csiDriverOf } from '../../../api/csi-migration.ts';
import {
  keyOf,
  refOf,
  type PersistentVolume,
  type PersistentVolumeClaim,
  type StorageClass,
} from '../../../api/object.ts';
import { boundByController, claimClass, selectedNode } from '../../../api/persistent-volume.ts';
import { objectReference } from '../../client/event-recorder.ts';
import { succeeded } from '../controller.ts';
import type { Binder } from './binder.ts';
import {
  betaStorageProvisioner,
  inTreeFinalizer,
  provisionedBy,
  storageProvisioner,
  withMigration,
} from './migration.ts';
import type { Operations } from './operations.ts';

/** The only plugin of the controller that makes volumes, with --enable-hostpath-provisioner as on clusters of one machine. */
export const hostPathPlugin = 'kubernetes.io/host-path';

/** Plugins of the controller that make none. */
const otherPlugins = ['kubernetes.io/nfs', 'kubernetes.io/csi'];

export class Provisioning {
  readonly #binder: Binder;
  readonly #operations: Operations;
  /** Uids of claims that wait for somebody outside. */
  readonly #waiting = new Set<string>();

  constructor(binder: Binder, operations: Operations) {
    this.#binder = binder;
    this.#operations = operations;
  }

  /** Has a volume made for a claim with a class. */
  provision(claim: PersistentVolumeClaim): void {
    const { informers } = this.#binder.context;
    const className = claimClass(claim);
    const storageClass = informers.of<StorageClass>('storageclasses.storage.k8s.io').get(className);
    if (!storageClass) return this.#fail(claim, `storageclass.storage.k8s.io "${className}" not found`);
    const problem = pluginProblem(storageClass.provisioner);
    if (problem) return this.#fail(claim, problem);
    this.#operations.run(`provision-${keyOf(claim)}[${claim.metadata.uid}]`, () =>
      storageClass.provisioner === hostPathPlugin
        ? this.#makeOnHost(claim, storageClass)
        : this.#askProvisioner(claim, storageClass),
    );
  }

  #fail(claim: PersistentVolumeClaim, message: string): void {
    this.#binder.recorder.event(claim, 'Warning', 'ProvisioningFailed', message);
  }

  /** provisionClaimOperationExternal: says whose turn it is, and waits. */
  #askProvisioner(claim: PersistentVolumeClaim, { provisioner: named }: StorageClass): boolean {
    const provisioner = csiDriverOf(named) ?? named;
    const noted = this.#noteProvisioner(claim, provisioner);
    const message =
      `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system ` +
      'administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.';
    this.#binder.recorder.event(noted, 'Normal', 'ExternalProvisioning', message);
    this.#tellUnknown(noted, provisioner);
    return true;
  }

  /** What runs outside may well make the volume: that it does not come is no verdict. Told once. */
  #tellUnknown(claim: PersistentVolumeClaim, provisioner: string): void {
    const { kernel, client } = this.#binder.context;
    const { uid = '' } = claim.metadata;
    if (this.#waiting.has(uid)) return;
    this.#waiting.add(uid);
    const reason = `the provisioner ${provisioner} is not modelled: the claim waits for its volume`;
    kernel.record(client.actor, client.actor, { type: 'unknown', subject: refOf(claim), reason });
  }

  /** setClaimProvisioner. */
  #noteProvisioner(claim: PersistentVolumeClaim, provisioner: string): PersistentVolumeClaim {
    const { annotations } = claim.metadata;
    if (annotations?.[storageProvisioner] === provisioner) return claim;
    const noted = { ...annotations, [betaStorageProvisioner]: provisioner, [storageProvisioner]: provisioner };
    const changed = { ...claim, metadata: { ...claim.metadata, annotations: noted } };
    return this.#binder.updateClaim(withMigration(changed, 'claim'));
  }

  /** provisionClaimOperation of the hostPath plugin. */
  #makeOnHost(given: PersistentVolumeClaim, storageClass: StorageClass): boolean {
    const { context, recorder, volumes } = this.#binder;
    if (given.spec?.dataSource) {
      const only = 'Only CSI plugin can provision a claim with a datasource';
      this.#fail(given, `plugin "${hostPathPlugin}" is not a CSI plugin. ${only}`);
      return false;
    }
    const claim = this.#noteProvisioner(given, storageClass.provisioner);
    const name = `pvc-${claim.metadata.uid}`;
    if (context.client.get({ resource: 'persistentvolumes', name }).ok) return true;
    const { mountOptions = [] } = storageClass;
    if (mountOptions.length > 0) {
      const options = `StorageClass "${storageClass.metadata.name}" has mount options [${mountOptions.join(' ')}]`;
      this.#fail(claim, `Mount options are not supported by the provisioner but ${options}`);
      return false;
    }
    if (claim.spec?.volumeMode === 'Block') {
      const why = `${hostPathPlugin} does not support block volume provisioning`;
      this.#reschedule(claim);
      this.#fail(claim, `Failed to provision volume with StorageClass "${storageClass.metadata.name}": ${why}`);
      return false;
    }
    const path = `/tmp/hostpath_pv/${context.kernel.random.uid()}`;
    const body = hostPathVolume(claim, storageClass, path);
    volumes.put(succeeded(context.client.create<PersistentVolume>({ resource: 'persistentvolumes' }, body)));
    const message = `Successfully provisioned volume ${name} using ${hostPathPlugin}`;
    recorder.event(claim, 'Normal', 'ProvisioningSucceeded', message);
    return true;
  }

  /** rescheduleProvisioning: the scheduler may choose another node. */
  #reschedule(claim: PersistentVolumeClaim): void {
    const { [selectedNode]: node, ...annotations } = claim.metadata.annotations ?? {};
    if (node === undefined) return;
    this.#binder.updateClaim({ ...claim, metadata: { ...claim.metadata, annotations } });
  }
}

/** findProvisionablePlugin: why nobody makes volumes for a class. */
function pluginProblem(provisioner: string): string | undefined {
  if (provisioner === hostPathPlugin || csiDriverOf(provisioner) !== undefined) return undefined;
  if (!provisioner.startsWith('kubernetes.io/')) return undefined;
  return otherPlugins.includes(provisioner)
    ? 'no provisionable volume plugin matched'
    : `no volume plugin matched name: ${provisioner}`;
}

function hostPathVolume(claim: PersistentVolumeClaim, storageClass: StorageClass, path: string): PersistentVolume {
  const { accessModes = [], resources, volumeMode } = claim.spec ?? {};
  const reclaimPolicy = storageClass.reclaimPolicy ?? 'Delete';
  const storage = resources?.requests?.['storage'] ?? '0';
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: {
      name: `pvc-${claim.metadata.uid}`,
      annotations: {
        'kubernetes.io/createdby': 'hostpath-dynamic-provisioner',
        [boundByController]: 'yes',
        [provisionedBy]: hostPathPlugin,
      },
      ...(reclaimPolicy === 'Delete' && { finalizers: [inTreeFinalizer] }),
    },
    spec: {
      capacity: { storage },
      hostPath: { path },
      accessModes: accessModes.length > 0 ? accessModes : ['ReadWriteOnce'],
      claimRef: objectReference(claim),
      persistentVolumeReclaimPolicy: reclaimPolicy,
      storageClassName: claimClass(claim),
      ...(volumeMode && { volumeMode }),
    },
    status: { phase: 'Bound' },
  };
}
