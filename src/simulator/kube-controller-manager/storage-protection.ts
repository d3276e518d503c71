// Claims that a Pod uses, and volumes that a claim has, outlive their deletion until that is over
// (k8s.io/kubernetes/pkg/controller/volume/pvcprotection and pvprotection, v1.36).
import {
  keyOf,
  type KubeObject,
  type PersistentVolume,
  type PersistentVolumeClaim,
  type Pod,
} from '../../api/object.ts';
import { claimNameOf, ownershipProblem } from '../../api/persistent-volume.ts';
import { succeeded, SyncQueue, type Controller, type ControllerContext } from './controller.ts';
import { isPodTerminal } from './pod-state.ts';
import { claimKeysOf } from './pods-by-claim.ts';

const claimFinalizer = 'kubernetes.io/pvc-protection';
const volumeFinalizer = 'kubernetes.io/pv-protection';

export const claimProtectionController: Controller = {
  name: 'pvc-protection-controller',
  start(context) {
    const claims = context.informers.of<PersistentVolumeClaim>('persistentvolumeclaims');
    const queue = new SyncQueue(context, (key) => {
      const claim = claims.get(key);
      if (!claim) return;
      const { namespace = '', name = '' } = claim.metadata;
      const target = { resource: 'persistentvolumeclaims', namespace, name };
      const changed = withProtection(claim, claimFinalizer, () => isUsed(context, claim));
      if (changed) succeeded(context.client.update(target, changed));
    });
    const enqueue = (claim: PersistentVolumeClaim) => {
      if (isNews(context, claim) && isConcerned(claim, claimFinalizer)) queue.add(keyOf(claim));
    };
    const enqueueClaimsOf = (pod: Pod) => {
      for (const key of claimKeysOf(pod)) queue.add(key);
    };
    // A Pod that runs keeps its claims.
    const endsUse = (pod: Pod) => {
      if (isPodTerminal(pod) || !pod.spec?.nodeName) enqueueClaimsOf(pod);
    };
    claims.handle({ onAdd: enqueue, onUpdate: enqueue });
    context.informers.of<Pod>('pods').handle({ onAdd: endsUse, onUpdate: endsUse, onDelete: enqueueClaimsOf });
  },
};

export const volumeProtectionController: Controller = {
  name: 'pv-protection-controller',
  start(context) {
    const volumes = context.informers.of<PersistentVolume>('persistentvolumes');
    const queue = new SyncQueue(context, (name) => {
      const volume = volumes.get(name);
      const changed = volume && withProtection(volume, volumeFinalizer, () => volume.status?.phase === 'Bound');
      if (changed) succeeded(context.client.update({ resource: 'persistentvolumes', name }, changed));
    });
    const enqueue = (volume: PersistentVolume) => {
      if (isNews(context, volume) && isConcerned(volume, volumeFinalizer)) queue.add(keyOf(volume));
    };
    volumes.handle({ onAdd: enqueue, onUpdate: enqueue });
  },
};

/** What was there before the run is as it was left, unless it is to go. */
const isNews = ({ informers }: ControllerContext, { metadata }: KubeObject) =>
  informers.started || Boolean(metadata.deletionTimestamp);

/** Is to go and waits for this finalizer, or is to stay and lacks it. */
function isConcerned({ metadata }: KubeObject, finalizer: string): boolean {
  return Boolean(metadata.deletionTimestamp) === Boolean(metadata.finalizers?.includes(finalizer));
}

/** The object with the finalizer that it lacks, or without the one that it needs no longer; undefined: it is as it should be. */
function withProtection<T extends KubeObject>(object: T, finalizer: string, inUse: () => boolean): T | undefined {
  const { metadata } = object;
  const { finalizers = [] } = metadata;
  if (!isConcerned(object, finalizer)) return undefined;
  if (!metadata.deletionTimestamp)
    return { ...object, metadata: { ...metadata, finalizers: [...finalizers, finalizer] } };
  if (inUse()) return undefined;
  return { ...object, metadata: { ...metadata, finalizers: finalizers.filter((other) => other !== finalizer) } };
}

/** isBeingUsedWith: looks at what is known, then asks the server: a Pod may have come that nobody has told of yet. */
function isUsed({ client, informers }: ControllerContext, claim: PersistentVolumeClaim): boolean {
  for (const pod of informers.podsByClaim.using(claim)) if (keepsClaim(pod, claim)) return true;
  const { namespace = '' } = claim.metadata;
  return client.list<Pod>('pods', { namespace }).items.some((pod) => keepsClaim(pod, claim));
}

/** podUsesPVCForDeletion: only a Pod with a node; one that has shut down gives its ephemeral volume up. */
function keepsClaim(pod: Pod, claim: PersistentVolumeClaim): boolean {
  if (!pod.spec?.nodeName) return false;
  const { deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
  const isShutDown = Boolean(deletionTimestamp) && deletionGracePeriodSeconds === 0;
  return (pod.spec.volumes ?? []).some((volume) => {
    if (claimNameOf(pod, volume) !== claim.metadata.name) return false;
    return volume.persistentVolumeClaim !== undefined || (!isShutDown && !ownershipProblem(pod, claim));
  });
}
