// Whether a node has, or can get, the volumes of a Pod's claims (FindPodVolumes).
import { matchesLabelSelector } from '../../../../api/label-selector.ts';
import type {
  CSINode,
  CSIStorageCapacity,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  StorageClass,
  TopologySelectorTerm,
} from '../../../../api/object.ts';
import {
  claimClass,
  findMatchingVolume,
  isUsableOn,
  noProvisioner,
  requestedStorage,
  selectedNode,
} from '../../../../api/persistent-volume.ts';
import { compareQuantities, parseQuantity, value, type Quantity } from '../../../../api/quantity.ts';
import { inTreePluginOf, translateVolume } from '../../framework/csi-translation.ts';
import type { Snapshot } from '../../framework/snapshot.ts';
import { failed, unresolvable, type Status } from '../../framework/status.ts';
import type { PodClaims } from './claims.ts';

const nothingToBind = "node(s) didn't find available persistent volumes to bind";

/** By what keeps a claim from having its volume on a node. */
const reasons = {
  gone: 'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)',
  elsewhere: "node(s) didn't match PersistentVolume's node affinity",
  selectedElsewhere: nothingToBind,
  noneFree: nothingToBind,
  topology: nothingToBind,
  full: 'node(s) did not have enough free storage',
} as const;

/** A claim that cannot have its volume on a node. */
export interface Obstacle {
  readonly what: keyof typeof reasons;
  readonly claim: PersistentVolumeClaim;
  /** The volume that the claim is bound to. */
  readonly volume?: PersistentVolume;
  /** What would make its volume. */
  readonly storageClass?: StorageClass;
}

/** A claim and the volume that it gets. */
export interface StaticBinding {
  readonly claim: PersistentVolumeClaim;
  readonly volume: PersistentVolume;
}

/** Where the volumes of the claims that wait for a node would come from on a node. */
export interface PodVolumes {
  readonly bindings: readonly StaticBinding[];
  /** Claims whose volume is to be provisioned. */
  readonly provisions: readonly PersistentVolumeClaim[];
}

/** The volumes that the Pod would use on the node; a status if they cannot be had there. */
export function findPodVolumes(claims: PodClaims, node: Node, snapshot: Snapshot): PodVolumes | Status {
  const bound = boundObstacle(claims.bound, node, snapshot);
  if (bound && 'code' in bound) return bound;
  const found = delayedVolumes(claims, node, snapshot);
  if ('code' in found) return found;
  const obstacles = 'what' in found ? [bound, found] : [bound];
  const problems = obstacles.flatMap((obstacle) => (obstacle ? [reasons[obstacle.what]] : []));
  return 'what' in found || problems.length > 0 ? unresolvable(...problems) : found;
}

/** The claims that findPodVolumes refuses the node for. */
export function obstaclesOn(claims: PodClaims, node: Node, snapshot: Snapshot): readonly Obstacle[] {
  const all = [boundObstacle(claims.bound, node, snapshot), delayedVolumes(claims, node, snapshot)];
  return all.flatMap((found) => (found && 'what' in found ? [found] : []));
}

/** checkBoundClaims: the first bound claim whose volume the node cannot use. */
function boundObstacle(
  bound: PodClaims['bound'],
  node: Node,
  { listers, assumed }: Snapshot,
): Obstacle | Status | undefined {
  const csiNode = listers['csinodes.storage.k8s.io'].get(node.metadata.name ?? '');
  for (const claim of bound) {
    const volume = assumed.volumes.get(claim.spec?.volumeName ?? '');
    if (!volume) return { what: 'gone', claim };
    const translated = translatedFor(volume, csiNode);
    if ('error' in translated) return failed(`could not translate pv: ${translated.error}`);
    if (!isUsableOn(translated, node.metadata.labels)) return { what: 'elsewhere', claim, volume };
  }
  return undefined;
}

/** Why a volume cannot be used on the node, in the words of PreBind. */
export function volumeConflict(volume: PersistentVolume, nodeName: string, snapshot: Snapshot): string | undefined {
  const node = snapshot.node(nodeName)?.node;
  const translated = translatedFor(volume, snapshot.listers['csinodes.storage.k8s.io'].get(nodeName));
  if ('error' in translated) return `failed to translate pv to csi: could not translate pv: ${translated.error}`;
  if (!node || isUsableOn(translated, node.metadata.labels)) return undefined;
  return `pv "${volume.metadata.name}" node affinity doesn't match node "${nodeName}": no matching NodeSelectorTerms`;
}

/** tryTranslatePVToCSI: with the affinity that the volume has for nodes where a CSI driver took over. */
function translatedFor(
  volume: PersistentVolume,
  csiNode: CSINode | undefined,
): Pick<PersistentVolume, 'spec'> | { error: string } {
  const plugin = inTreePluginOf(volume.spec ?? {});
  const migrated = csiNode?.metadata.annotations?.['storage.alpha.kubernetes.io/migrated-plugins']?.split(',') ?? [];
  if (!plugin || !migrated.includes(plugin.name)) return volume;
  const translated = translateVolume(plugin, volume);
  if ('error' in translated) return translated;
  const { nodeAffinity } = translated;
  return { spec: nodeAffinity ? { nodeAffinity } : {} };
}

function delayedVolumes(
  { delayed, volumes }: PodClaims,
  node: Node,
  snapshot: Snapshot,
): PodVolumes | Obstacle | Status {
  const toProvision: PersistentVolumeClaim[] = [];
  const toBind: PersistentVolumeClaim[] = [];
  for (const claim of delayed) {
    const wanted = claim.metadata.annotations?.[selectedNode];
    if (wanted === undefined) toBind.push(claim);
    else if (wanted === node.metadata.name) toProvision.push(claim);
    else return { what: 'selectedElsewhere', claim };
  }
  // The smallest claim chooses first.
  toBind.sort((a, b) => compareQuantities(requestedStorage(a), requestedStorage(b)));
  const bindings: StaticBinding[] = [];
  const taken = new Set<string>();
  for (const claim of toBind) {
    const volume = findMatchingVolume(claim, volumes.get(claimClass(claim)) ?? [], { node, taken, delayed: true });
    if (volume) {
      taken.add(volume.metadata.name ?? '');
      bindings.push({ claim, volume });
    } else toProvision.push(claim);
  }
  return provisionObstacle(toProvision, node, snapshot) ?? { bindings, provisions: toProvision };
}

/** checkVolumeProvisions: why the volume of one of the claims cannot be made for the node. */
function provisionObstacle(
  claims: readonly PersistentVolumeClaim[],
  node: Node,
  { listers }: Snapshot,
): Obstacle | Status | undefined {
  for (const claim of claims) {
    const storageClass = listers['storageclasses.storage.k8s.io'].get(claimClass(claim));
    // The claim waits for a Pod because its class says so: it is there.
    if (!storageClass) return failed(`failed to find storage class ${JSON.stringify(claimClass(claim))}`);
    const { provisioner, allowedTopologies } = storageClass;
    const isMadeByHand = provisioner === '' || provisioner === noProvisioner;
    if (isMadeByHand) return { what: 'noneFree', claim, storageClass };
    if (!matchesTopology(allowedTopologies, node)) return { what: 'topology', claim, storageClass };
    if (!hasEnoughCapacity(claim, storageClass, { node, listers })) return { what: 'full', claim, storageClass };
  }
  return undefined;
}

/** MatchTopologySelectorTerms: an empty list matches every node, an empty term none. */
function matchesTopology(terms: readonly TopologySelectorTerm[] = [], { metadata }: Node): boolean {
  const matches = ({ matchLabelExpressions = [] }: TopologySelectorTerm) =>
    matchLabelExpressions.length > 0 &&
    matchLabelExpressions.every(({ key, values }) => values.some((value) => value === metadata.labels?.[key]));
  return terms.length === 0 || terms.some(matches);
}

/** hasEnoughCapacity: of the drivers that tell how much they have left, one place within the node's reach must have enough. */
function hasEnoughCapacity(
  claim: PersistentVolumeClaim,
  { metadata, provisioner }: StorageClass,
  { node, listers }: Pick<Snapshot, 'listers'> & { readonly node: Node },
): boolean {
  if (claim.spec?.resources?.requests?.['storage'] === undefined) return true;
  const driver = listers['csidrivers.storage.k8s.io'].get(provisioner);
  if (!driver?.spec.storageCapacity) return true;
  const bytes = value(requestedStorage(claim));
  for (const capacity of listers['csistoragecapacities.storage.k8s.io'].values()) {
    if (capacity.storageClassName !== metadata.name) continue;
    const limit = volumeLimit(capacity);
    if (!limit || value(limit) < bytes) continue;
    if (matchesLabelSelector(capacity.nodeTopology, node.metadata.labels)) return true;
  }
  return false;
}

/** The largest volume that can be made there. */
export function volumeLimit({ maximumVolumeSize, capacity }: CSIStorageCapacity): Quantity | undefined {
  const limit = maximumVolumeSize ?? capacity;
  return limit === undefined ? undefined : parseQuantity(limit);
}
