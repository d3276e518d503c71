// From ordinary objects to a cluster at rest: stored as they are given, then left to the controllers until nothing moves.
import type { KubeObject, Node } from '../api/object.ts';
import { resourceOfKind } from '../api/resources.ts';
import { Etcd, type Snapshot } from './etcd/etcd.ts';
import { Random } from './kernel/random.ts';
import { formatTime } from './kernel/time.ts';
import { defaultObject } from './kube-apiserver/defaulting/index.ts';
import { bootstrapObjects } from './kube-apiserver/bootstrap-objects.ts';
import { registryPrefix } from './kube-apiserver/registry/keys.ts';
import { adoptedPod } from './kubelet/index.ts';
import type { FileAccess } from './kubectl/index.ts';
import { Simulation, type ClusterState, type SimulationOptions } from './simulation.ts';

export interface ClusterOptions extends Pick<SimulationOptions, 'images' | 'limits'> {
  /** A kubectl command that is part of the cluster's past. */
  readonly setup?: { readonly args: readonly string[]; readonly files: FileAccess };
}

/** Objects that cannot be stored: their kind is none of Kubernetes' own. */
export interface LoadedObjects {
  readonly snapshot: Snapshot;
  readonly notServed: readonly KubeObject[];
}

const clusterSeed = 0x5eed;

/** The cluster that the objects describe, after its controllers have had time to come to rest. */
export function convergeCluster(objects: readonly KubeObject[], options: ClusterOptions = {}): ClusterState {
  const { snapshot } = loadObjects({ snapshot: new Etcd().snapshot(), time: 0 }, [
    ...bootstrapObjects(objects),
    ...objects,
  ]);
  const simulation = new Simulation({ snapshot, time: 0 }, { ...options, seed: clusterSeed });
  simulation.settle();
  if (options.setup) {
    simulation.kubectl(options.setup.args, options.setup.files);
    simulation.settle();
  }
  return simulation.state();
}

/** The cluster with further objects in it, as they are; an object that is there already is replaced. */
export function loadObjects(start: ClusterState, objects: readonly KubeObject[]): LoadedObjects {
  const etcd = new Etcd(start.snapshot);
  const random = new Random(clusterSeed + etcd.revision);
  const notServed: KubeObject[] = [];
  for (const given of objects) {
    const key = keyFor(given);
    if (key === undefined) {
      notServed.push(given);
      continue;
    }
    const object = completed(given, start.time, random);
    etcd.put(key, etcd.get(key)?.modRevision ?? 0, (revision) => ({
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(revision) },
    }));
  }
  return { snapshot: etcd.snapshot(), notServed };
}

/** The cluster without some objects. */
export function withoutObjects(start: ClusterState, objects: readonly KubeObject[]): ClusterState {
  const etcd = new Etcd(start.snapshot);
  for (const object of objects) {
    const key = keyFor(object);
    const found = key === undefined ? undefined : etcd.get(key);
    if (key !== undefined && found) etcd.delete(key, found.modRevision);
  }
  return { ...start, snapshot: etcd.snapshot() };
}

/** Where the server would store the object; undefined if it does not serve the kind. */
function keyFor({ apiVersion, kind, metadata }: KubeObject): string | undefined {
  const resource = resourceOfKind(apiVersion, kind);
  if (!resource) return undefined;
  const name = metadata.name ?? '';
  return registryPrefix(resource) + (resource.namespaced ? `${metadata.namespace ?? 'default'}/${name}` : name);
}

/** The object with what every stored object has; what was given stays. */
function completed(given: KubeObject, time: number, random: Random): KubeObject {
  const resource = resourceOfKind(given.apiVersion, given.kind);
  const { managedFields: _, ...metadata } = given.metadata;
  const object = defaultObject({
    ...given,
    metadata: {
      ...metadata,
      ...(resource?.namespaced && { namespace: metadata.namespace ?? 'default' }),
      uid: metadata.uid ?? random.uid(),
      creationTimestamp: metadata.creationTimestamp ?? formatTime(time),
    },
  });
  if (object.kind === 'Node') return completedNode(object as Node);
  return object.kind === 'Pod' ? adoptedPod(object) : object;
}

/** A node of which nothing else is said has all it has to give, and is ready. */
function completedNode(node: Node): Node {
  const { status = {}, metadata } = node;
  const capacity = status.capacity ?? status.allocatable ?? {};
  return {
    ...node,
    status: {
      ...status,
      capacity,
      allocatable: status.allocatable ?? capacity,
      addresses: status.addresses ?? [{ type: 'Hostname', address: metadata.name ?? '' }],
      conditions: status.conditions ?? [
        {
          type: 'Ready',
          status: 'True',
          reason: 'KubeletReady',
          message: 'kubelet is posting ready status',
          lastHeartbeatTime: metadata.creationTimestamp ?? null,
          lastTransitionTime: metadata.creationTimestamp ?? null,
        },
      ],
    },
  };
}
