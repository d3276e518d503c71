// VolumeRestrictions: disks that only one Pod of a node may use, and ReadWriteOncePod claims, which only one Pod of the cluster may.
import { keyOf, type PersistentVolumeClaim, type Pod, type Volume } from '../../../api/object.ts';
import { stateKey } from '../framework/cycle-state.ts';
import type { Cycle, Plugin } from '../framework/plugin.ts';
import type { PodInfo } from '../framework/pod-info.ts';
import { skip, unresolvable, unschedulable } from '../framework/status.ts';

interface Exclusive {
  /** Names of the Pod's ReadWriteOncePod claims. */
  readonly claims: ReadonlySet<string>;
  /** How often Pods on nodes use them. */
  readonly uses: number;
}

const exclusive = stateKey<Exclusive>('VolumeRestrictions');

export const volumeRestrictions: Plugin = {
  name: 'VolumeRestrictions',

  preFilter(cycle) {
    const { pod, namespace } = cycle.pod;
    const { persistentvolumeclaims } = cycle.snapshot.listers;
    const claims = new Set<string>();
    for (const name of claimNames(pod)) {
      const claim = persistentvolumeclaims.get(`${namespace}/${name}`);
      if (!claim) return unresolvable(`persistentvolumeclaim ${JSON.stringify(name)} not found`);
      if (claim.spec?.accessModes?.includes('ReadWriteOncePod')) claims.add(name);
    }
    const uses = claims.size === 0 ? 0 : claimsInUse(cycle, claims);
    if (uses === 0 && !volumesOf(pod).some(isDisk)) return skip;
    cycle.state.write(exclusive, { claims, uses });
    return undefined;
  },

  addPod({ state }, { pod }) {
    addUses(state, pod, 1);
  },

  removePod({ state }, { pod }) {
    addUses(state, pod, -1);
  },

  filter({ pod, state }, { pods }) {
    if (usesDiskOf(pod.pod, pods)) return unschedulable('node(s) had no available disk');
    if ((state.read(exclusive)?.uses ?? 0) <= 0) return undefined;
    return unschedulable(
      'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod',
    );
  },

  queueingHints: [
    { resource: 'Pod', actions: ['Delete'], isWorthTrying: (pod, { before }) => sharesVolume(pod, before as Pod) },
    { resource: 'Node', actions: ['Add'] },
    {
      resource: 'PersistentVolumeClaim',
      actions: ['Add'],
      isWorthTrying: (pod, { after }) => wantsClaim(pod, after as PersistentVolumeClaim),
    },
  ],
};

const volumesOf = ({ spec }: Pod) => spec?.volumes ?? [];

/** The claims that the Pod names; those of ephemeral volumes are its own anyway. */
const claimNames = (pod: Pod) =>
  volumesOf(pod).flatMap(({ persistentVolumeClaim }) =>
    persistentVolumeClaim ? [persistentVolumeClaim.claimName] : [],
  );

/** How many of the claims Pods on nodes use. */
function claimsInUse({ snapshot, pod }: Cycle, claims: ReadonlySet<string>): number {
  const used = new Set<string>();
  for (const { pods } of snapshot.nodes) {
    for (const other of pods) {
      if (other.namespace !== pod.namespace) continue;
      for (const name of claimNames(other.pod)) if (claims.has(name)) used.add(name);
    }
  }
  return used.size;
}

function addUses(state: Cycle['state'], pod: Pod, sign: 1 | -1): void {
  const before = state.read(exclusive);
  if (!before) return;
  // As the real plugin, without a look at the namespace.
  const uses = claimNames(pod).filter((name) => before.claims.has(name)).length;
  if (uses > 0) state.write(exclusive, { ...before, uses: before.uses + sign * uses });
}

const isDisk = ({ gcePersistentDisk, awsElasticBlockStore, rbd, iscsi }: Volume) =>
  Boolean(gcePersistentDisk ?? awsElasticBlockStore ?? rbd ?? iscsi);

function usesDiskOf(pod: Pod, others: readonly Pick<PodInfo, 'pod'>[]): boolean {
  const disks = volumesOf(pod).filter(isDisk);
  return (
    disks.length > 0 &&
    others.some((other) => volumesOf(other.pod).some((taken) => disks.some((disk) => isConflict(disk, taken))))
  );
}

/** isVolumeConflict: the same disk, unless both only read it; EBS volumes are never shared. */
function isConflict(a: Volume, b: Volume): boolean {
  const isReadOnly = (x: { readonly readOnly?: boolean }, y: { readonly readOnly?: boolean }) =>
    x.readOnly && y.readOnly;
  const [disk, otherDisk] = [a.gcePersistentDisk, b.gcePersistentDisk];
  if (disk && otherDisk && disk.pdName === otherDisk.pdName && !isReadOnly(disk, otherDisk)) return true;
  if (a.awsElasticBlockStore && a.awsElasticBlockStore.volumeID === b.awsElasticBlockStore?.volumeID) return true;
  if (a.iscsi && b.iscsi && a.iscsi.iqn === b.iscsi.iqn && !isReadOnly(a.iscsi, b.iscsi)) return true;
  if (!a.rbd || !b.rbd || isReadOnly(a.rbd, b.rbd)) return false;
  const { monitors, pool, image } = a.rbd;
  return pool === b.rbd.pool && image === b.rbd.image && b.rbd.monitors.some((monitor) => monitors.includes(monitor));
}

/** isSchedulableAfterPodDeleted. */
function sharesVolume(pod: Pod, gone: Pod): boolean {
  if (gone.metadata.namespace !== pod.metadata.namespace) return false;
  const claims = claimNames(pod);
  return usesDiskOf(pod, [{ pod: gone }]) || claimNames(gone).some((name) => claims.includes(name));
}

function wantsClaim(pod: Pod, claim: PersistentVolumeClaim): boolean {
  return claimNames(pod).some((name) => `${pod.metadata.namespace}/${name}` === keyOf(claim));
}
