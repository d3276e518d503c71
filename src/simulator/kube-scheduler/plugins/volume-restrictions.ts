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
    if (diskConflict(pod.pod, pods)) return unschedulable('node(s) had no available disk');
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
const claimsInUse = (cycle: Cycle, claims: ReadonlySet<string>) =>
  new Set([...usesOf(cycle, claims)].map(({ claimName }) => claimName)).size;

/** The Pods on nodes that use one of the claims. */
function* usesOf({ snapshot, pod }: Cycle, claims: ReadonlySet<string>) {
  for (const { pods } of snapshot.nodes) {
    for (const by of pods) {
      if (by.namespace !== pod.namespace) continue;
      for (const claimName of claimNames(by.pod)) if (claims.has(claimName)) yield { claimName, by };
    }
  }
}

/** A ReadWriteOncePod claim of the Pod that another Pod of the cluster uses, and which. */
export function exclusiveUse(cycle: Cycle) {
  const { claims, uses } = cycle.state.read(exclusive) ?? { claims: new Set<string>(), uses: 0 };
  return uses > 0 ? usesOf(cycle, claims).next().value : undefined;
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

/** The disk of the Pod that one of the others has too, as volumes of both; undefined if there is none. */
export function diskConflict<T extends Pick<PodInfo, 'pod'>>(pod: Pod, others: readonly T[]) {
  const disks = volumesOf(pod).filter(isDisk);
  if (disks.length === 0) return undefined;
  for (const by of others) {
    for (const taken of volumesOf(by.pod)) {
      const disk = disks.find((one) => isConflict(one, taken));
      if (disk) return { disk, taken, by };
    }
  }
  return undefined;
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
  return diskConflict(pod, [{ pod: gone }]) !== undefined || claimNames(gone).some((name) => claims.includes(name));
}

function wantsClaim(pod: Pod, claim: PersistentVolumeClaim): boolean {
  return claimNames(pod).some((name) => `${pod.metadata.namespace}/${name}` === keyOf(claim));
}
