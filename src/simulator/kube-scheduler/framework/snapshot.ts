// What a scheduling cycle sees of the cluster: nodes with their Pods, and the other objects that plugins look up.
import type {
  CSIDriver,
  CSINode,
  CSIStorageCapacity,
  DeviceClass,
  Namespace,
  PersistentVolume,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  ReplicaSet,
  ReplicationController,
  ResourceResourceClaim,
  ResourceSlice,
  Service,
  StatefulSet,
  StorageClass,
  VolumeAttachment,
} from '../../../api/object.ts';
import type { AssumeCache } from './assume-cache.ts';
import type { Lister } from './lister.ts';
import type { ClaimTracker } from './claim-tracker.ts';
import type { NodeInfo } from './node-info.ts';
import type { Tallies } from './node-tally.ts';
import type { PodInfo } from './pod-info.ts';

/** The kinds besides Pods and Nodes that plugins look up, by resource. */
export interface LookedUp {
  readonly namespaces: Namespace;
  readonly services: Service;
  readonly replicationcontrollers: ReplicationController;
  readonly 'replicasets.apps': ReplicaSet;
  readonly 'statefulsets.apps': StatefulSet;
  readonly 'poddisruptionbudgets.policy': PodDisruptionBudget;
  readonly persistentvolumes: PersistentVolume;
  readonly persistentvolumeclaims: PersistentVolumeClaim;
  readonly 'storageclasses.storage.k8s.io': StorageClass;
  readonly 'csinodes.storage.k8s.io': CSINode;
  readonly 'csidrivers.storage.k8s.io': CSIDriver;
  readonly 'csistoragecapacities.storage.k8s.io': CSIStorageCapacity;
  readonly 'volumeattachments.storage.k8s.io': VolumeAttachment;
  readonly 'resourceclaims.resource.k8s.io': ResourceResourceClaim;
  readonly 'deviceclasses.resource.k8s.io': DeviceClass;
  readonly 'resourceslices.resource.k8s.io': ResourceSlice;
}

export type Listers = { readonly [Resource in keyof LookedUp]: Lister<LookedUp[Resource]> };

/** Volumes and claims with what Pods that are on their way to their nodes will make of them. */
export interface AssumedVolumes {
  readonly volumes: AssumeCache<PersistentVolume>;
  readonly claims: AssumeCache<PersistentVolumeClaim>;
}

/** An image and who has it (framework.ImageStateSummary). */
export interface ImageState {
  /** Bytes, as the first node that reported it says. */
  readonly size: number;
  readonly nodes: ReadonlySet<string>;
}

export interface Snapshot {
  /** All nodes, by name in byte order. */
  readonly nodes: readonly NodeInfo[];
  /** Their names in the order in which a part of a large cluster is looked at. */
  readonly nodesInTurns: readonly string[];
  readonly listers: Listers;
  readonly assumed: AssumedVolumes;
  /** ResourceClaims with what Pods on their way to their nodes will make of them. */
  readonly resourceClaims: ClaimTracker;
  /** What plugins count over all nodes. */
  readonly tallies: Tallies;
  node(name: string): NodeInfo | undefined;
  /** An image by one of the names under which nodes report it. */
  image(name: string): ImageState | undefined;
  /** Waiting Pods for which room was made on the node (`status.nominatedNodeName`). */
  nominated(nodeName: string): readonly PodInfo[];
}
