// VolumeBinding: the node must have the volumes of the Pod's claims within reach, or be able to get them.
import type {
  CSIDriver,
  CSINode,
  CSIStorageCapacity,
  PersistentVolumeClaim,
  Pod,
  StorageClass,
} from '../../../../api/object.ts';
import { claimNameOf } from '../../../../api/persistent-volume.ts';
import { value } from '../../../../api/quantity.ts';
import { deepEqual } from '../../../../base/json.ts';
import type { Plugin } from '../../framework/plugin.ts';
import { skip } from '../../framework/status.ts';
import { preBind, promised, reserve, unreserve } from './binding.ts';
import { claimsOfPod, podClaims } from './claims.ts';
import { findPodVolumes, volumeLimit } from './find-volumes.ts';

export const volumeBinding: Plugin = {
  name: 'VolumeBinding',

  preFilter({ pod: { pod }, snapshot, state }) {
    const claims = podClaims(pod, snapshot);
    if (!claims) return skip;
    if ('code' in claims) return claims;
    state.write(claimsOfPod, claims);
    return undefined;
  },

  filter({ snapshot, state }, { node }) {
    const claims = state.read(claimsOfPod);
    const found = claims && findPodVolumes(claims, node, snapshot);
    return found && 'code' in found ? found : undefined;
  },

  /** StorageCapacityScoring is off by default in 1.36: the plugin never scores. */
  preScore() {
    return skip;
  },

  score() {
    return 0;
  },

  reserve,
  unreserve,
  preBindPreFlight: ({ cycle }) => cycle.state.read(promised) !== undefined,
  preBind,

  queueingHints: [
    {
      resource: 'StorageClass',
      actions: ['Add', 'Update'],
      isWorthTrying: (_pod, { before, after }) =>
        !before || !deepEqual((before as StorageClass).allowedTopologies, (after as StorageClass).allowedTopologies),
    },
    {
      resource: 'PersistentVolumeClaim',
      actions: ['Add', 'Update'],
      isWorthTrying: (pod, { after }) => usesClaim(pod, after as PersistentVolumeClaim),
    },
    { resource: 'PersistentVolume', actions: ['Add', 'Update'] },
    { resource: 'Node', actions: ['Add', 'UpdateNodeLabel'] },
    {
      resource: 'CSINode',
      actions: ['Add', 'Update'],
      isWorthTrying: (_pod, { before, after }) =>
        !before || migratedPlugins(before as CSINode) !== migratedPlugins(after as CSINode),
    },
    {
      resource: 'CSIDriver',
      actions: ['Update'],
      isWorthTrying: (pod, { before, after }) => stopsCounting(pod, before as CSIDriver, after as CSIDriver),
    },
    {
      resource: 'CSIStorageCapacity',
      actions: ['Add', 'Update'],
      isWorthTrying: (_pod, { before, after }) =>
        !before || isLimitRaised(before as CSIStorageCapacity, after as CSIStorageCapacity),
    },
  ],
};

function usesClaim(pod: Pod, { metadata }: PersistentVolumeClaim): boolean {
  return (
    metadata.namespace === pod.metadata.namespace &&
    (pod.spec?.volumes ?? []).some((volume) => claimNameOf(pod, volume) === metadata.name)
  );
}

const migratedPlugins = ({ metadata }: CSINode) =>
  metadata.annotations?.['storage.alpha.kubernetes.io/migrated-plugins'] ?? '';

/** A driver no longer tells how much it has left, and so has enough. */
function stopsCounting(pod: Pod, before: CSIDriver, after: CSIDriver): boolean {
  const isUsed = (pod.spec?.volumes ?? []).some(({ csi }) => csi?.driver === after.metadata.name);
  return isUsed && before.spec.storageCapacity === true && !after.spec.storageCapacity;
}

function isLimitRaised(before: CSIStorageCapacity, after: CSIStorageCapacity): boolean {
  const [old, limit] = [volumeLimit(before), volumeLimit(after)];
  return limit !== undefined && (!old || value(limit) > value(old));
}
