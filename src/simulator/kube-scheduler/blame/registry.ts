// Which plugin's refusals can be blamed on a field, by the plugin's name.
import type { Cycle } from '../framework/plugin.ts';
import type { NodeInfo } from '../framework/node-info.ts';
import type { Blame, BlameOf } from './blame.ts';
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

const blamers: Readonly<Record<string, BlameOf>> = {
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

/** What a plugin that refused a node has against it; empty for plugins that are not looked into. */
export function blameOf(plugin: string, cycle: Cycle, node: NodeInfo): readonly Blame[] {
  const blame = Object.hasOwn(blamers, plugin) ? blamers[plugin] : undefined;
  return blame?.(cycle, node) ?? [];
}
