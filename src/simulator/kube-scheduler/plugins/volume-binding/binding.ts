// From the choice of a node to the binding of the Pod: volumes are promised (Reserve), the server is told (PreBind), and the
// controllers and provisioners that bind or make them are waited for.
import { keyOf, type PersistentVolume, type PersistentVolumeClaim } from '../../../../api/object.ts';
import { boundVolume, isFullyBound, selectedNode } from '../../../../api/persistent-volume.ts';
import { stateKey } from '../../framework/cycle-state.ts';
import type { Binding, WaitingFor } from '../../framework/plugin.ts';
import { failed, type Status } from '../../framework/status.ts';
import { claimsOfPod } from './claims.ts';
import { findPodVolumes, volumeConflict } from './find-volumes.ts';

/** How often is looked whether all is bound, and for how long (bindTimeoutSeconds). Virtual milliseconds. */
const pollInterval = 1000;
const bindTimeout = 600_000;

/** What the Pod is promised, as it is to be stored. */
interface Promised {
  readonly bindings: { readonly claim: PersistentVolumeClaim; volume: PersistentVolume }[];
  /** Claims that ask for a volume for the node. */
  readonly provisions: PersistentVolumeClaim[];
}

/** Absent: all claims of the Pod are bound. */
export const promised = stateKey<Promised>('VolumeBinding/promised');

/** AssumePodVolumes. */
export function reserve(binding: Binding): Status | undefined {
  const { cycle, nodeName } = binding;
  const { state, snapshot } = cycle;
  const claims = state.read(claimsOfPod);
  const node = snapshot.node(nodeName)?.node;
  if (!claims || claims.delayed.length === 0 || !node) return undefined;
  const found = findPodVolumes(claims, node, snapshot);
  if ('code' in found) return found;
  const promise: Promised = {
    bindings: found.bindings.map(({ claim, volume }) => ({ claim, volume: boundVolume(volume, claim) })),
    provisions: found.provisions.map((claim) => {
      const annotations = { ...claim.metadata.annotations, [selectedNode]: nodeName };
      return { ...claim, metadata: { ...claim.metadata, annotations } };
    }),
  };
  state.write(promised, promise);
  const { assumed } = snapshot;
  const isCurrent =
    promise.bindings.every(({ volume }) => assumed.volumes.assume(volume)) &&
    promise.provisions.every((claim) => assumed.claims.assume(claim));
  return isCurrent ? undefined : failed('volumes of the Pod are out of sync');
}

/** RevertAssumedPodVolumes. */
export function unreserve({ cycle }: Binding): void {
  const { bindings = [], provisions = [] } = cycle.state.read(promised) ?? {};
  const { volumes, claims } = cycle.snapshot.assumed;
  for (const { volume } of bindings) volumes.restore(volume);
  for (const claim of provisions) claims.restore(claim);
}

/** BindPodVolumes. */
export function* preBind(binding: Binding): WaitingFor<Status | undefined> {
  const promise = binding.cycle.state.read(promised);
  if (!promise) return undefined;
  const refusal = store(binding, promise);
  if (refusal !== undefined) return failed(refusal);
  for (let waited = 0; waited < bindTimeout; waited += pollInterval) {
    yield pollInterval;
    const look = check(binding, promise);
    if (look === 'bound') return undefined;
    if (look !== 'waiting') return failed(`binding volumes: ${look.problem}`);
  }
  return failed('binding volumes: context deadline exceeded');
}

/** bindAPIUpdate: tells the server; the message of the first refusal. */
function store({ client }: Binding, { bindings, provisions }: Promised): string | undefined {
  for (const one of bindings) {
    const target = { resource: 'persistentvolumes', name: keyOf(one.volume) };
    const response = client.update<PersistentVolume>(target, one.volume);
    if (!response.ok) return response.status.message;
    one.volume = response.object;
  }
  for (const [i, claim] of provisions.entries()) {
    const { namespace = '', name = '' } = claim.metadata;
    const target = { resource: 'persistentvolumeclaims', namespace, name };
    const response = client.update<PersistentVolumeClaim>(target, claim);
    if (!response.ok) return response.status.message;
    provisions[i] = response.object;
  }
  return undefined;
}

type Look = 'bound' | 'waiting' | { readonly problem: string };

/** checkBindings: whether all claims are bound, as the scheduler knows them, or will not be. */
function check(binding: Binding, { bindings, provisions }: Promised): Look {
  const { snapshot } = binding.cycle;
  if (binding.isPodGone()) {
    return { problem: `pod does not exist any more: pod ${JSON.stringify(binding.pod.metadata.name)} not found` };
  }
  if (!snapshot.node(binding.nodeName)) {
    return { problem: `failed to get node "${binding.nodeName}": node "${binding.nodeName}" not found` };
  }
  for (const one of bindings) {
    const look = checkBinding(binding, one);
    if (look !== 'bound') return look;
  }
  for (const claim of provisions) {
    const look = checkProvision(binding, claim);
    if (look !== 'bound') return look;
  }
  return 'bound';
}

function checkBinding({ cycle, nodeName }: Binding, { claim, volume }: Promised['bindings'][number]): Look {
  const { listers } = cycle.snapshot;
  const found = listers.persistentvolumes.get(keyOf(volume));
  if (!found) return { problem: `failed to check binding: persistentvolumes "${keyOf(volume)}" not found` };
  const current = listers.persistentvolumeclaims.get(keyOf(claim));
  if (!current) return { problem: `failed to check binding: persistentvolumeclaims "${keyOf(claim)}" not found` };
  if (isOlder(found, volume)) return 'waiting';
  const conflict = volumeConflict(found, nodeName, cycle.snapshot);
  if (conflict !== undefined) return { problem: conflict };
  if (!found.spec?.claimRef?.uid) return { problem: `ClaimRef got reset for pv "${keyOf(found)}"` };
  return isFullyBound(current) ? 'bound' : 'waiting';
}

function checkProvision({ cycle, nodeName }: Binding, claim: PersistentVolumeClaim): Look {
  const { listers } = cycle.snapshot;
  const key = keyOf(claim);
  const current = listers.persistentvolumeclaims.get(key);
  if (!current) return { problem: `failed to check provisioning pvc: persistentvolumeclaims "${key}" not found` };
  if (isOlder(current, claim)) return 'waiting';
  const { name, annotations } = current.metadata;
  if (!annotations) return { problem: `selectedNode annotation reset for PVC "${name}"` };
  if (annotations[selectedNode] !== nodeName) return { problem: `provisioning failed for PVC "${name}"` };
  const { volumeName } = current.spec ?? {};
  if (volumeName) {
    const volume = listers.persistentvolumes.get(volumeName);
    if (!volume) return 'waiting';
    const conflict = volumeConflict(volume, nodeName, cycle.snapshot);
    if (conflict !== undefined) return { problem: conflict };
  }
  return isFullyBound(current) ? 'bound' : 'waiting';
}

/** The scheduler has not heard yet of what it stored itself. */
function isOlder<T extends PersistentVolume | PersistentVolumeClaim>(known: T, stored: T): boolean {
  return Number(known.metadata.resourceVersion) < Number(stored.metadata.resourceVersion);
}
