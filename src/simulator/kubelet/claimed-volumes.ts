// The PersistentVolume behind a claim, as the node gets to know it (createVolumeSpec in
// pkg/kubelet/volumemanager/populator/desired_state_of_world_populator.go).
import type { PersistentVolume, PersistentVolumeClaim, PersistentVolumeSpec, Pod, Volume } from '../../api/object.ts';
import { claimNameOf, ownershipProblem } from '../../api/persistent-volume.ts';
import type { Client } from '../client/client.ts';
import { allContainers } from './pod-names.ts';

/** What is mounted, by its type. */
export type VolumeSource = Partial<Omit<Volume, 'name'>>;

/** What is behind a volume that names a claim, or why it cannot be had; undefined: the volume names none. */
export function claimedVolume(
  client: Client,
  pod: Pod,
  volume: Volume,
): { readonly source: VolumeSource } | { readonly problem: string } | undefined {
  const { namespace = '' } = pod.metadata;
  const name = claimNameOf(pod, volume);
  if (name === undefined) return undefined;
  const fail = (why: string) => ({ problem: `error processing PVC ${namespace}/${name}: ${why}` });
  const claim = client.get<PersistentVolumeClaim>({ resource: 'persistentvolumeclaims', namespace, name });
  if (!claim.ok) return fail(`failed to fetch PVC from API server: ${claim.status.message}`);
  const problem = claimProblem(claim.object);
  if (problem) return fail(problem);
  const foreign = volume.ephemeral && ownershipProblem(pod, claim.object);
  if (foreign) return { problem: foreign };
  const { volumeName = '' } = claim.object.spec ?? {};
  const found = client.get<PersistentVolume>({ resource: 'persistentvolumes', name: volumeName });
  if (!found.ok) return fail(`failed to fetch PV ${volumeName} from API server: ${found.status.message}`);
  const { spec = {} } = found.object;
  const unbound = bindingProblem(volumeName, spec, claim.object);
  if (unbound) return fail(unbound);
  const misused = modeProblem(pod, volume, spec);
  return misused ? { problem: misused } : { source: sourceOf(spec) };
}

/** getPVCExtractPV. */
function claimProblem({ metadata, spec, status }: PersistentVolumeClaim): string | undefined {
  const isProtected = metadata.finalizers?.includes('kubernetes.io/pvc-protection');
  if (metadata.deletionTimestamp && !isProtected) return 'PVC is being deleted';
  if (status?.phase !== 'Bound') return 'PVC is not bound';
  return spec?.volumeName ? undefined : 'PVC has empty pvc.Spec.VolumeName';
}

/** getPVSpec. */
function bindingProblem(
  name: string,
  { claimRef }: PersistentVolumeSpec,
  { metadata }: PersistentVolumeClaim,
): string | undefined {
  const found = `found PV object ${name} but`;
  if (!claimRef) return `${found} it has a nil pv.Spec.ClaimRef indicating it is not yet bound to the claim`;
  if (claimRef.uid === metadata.uid) return undefined;
  return `${found} its pv.Spec.ClaimRef.UID ${claimRef.uid ?? ''} does not point to claim.UID ${metadata.uid ?? ''}`;
}

function modeProblem(
  pod: Pod,
  { name }: Volume,
  { volumeMode = 'Filesystem' }: PersistentVolumeSpec,
): string | undefined {
  const containers = allContainers(pod);
  const isIn = (list: readonly { readonly name: string }[] = []) => list.some((use) => use.name === name);
  const wrong = `volume ${name} has volumeMode ${volumeMode}, but is specified in`;
  if (volumeMode !== 'Filesystem' && containers.some(({ volumeMounts }) => isIn(volumeMounts))) {
    return `${wrong} volumeMounts`;
  }
  if (volumeMode !== 'Block' && containers.some(({ volumeDevices }) => isIn(volumeDevices))) {
    return `${wrong} volumeDevices`;
  }
  return undefined;
}

/** The volume's type and nothing else of what is said of it. */
function sourceOf(spec: PersistentVolumeSpec): VolumeSource {
  const {
    capacity: _,
    accessModes: __,
    claimRef: ___,
    persistentVolumeReclaimPolicy: ____,
    storageClassName: _____,
    mountOptions: ______,
    volumeMode: _______,
    nodeAffinity: ________,
    volumeAttributesClassName: _________,
    ...source
  } = spec;
  return source as VolumeSource;
}
