// NodeVolumeLimits: how many volumes of a CSI driver a node takes, in-tree volumes that a driver took over included.
import { groupBy } from '../../../base/group.ts';
import {
  keyOf,
  type CSINode,
  type PersistentVolumeClaim,
  type Pod,
  type Volume,
  type VolumeAttachment,
} from '../../../api/object.ts';
import { claimClass, claimNameOf, ownershipProblem } from '../../../api/persistent-volume.ts';
import {
  driverOfProvisioner,
  inTreePluginOf,
  isInlineMigratable,
  translateInline,
  translateVolume,
  type CsiVolume,
} from '../framework/csi-translation.ts';
import { stateKey } from '../framework/cycle-state.ts';
import type { NodeInfo } from '../framework/node-info.ts';
import type { Cycle, Plugin } from '../framework/plugin.ts';
import type { Listers } from '../framework/snapshot.ts';
import { failed, skip, unresolvable, unschedulable, type Status } from '../framework/status.ts';

const attachments = stateKey<ReadonlyMap<string, readonly VolumeAttachment[]>>('NodeVolumeLimits');

/** Drivers by the unique names of their volumes. */
type Volumes = Map<string, string>;

const uniqueName = ({ driver, volumeHandle }: CsiVolume) => `${driver}/${volumeHandle}`;

const isCounted = (pod: Pod) =>
  (pod.spec?.volumes ?? []).some((volume) => claimNameOf(pod, volume) !== undefined || isInlineMigratable(volume));

export const nodeVolumeLimits: Plugin = {
  name: 'NodeVolumeLimits',

  preFilter({ pod: { pod }, snapshot: { listers }, state }) {
    if (!isCounted(pod)) return skip;
    state.write(
      attachments,
      groupBy(listers['volumeattachments.storage.k8s.io'].values(), ({ spec }) => spec.nodeName),
    );
    return undefined;
  },

  filter(cycle, node) {
    const exceeded = exceededLimit(cycle, node);
    if (!exceeded || 'code' in exceeded) return exceeded;
    return unschedulable('node(s) exceed max volume count');
  },

  queueingHints: [
    { resource: 'CSINode', actions: ['Add'] },
    {
      resource: 'CSINode',
      actions: ['Update'],
      isWorthTrying: (_pod, { before, after }) => isAnyLimitRaised(before as CSINode, after as CSINode),
    },
    {
      resource: 'Pod',
      actions: ['Delete'],
      isWorthTrying: (_pod, { before }) => {
        const { spec, status } = before as Pod;
        return Boolean(spec?.nodeName || status?.nominatedNodeName) && isCounted(before as Pod);
      },
    },
    {
      resource: 'PersistentVolumeClaim',
      actions: ['Add'],
      isWorthTrying: (pod, { after }) => wantsClaim(pod, after as PersistentVolumeClaim),
    },
    {
      resource: 'VolumeAttachment',
      actions: ['Delete'],
      isWorthTrying: (pod, { before }) => mayNeed(pod, before as VolumeAttachment),
    },
  ],
};

/** The first driver of which the node would have more volumes than it takes; a status if that cannot be told. */
export function exceededLimit(
  { pod, snapshot: { listers }, state }: Cycle,
  node: NodeInfo,
): { readonly csiNode: CSINode; readonly driver: string } | Status | undefined {
  const csiNode = listers['csinodes.storage.k8s.io'].get(node.name);
  const lookup = { listers, csiNode };
  const wanted: Volumes = new Map();
  const problem = addVolumes(wanted, pod.pod, { ...lookup, isNew: true });
  if (problem || wanted.size === 0) return problem;
  const free = limitsOf(csiNode);
  if (!csiNode || free.size === 0) return undefined;
  const take = (driver: string) => free.set(driver, (free.get(driver) ?? Infinity) - 1);
  const used: Volumes = new Map();
  for (const other of node.pods) {
    const failure = addVolumes(used, other.pod, { ...lookup, isNew: false });
    if (failure) return failure;
  }
  for (const driver of used.values()) take(driver);
  const attached = attachedVolumes(state.read(attachments)?.get(node.name) ?? [], listers);
  for (const [volume, driver] of attached) if (!used.has(volume)) take(driver);
  const added = [...wanted].filter(([volume]) => !used.has(volume)).map(([, driver]) => driver);
  for (const driver of added) take(driver);
  const driver = added.find((one) => (free.get(one) ?? 0) < 0);
  return driver === undefined ? undefined : { csiNode, driver };
}

interface Lookup {
  readonly listers: Listers;
  readonly csiNode: CSINode | undefined;
  /** Of a Pod that is to be scheduled, every claim must be there. */
  readonly isNew: boolean;
}

/** filterAttachableVolumes: adds the Pod's volumes that a CSI driver attaches; a status where one cannot be told. */
function addVolumes(volumes: Volumes, pod: Pod, lookup: Lookup): Status | undefined {
  for (const volume of pod.spec?.volumes ?? []) {
    const found = csiVolumeOf(pod, volume, lookup);
    if (found && 'code' in found) return found;
    if (found?.driver && found.volumeHandle) volumes.set(uniqueName(found), found.driver);
  }
  return undefined;
}

function csiVolumeOf(pod: Pod, volume: Volume, { listers, csiNode, isNew }: Lookup): CsiVolume | Status | undefined {
  const name = claimNameOf(pod, volume);
  if (name === undefined) {
    const plugin = csiNode && inTreePluginOf(volume);
    const translated = plugin && translateInline(plugin, volume);
    if (!translated || !('error' in translated)) return translated;
    return failed(`converting volume(${volume.name}) from inline to csi: ${translated.error}`);
  }
  const key = `${pod.metadata.namespace}/${name}`;
  const claim = listers.persistentvolumeclaims.get(key);
  if (!claim) {
    if (!isNew) return undefined;
    return unresolvable(`looking up PVC ${key}: persistentvolumeclaim ${JSON.stringify(name)} not found`);
  }
  const problem = volume.ephemeral && ownershipProblem(pod, claim);
  return problem ? failed(problem) : volumeOfClaim(claim, listers, csiNode);
}

/** getCSIDriverInfo: the claim's volume, or one that is still to be made by the driver of its class. */
function volumeOfClaim(
  claim: PersistentVolumeClaim,
  listers: Listers,
  csiNode: CSINode | undefined,
): CsiVolume | undefined {
  const volume = listers.persistentvolumes.get(claim.spec?.volumeName ?? '');
  if (!volume) {
    const storageClass = listers['storageclasses.storage.k8s.io'].get(claimClass(claim));
    const driver = storageClass && driverOfProvisioner(storageClass.provisioner, csiNode !== undefined);
    return driver === undefined ? undefined : { driver, volumeHandle: `not yet/${keyOf(claim)}` };
  }
  const { csi } = volume.spec ?? {};
  if (csi) return csi;
  const plugin = csiNode && inTreePluginOf(volume.spec ?? {});
  const translated = plugin && translateVolume(plugin, volume);
  return translated && 'error' in translated ? undefined : translated;
}

/** getNodeVolumeAttachmentInfo: what is attached to a node, for whomever. */
function attachedVolumes(attached: readonly VolumeAttachment[], listers: Listers): Volumes {
  const volumes: Volumes = new Map();
  for (const { spec } of attached) {
    const volume = listers.persistentvolumes.get(spec.source.persistentVolumeName ?? '')?.spec?.csi;
    if (volume && spec.attacher) volumes.set(uniqueName({ ...volume, driver: spec.attacher }), spec.attacher);
  }
  return volumes;
}

/** How many volumes of each driver the node takes; a driver that is not there sets no limit. */
function limitsOf(csiNode: CSINode | undefined): Map<string, number> {
  const drivers = csiNode?.spec.drivers ?? [];
  return new Map(
    drivers.flatMap(({ name, allocatable }) => (allocatable?.count === undefined ? [] : [[name, allocatable.count]])),
  );
}

function isAnyLimitRaised(before: CSINode, after: CSINode): boolean {
  const limits = limitsOf(before);
  return [...limitsOf(after)].some(([driver, count]) => count > (limits.get(driver) ?? 0));
}

function wantsClaim(pod: Pod, claim: PersistentVolumeClaim): boolean {
  const { namespace, name } = claim.metadata;
  return (
    namespace === pod.metadata.namespace &&
    (pod.spec?.volumes ?? []).some((volume) => claimNameOf(pod, volume) === name)
  );
}

/** isSchedulableAfterVolumeAttachmentDeleted. */
function mayNeed({ spec }: Pod, { spec: { attacher } }: VolumeAttachment): boolean {
  return (spec?.volumes ?? []).some(
    (volume) => volume.persistentVolumeClaim !== undefined || inTreePluginOf(volume)?.driver === attacher,
  );
}
