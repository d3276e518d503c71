// Who explains the refusals of which filter plugin.
import { listed, otherSides, told, type Culprit, type CulpritOf, type Refusals } from './culprit.ts';
import { cordon } from './cordon.ts';
import { nodeAffinity } from './node-affinity.ts';
import { nodeName } from './node-name.ts';
import { podAffinity } from './pod-affinity.ts';
import { ports } from './ports.ts';
import { resourceClaims } from './resource-claims.ts';
import { resources } from './resources.ts';
import { taints } from './taints.ts';
import { topologySpread } from './topology-spread.ts';
import { volumes } from './volumes.ts';

const culprits: Readonly<Record<string, CulpritOf>> = {
  NodeUnschedulable: cordon,
  NodeName: nodeName,
  TaintToleration: taints,
  NodeAffinity: nodeAffinity,
  NodePorts: ports,
  NodeResourcesFit: resources,
  PodTopologySpread: topologySpread,
  InterPodAffinity: podAffinity,
  VolumeBinding: volumes,
  VolumeRestrictions: volumes,
  VolumeZone: volumes,
  NodeVolumeLimits: volumes,
  DynamicResources: resourceClaims,
};

export function culpritOf(plugin: string, refusals: Refusals): Culprit {
  const culprit = Object.hasOwn(culprits, plugin) ? culprits[plugin] : undefined;
  if (culprit) return culprit(refusals);
  const says = told(refusals) ?? `${listed(refusals.nodes)}: ${refusals.reasons.join(', ')}`;
  return { path: 'spec', says: `${says}.`, related: otherSides(refusals) };
}
