// What a run leaves behind as the ground for a quick answer: its Pods hold their places on the nodes, and nothing is done about them any more.
import { controllerOf, type KubeObject, type Pod } from '../api/object.ts';
import { Etcd, type KeyValue } from './etcd/etcd.ts';
import { keyFor, servedKind } from './served-kind.ts';
import type { ClusterState } from './simulation.ts';

/** Kinds that controllers would go on working at, and what only tells of work. */
const workedAt = new Set([
  ...['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'],
  ...['HorizontalPodAutoscaler', 'ControllerRevision', 'Event'],
]);

/**
 * The state at the end of a run that began from `start`, without what stems from some of its objects. Pods that have no node are gone, and so
 * are the workloads of all others: to apply one more object costs what that object costs.
 */
export function leftBehind(start: ClusterState, end: ClusterState, gone: readonly KubeObject[]): ClusterState {
  const etcd = new Etcd(end.snapshot);
  const isGone = goneWith(end, gone);
  for (const entry of end.snapshot.keys.range('/registry/')) {
    const { key, value, modRevision } = entry;
    if (isGone(entry) || (!start.snapshot.keys.get(key) && isLeftOut(value))) etcd.delete(key, modRevision);
    else if (value.kind === 'Pod' && value.metadata.ownerReferences && !start.snapshot.keys.get(key)) {
      const { ownerReferences: _, ...metadata } = value.metadata;
      etcd.put(key, modRevision, (revision) => ({
        ...value,
        metadata: { ...metadata, resourceVersion: String(revision) },
      }));
    }
  }
  return { time: end.time, snapshot: etcd.snapshot() };
}

const isLeftOut = (object: KubeObject) =>
  workedAt.has(object.kind) || (object.kind === 'Pod' && !(object as Pod).spec?.nodeName);

/** Whether an entry is one of the objects, or was made for one of them. */
function goneWith({ snapshot }: ClusterState, gone: readonly KubeObject[]): (entry: KeyValue) => boolean {
  const etcd = new Etcd(snapshot);
  const keys = new Set(
    gone.flatMap((object) => {
      const served = servedKind(etcd, object);
      return served ? [keyFor(object, served)] : [];
    }),
  );
  const byUid = new Map<string, KeyValue>();
  for (const entry of snapshot.keys.range('/registry/')) {
    if (entry.value.metadata.uid) byUid.set(entry.value.metadata.uid, entry);
  }
  return (entry) => {
    const seen = new Set<KeyValue>();
    for (let at: KeyValue | undefined = entry; at && !seen.has(at);) {
      if (keys.has(at.key)) return true;
      seen.add(at);
      const owner = controllerOf(at.value);
      at = owner?.uid === undefined ? undefined : byUid.get(owner.uid);
    }
    return false;
  };
}
