// From ordinary objects to a cluster at rest: stored as they are given, then left to the controllers until nothing moves.
import type { CustomResourceDefinition, KubeObject, Node } from '../api/object.ts';
import { resourceOfKind } from '../api/resources.ts';
import { OrderedMap } from '../base/ordered-map.ts';
import { Etcd, type KeyValue } from './etcd/etcd.ts';
import { Random } from './kernel/random.ts';
import { formatTime } from './kernel/time.ts';
import { canonicalize, decode } from './kube-apiserver/decoding/decode.ts';
import { defaultObject } from './kube-apiserver/defaulting/index.ts';
import { bootstrapObjects } from './kube-apiserver/bootstrap-objects.ts';
import { asEstablished } from './kube-apiserver/custom-resources/establish.ts';
import { configurationProblem, isSchedulerConfiguration } from './kube-scheduler/index.ts';
import { adoptedPod } from './kubelet/index.ts';
import type { FileAccess } from './kubectl/index.ts';
import { keyFor, servedKind, type ServedKind } from './served-kind.ts';
import { Simulation, type ClusterState, type SimulationOptions } from './simulation.ts';

export interface ClusterOptions extends Pick<SimulationOptions, 'images' | 'limits'>, Pick<ClusterState, 'omits'> {
  /** A kubectl command that is part of the cluster's past. */
  readonly setup?: { readonly args: readonly string[]; readonly files: FileAccess };
}

const clusterSeed = 0x5eed;

/** The cluster that the objects describe, after its controllers have had time to come to rest. */
export function convergeCluster(objects: readonly KubeObject[], options: ClusterOptions = {}): ClusterState {
  const schedulerConfiguration = objects.find(isSchedulerConfiguration);
  const { omits } = options;
  const given = { ...(schedulerConfiguration && { schedulerConfiguration }), ...(omits?.length && { omits }) };
  const empty = { snapshot: new Etcd().snapshot(), time: 0, ...given };
  const start = loadObjects(empty, [...bootstrapObjects(objects), ...objects]);
  const simulation = new Simulation(start, { ...options, seed: clusterSeed });
  simulation.settle();
  if (options.setup) {
    simulation.kubectl(options.setup.args, options.setup.files);
    simulation.settle();
  }
  return simulation.state();
}

/**
 * The cluster with further objects in it, as they are; an object that is there already is replaced.
 * Objects that the server would not take for what they say they are (`refusalOf`) are left out.
 */
export function loadObjects(start: ClusterState, objects: readonly KubeObject[]): ClusterState {
  const etcd = new Etcd(start.snapshot);
  const random = new Random(clusterSeed + etcd.revision);
  // Definitions come first: they make the kinds of others known.
  const isDefinition = ({ kind }: KubeObject) => kind === 'CustomResourceDefinition';
  const ordered = [...objects.filter(isDefinition), ...objects.filter((object) => !isDefinition(object))];
  for (const given of ordered) {
    const served = servedKind(etcd, given);
    const decoded = served && asStored(given, served);
    if (!decoded) continue;
    const key = keyFor(decoded, served);
    const object = completed(decoded, served, start.time, random);
    etcd.put(key, etcd.get(key)?.modRevision ?? 0, (revision) => ({
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(revision) },
    }));
  }
  return { ...start, snapshot: etcd.snapshot() };
}

/**
 * Why an object cannot be part of a cluster, in the server's words (or the scheduler's, for its configuration); undefined for one
 * that can, or whose kind is not Kubernetes' own.
 */
export function refusalOf(object: KubeObject): string | undefined {
  if (isSchedulerConfiguration(object)) return configurationProblem(object);
  const resource = resourceOfKind(object.apiVersion, object.kind);
  const answer = resource && decode(object, resource, { strict: false });
  return answer && 'status' in answer ? answer.status.message : undefined;
}

/** The cluster without some objects. */
export function withoutObjects(start: ClusterState, objects: readonly KubeObject[]): ClusterState {
  const etcd = new Etcd(start.snapshot);
  for (const object of objects) {
    const served = servedKind(etcd, object);
    if (!served) continue;
    const key = keyFor(object, served);
    const found = etcd.get(key);
    if (found) etcd.delete(key, found.modRevision);
  }
  return { ...start, snapshot: etcd.snapshot() };
}

/** The object as the server would keep it; undefined if it cannot read it. */
function asStored(object: KubeObject, { resource, custom }: ServedKind): KubeObject | undefined {
  const answer = decode(object, { ...resource, ...(custom && { custom }) }, { strict: false });
  return 'object' in answer ? canonicalize(answer.object) : undefined;
}

/** The object with what every stored object has; what was given stays. */
function completed(given: KubeObject, { resource }: ServedKind, time: number, random: Random): KubeObject {
  const { managedFields: _, ...metadata } = given.metadata;
  const object = defaultObject({
    ...given,
    metadata: {
      ...metadata,
      ...(resource.namespaced && { namespace: metadata.namespace ?? 'default' }),
      uid: metadata.uid ?? random.uid(),
      creationTimestamp: metadata.creationTimestamp ?? formatTime(time),
    },
  });
  if (object.kind === 'Node') return completedNode(object);
  if (object.kind === 'CustomResourceDefinition') {
    return asEstablished(object as CustomResourceDefinition, formatTime(time));
  }
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

/** A cluster at rest as plain data, so that it can be kept in a file. */
export interface SavedState extends Omit<ClusterState, 'snapshot'> {
  readonly time: number;
  readonly revision: number;
  readonly keys: readonly KeyValue[];
}

export function saveState({ snapshot, ...rest }: ClusterState): SavedState {
  return { ...rest, revision: snapshot.revision, keys: snapshot.keys.range('') };
}

export function restoreState({ revision, keys, ...rest }: SavedState): ClusterState {
  let map = OrderedMap.empty<KeyValue>();
  for (const entry of keys) map = map.with(entry.key, entry);
  return { ...rest, snapshot: { keys: map, revision } };
}
