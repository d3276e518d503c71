// Which plugin's refusals can be blamed on a field, by the plugin's name.
import type { BlameOf } from './blame.ts';
import { blameDevices } from './devices.ts';
import { blameNodeAffinity } from './node-affinity.ts';
import { blameNodeName } from './node-name.ts';
import { blamePorts } from './node-ports.ts';
import { blameResources } from './node-resources.ts';
import { blameCordon } from './node-unschedulable.ts';
import { blamePodAffinity } from './pod-affinity.ts';
import { blameTaints } from './taints.ts';
import { blameTopologySpread } from './topology-spread.ts';
import { blameVolumeBinding, blameVolumeLimits, blameVolumeRestrictions, blameVolumeZone } from './volumes.ts';

export const blamers: Readonly<Record<string, BlameOf>> = {
  NodeUnschedulable: blameCordon,
  NodeName: blameNodeName,
  TaintToleration: blameTaints,
  NodeAffinity: blameNodeAffinity,
  NodePorts: blamePorts,
  NodeResourcesFit: blameResources,
  VolumeRestrictions: blameVolumeRestrictions,
  NodeVolumeLimits: blameVolumeLimits,
  VolumeBinding: blameVolumeBinding,
  VolumeZone: blameVolumeZone,
  DynamicResources: blameDevices,
  PodTopologySpread: blameTopologySpread,
  InterPodAffinity: blamePodAffinity,
};
