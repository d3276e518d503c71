// The scheduler's picture of the cluster, kept up to date change by change: a changed Pod touches its node and nothing else
// (k8s.io/kubernetes/pkg/scheduler/backend/cache).
import { copyWith } from '../../base/copy.ts';
import { isTerminalPhase } from '../../api/pod-phase.ts';
import { keyOf, type KubeObject, type Node, type Pod } from '../../api/object.ts';
import { groupBy } from '../../base/group.ts';
import { compareBytes } from '../../base/order.ts';
import { AssumeCache } from './framework/assume-cache.ts';
import type { Lister } from './framework/lister.ts';
import { ClaimTracker } from './framework/claim-tracker.ts';
import { NodeInfo } from './framework/node-info.ts';
import { Tallies } from './framework/node-tally.ts';
import { podInfoOf, type PodInfo } from './framework/pod-info.ts';
import { inTurns, zoneKey } from './node-search.ts';
import type { AssumedVolumes, ImageState, Listers, Snapshot } from './framework/snapshot.ts';

export class ClusterCache implements Snapshot {
  readonly listers: Listers;
  readonly assumed: AssumedVolumes;
  readonly resourceClaims: ClaimTracker;
  readonly tallies = new Tallies();
  readonly #infos = new Map<string, NodeInfo>();
  /** Pods with a node by key, also of nodes that are not (or no longer) there. */
  readonly #assigned = new Map<string, PodInfo>();
  /** Of the Pods, those of such nodes, by the node's name and their key. */
  readonly #stranded = new Map<string, Map<string, PodInfo>>();
  readonly #images = new Map<string, { size: number; nodes: Set<string> }>();
  readonly #nominated = new Map<string, PodInfo[]>();
  /** Pods that got a node which the server does not know of yet. */
  readonly #assumed = new Set<string>();
  #sorted: NodeInfo[] | undefined;
  /** Where the nodes stand in the sorted list. */
  #places = new Map<string, number>();
  #inTurns: readonly string[] | undefined;

  constructor(listers: Listers) {
    this.listers = listers;
    this.assumed = {
      volumes: new AssumeCache(listers.persistentvolumes),
      claims: new AssumeCache(listers.persistentvolumeclaims),
    };
    this.resourceClaims = new ClaimTracker(listers['resourceclaims.resource.k8s.io']);
  }

  get nodes(): readonly NodeInfo[] {
    if (!this.#sorted) {
      this.#sorted = [...this.#infos.values()].sort((a, b) => compareBytes(a.name, b.name));
      this.#places = new Map(this.#sorted.map(({ name }, i) => [name, i]));
    }
    return this.#sorted;
  }

  get nodesInTurns(): readonly string[] {
    return (this.#inTurns ??= inTurns(this.nodes));
  }

  node(name: string): NodeInfo | undefined {
    return this.#infos.get(name);
  }

  image(name: string): ImageState | undefined {
    return this.#images.get(name);
  }

  nominated(nodeName: string): readonly PodInfo[] {
    return this.#nominated.get(nodeName) ?? [];
  }

  /** Adds a node, or takes over its new state. */
  setNode(node: Node): void {
    const name = node.metadata.name ?? '';
    const before = this.#infos.get(name);
    if (before) this.#removeImages(before.node);
    if (!before || zoneKey(before.node) !== zoneKey(node)) this.#inTurns = undefined;
    for (const image of node.status?.images ?? []) {
      for (const imageName of image.names) this.#addImage(imageName, image.sizeBytes ?? 0, name);
    }
    this.#put(before ? before.withNode(node) : NodeInfo.of(node, this.#stranded.get(name)?.values()));
    this.#stranded.delete(name);
  }

  removeNode(node: Node): void {
    const name = node.metadata.name ?? '';
    const pods = this.#infos.get(name)?.pods ?? [];
    if (pods.length > 0) this.#stranded.set(name, new Map(pods.map((info) => [info.key, info])));
    this.#removeImages(node);
    this.#infos.delete(name);
    this.#sorted = undefined;
    this.#inTurns = undefined;
  }

  /** Adds a Pod that has a node, or takes over its new state. */
  setPod(pod: Pod): void {
    const info = podInfoOf(pod);
    const nodeName = pod.spec?.nodeName ?? '';
    const before = this.#assigned.get(info.key);
    const stays = before?.pod.spec?.nodeName === nodeName;
    if (stays) this.#assumed.delete(info.key);
    else this.removePod(pod);
    this.#assigned.set(info.key, info);
    const node = this.#infos.get(nodeName);
    if (node) this.#put(stays ? node.withChanged(before, info) : node.with(info));
    else this.#strand(nodeName, info);
  }

  #strand(nodeName: string, info: PodInfo): void {
    const pods = this.#stranded.get(nodeName);
    if (pods) pods.set(info.key, info);
    else this.#stranded.set(nodeName, new Map([[info.key, info]]));
  }

  /** Frees what a Pod held of its node; returns the Pod as it was known. */
  removePod(pod: Pod): Pod | undefined {
    const key = keyOf(pod);
    this.#assumed.delete(key);
    const info = this.#assigned.get(key);
    if (!info) return undefined;
    this.#assigned.delete(key);
    const nodeName = info.pod.spec?.nodeName ?? '';
    const node = this.#infos.get(nodeName);
    if (node) this.#put(node.without(info));
    else this.#stranded.get(nodeName)?.delete(key);
    return info.pod;
  }

  /** Counts a Pod on the node it got, before the server knows of it. */
  assume(pod: Pod, nodeName: string): void {
    this.setPod(copyWith(pod, { spec: { containers: [], ...pod.spec, nodeName } }));
    this.#assumed.add(keyOf(pod));
  }

  isAssumed(pod: Pod): boolean {
    return this.#assumed.has(keyOf(pod));
  }

  /** Notes for which node a waiting Pod is nominated, if for any: what the scheduler decided, or else `status.nominatedNodeName`. */
  setNominated(pod: Pod, name = pod.status?.nominatedNodeName): void {
    this.removeNominated(pod);
    if (name) this.#nominated.set(name, [...this.nominated(name), podInfoOf(pod)]);
  }

  /** A waiting Pod changed. What the scheduler decided stands as long as the server says nothing about it. */
  updateNominated(before: Pod, after: Pod): void {
    const isSilent = !before.status?.nominatedNodeName && !after.status?.nominatedNodeName;
    this.setNominated(after, isSilent ? this.#nominatedNodeOf(after) : after.status?.nominatedNodeName);
  }

  #nominatedNodeOf(pod: Pod): string | undefined {
    const key = keyOf(pod);
    for (const [name, pods] of this.#nominated) if (pods.some((info) => info.key === key)) return name;
    return undefined;
  }

  removeNominated(pod: Pod): void {
    if (this.#nominated.size === 0) return;
    const key = keyOf(pod);
    for (const [name, pods] of this.#nominated) {
      const others = pods.filter((info) => info.key !== key);
      if (others.length === 0) this.#nominated.delete(name);
      else this.#nominated.set(name, others);
    }
  }

  #put(info: NodeInfo): void {
    const isKnown = this.#infos.has(info.name);
    this.#infos.set(info.name, info);
    const place = this.#places.get(info.name);
    if (!this.#sorted || !isKnown || place === undefined) this.#sorted = undefined;
    else this.#sorted[place] = info;
  }

  #addImage(name: string, size: number, nodeName: string): void {
    const state = this.#images.get(name);
    if (state) state.nodes.add(nodeName);
    else this.#images.set(name, { size, nodes: new Set([nodeName]) });
  }

  #removeImages({ metadata, status }: Node): void {
    for (const { names } of status?.images ?? []) {
      for (const name of names) {
        const state = this.#images.get(name);
        state?.nodes.delete(metadata.name ?? '');
        if (state?.nodes.size === 0) this.#images.delete(name);
      }
    }
  }
}

/**
 * A cache filled from objects of any kind, given in the order in which the server lists them: a snapshot to ask questions of.
 * `isQueued` says which of the Pods without a node wait in the queue: room is kept only for these.
 */
export function cacheOf(
  objects: readonly KubeObject[],
  isQueued: (pod: Pod, listers: Listers) => boolean,
): ClusterCache {
  const cache = new ClusterCache(listersOf(objects));
  for (const object of objects) {
    if (object.kind === 'Node') cache.setNode(object);
    if (object.kind !== 'Pod') continue;
    const pod = object as Pod;
    if (isFinished(pod)) continue;
    if (pod.spec?.nodeName) cache.setPod(pod);
    else if (isQueued(pod, cache.listers)) cache.setNominated(pod);
  }
  return cache;
}

function listersOf(objects: readonly KubeObject[]): Listers {
  const byKind = groupBy(objects, ({ apiVersion, kind }) => `${apiVersion} ${kind}`);
  const lister = <T extends KubeObject>(apiVersion: string, kind: string): Lister<T> => {
    const some = byKind.get(`${apiVersion} ${kind}`) ?? [];
    return new Map(some.map((object) => [keyOf(object), object as T]));
  };
  return {
    namespaces: lister('v1', 'Namespace'),
    services: lister('v1', 'Service'),
    replicationcontrollers: lister('v1', 'ReplicationController'),
    'replicasets.apps': lister('apps/v1', 'ReplicaSet'),
    'statefulsets.apps': lister('apps/v1', 'StatefulSet'),
    'poddisruptionbudgets.policy': lister('policy/v1', 'PodDisruptionBudget'),
    persistentvolumes: lister('v1', 'PersistentVolume'),
    persistentvolumeclaims: lister('v1', 'PersistentVolumeClaim'),
    'storageclasses.storage.k8s.io': lister('storage.k8s.io/v1', 'StorageClass'),
    'csinodes.storage.k8s.io': lister('storage.k8s.io/v1', 'CSINode'),
    'csidrivers.storage.k8s.io': lister('storage.k8s.io/v1', 'CSIDriver'),
    'csistoragecapacities.storage.k8s.io': lister('storage.k8s.io/v1', 'CSIStorageCapacity'),
    'volumeattachments.storage.k8s.io': lister('storage.k8s.io/v1', 'VolumeAttachment'),
    'resourceclaims.resource.k8s.io': lister('resource.k8s.io/v1', 'ResourceClaim'),
    'deviceclasses.resource.k8s.io': lister('resource.k8s.io/v1', 'DeviceClass'),
    'resourceslices.resource.k8s.io': lister('resource.k8s.io/v1', 'ResourceSlice'),
  };
}

/** The scheduler does not watch Pods that have ended: they hold nothing of their node. */
export function isFinished({ status }: Pod): boolean {
  return isTerminalPhase(status?.phase);
}
