// The plugins for volumes: which claim of the Pod, and what of its volume, its class or the node stands against it.
import {
  refOf,
  type Node,
  type NodeSelector,
  type PersistentVolumeClaim,
  type Pod,
  type Volume,
} from '../../../api/object.ts';
import { compareQuantities, parseQuantity } from '../../../api/quantity.ts';
import type { Snapshot } from '../framework/snapshot.ts';
import { claimClass, claimNameOf, selectedNode } from '../../../api/persistent-volume.ts';
import { exceededLimit } from '../plugins/node-volume-limits.ts';
import { claimsOfPod } from '../plugins/volume-binding/claims.ts';
import { obstaclesOn, type Obstacle } from '../plugins/volume-binding/find-volumes.ts';
import { diskConflict, exclusiveUse } from '../plugins/volume-restrictions.ts';
import { elsewhere } from '../plugins/volume-zone.ts';
import type { Blame, BlameOf } from './blame.ts';
import { requirementText } from './node-affinity.ts';

export const blameVolumeBinding: BlameOf = ({ pod, snapshot, state }, { node }) => {
  const claims = state.read(claimsOfPod);
  if (!claims) return [];
  return obstaclesOn(claims, node, snapshot).map((obstacle) => ({
    path: claimPath(pod.pod, obstacle.claim.metadata.name),
    ...sidesOf(obstacle, () => nearestVolume(obstacle.claim, snapshot)),
  }));
};

/** A free volume of the claim's class, and what is wrong with it: it is too small, or elsewhere. */
function nearestVolume(claim: PersistentVolumeClaim, { listers }: Snapshot): string {
  const ofClass = claimClass(claim);
  for (const { metadata, spec: volume } of listers.persistentvolumes.values()) {
    if (volume?.storageClassName !== ofClass || volume.claimRef) continue;
    const [has, wants] = [volume.capacity?.['storage'], claim.spec?.resources?.requests?.['storage']];
    const [own, least] = [parseQuantity(has ?? 0), parseQuantity(wants ?? 0)];
    const isSmall = own && least && compareQuantities(own, least) < 0;
    if (isSmall) return `${metadata.name} has only ${has} of ${wants}`;
    return `${metadata.name} is elsewhere${whereText(volume.nodeAffinity?.required)}`;
  }
  return '';
}

function sidesOf(obstacle: Obstacle, nearest: () => string): Omit<Blame, 'path'> {
  const { what, claim, volume, storageClass } = obstacle;
  const { name, annotations } = claim.metadata;
  const ofClass = `of the class ${storageClass?.metadata.name}`;
  const claimField = (path: string) => ({ object: refOf(claim), path });
  const classField = (path: string) => (storageClass ? { object: refOf(storageClass), path } : claimField('spec'));
  switch (what) {
    case 'gone':
      return {
        says: `finds no volume ${claim.spec?.volumeName}, to which the claim ${name} is bound`,
        other: claimField('spec.volumeName'),
      };
    case 'elsewhere':
      return {
        says: `is not where the claim ${name} has its volume ${volume?.metadata.name}${whereText(volume?.spec?.nodeAffinity?.required)}`,
        other: volume ? { object: refOf(volume), path: 'spec.nodeAffinity.required' } : claimField('spec.volumeName'),
      };
    case 'selectedElsewhere':
      return {
        says: `is not ${annotations?.[selectedNode]}, for which the volume of the claim ${name} is being made`,
        other: claimField(`metadata.annotations[${selectedNode}]`),
      };
    case 'noneFree':
      return {
        says: `has no free volume ${ofClass} that would do for the claim ${name}, and nobody makes any${nearest() && ` (${nearest()})`}`,
        other: classField('provisioner'),
      };
    case 'topology':
      return {
        says: `is not where volumes ${ofClass} are made, as the claim ${name} needs one`,
        other: classField('allowedTopologies'),
      };
    case 'full':
      return {
        says: `has not the storage left ${ofClass} that the claim ${name} asks for: ${claim.spec?.resources?.requests?.['storage']}`,
        other: claimField('spec.resources.requests[storage]'),
      };
  }
}

const whereText = (selector: NodeSelector | undefined) => {
  const terms = selector?.nodeSelectorTerms.map(({ matchExpressions = [] }) =>
    matchExpressions.map(requirementText).join(' and '),
  );
  return terms?.length ? `: ${terms.join(', or ')}` : '';
};

export const blameVolumeZone: BlameOf = (cycle, info) => {
  const found = elsewhere(cycle, info);
  if (!found) return [];
  const { claimName, volume, label, values } = found;
  return [
    {
      path: claimPath(cycle.pod.pod, claimName),
      says: `is in ${placeText(info.node, label)}, where the volume ${volume.metadata.name} of the claim ${claimName} is in ${values.join(' or ')}`,
      other: { object: refOf(volume), path: `metadata.labels[${label}]` },
    },
  ];
};

const placeText = ({ metadata }: Node, label: string) => metadata.labels?.[label] ?? `no ${label.replace(/.*\//, '')}`;

export const blameVolumeLimits: BlameOf = (cycle, info) => {
  const exceeded = exceededLimit(cycle, info);
  if (!exceeded || 'code' in exceeded) return [];
  const { csiNode, driver } = exceeded;
  const index = csiNode.spec.drivers.findIndex(({ name }) => name === driver);
  const limit = csiNode.spec.drivers[index]?.allocatable?.count ?? 0;
  return [
    {
      path: 'spec.volumes',
      says: `takes no more than ${limit} ${limit === 1 ? 'volume' : 'volumes'} of ${driver}`,
      other: { object: refOf(csiNode), path: `spec.drivers[${index}].allocatable.count` },
    },
  ];
};

export const blameVolumeRestrictions: BlameOf = (cycle, { pods }) => {
  const { pod } = cycle.pod;
  const conflict = diskConflict(pod, pods);
  if (conflict) {
    const { disk, taken, by } = conflict;
    return [
      {
        path: volumePath(pod, disk),
        says: `runs Pod ${by.key}, which has the same disk`,
        other: { object: refOf(by.pod), path: volumePath(by.pod, taken) },
      },
    ];
  }
  const use = exclusiveUse(cycle);
  if (!use) return [];
  const { claimName, by } = use;
  return [
    {
      path: claimPath(pod, claimName),
      says: `cannot have the claim ${claimName}, which is for one Pod only and used by Pod ${by.key}`,
      other: { object: refOf(by.pod), path: claimPath(by.pod, claimName) },
    },
  ];
};

/** Where the Pod names the claim, or describes the one that is made for it. */
function claimPath(pod: Pod, claimName: string | undefined): string {
  const volume = pod.spec?.volumes?.find((one) => claimNameOf(pod, one) === claimName);
  if (!volume) return 'spec.volumes';
  const path = volumePath(pod, volume);
  return volume.ephemeral ? `${path}.ephemeral` : `${path}.persistentVolumeClaim.claimName`;
}

const volumePath = ({ spec }: Pod, volume: Volume) => `spec.volumes[${spec?.volumes?.indexOf(volume) ?? 0}]`;
