// How many Pods a budget counts on: those that their controllers were asked for
// (getExpectedPodCount of k8s.io/kubernetes/pkg/controller/disruption, v1.36).
import {
  controllerOf,
  type Deployment,
  type KubeObject,
  type OwnerReference,
  type Pod,
  type PodDisruptionBudget,
  type ReplicaSet,
  type ReplicationController,
  type Scale,
  type StatefulSet,
} from '../../../api/object.ts';
import { apiVersionOf, qualifiedName, resourceOfKind } from '../../../api/resources.ts';
import type { ControllerContext } from '../controller.ts';
import { scaledValue } from '../scaled-value.ts';

export interface Expected {
  readonly expectedPods: number;
  readonly desiredHealthy: number;
  /** Pods that nobody controls; they count for nothing where a share is asked for. */
  readonly unmanaged: number;
}

/** The problem is one of the Pods' controllers: what is asked of it cannot be known. */
export function expectedPods(
  context: ControllerContext,
  { spec = {} }: PodDisruptionBudget,
  pods: readonly Pod[],
): Expected | { readonly problem: string } {
  const { maxUnavailable, minAvailable } = spec;
  if (maxUnavailable === undefined && typeof minAvailable !== 'string') {
    return minAvailable === undefined
      ? { expectedPods: 0, desiredHealthy: 0, unmanaged: 0 }
      : { expectedPods: pods.length, desiredHealthy: minAvailable, unmanaged: 0 };
  }
  const asked = askedFor(context, pods);
  if ('problem' in asked) return asked;
  const { total, unmanaged } = asked;
  const desiredHealthy =
    maxUnavailable === undefined
      ? scaledValue(minAvailable, total, true)
      : Math.max(0, total - scaledValue(maxUnavailable, total, true));
  return { expectedPods: total, desiredHealthy, unmanaged };
}

/** What the Pods' controllers were asked for, together. */
function askedFor(
  context: ControllerContext,
  pods: readonly Pod[],
): { readonly total: number; readonly unmanaged: number } | { readonly problem: string } {
  const replicas = new Map<string, number>();
  let unmanaged = 0;
  for (const pod of pods) {
    const reference = controllerOf(pod);
    if (!reference) {
      unmanaged++;
      continue;
    }
    if (replicas.has(reference.uid)) continue;
    const { namespace = '', name = '' } = pod.metadata;
    const found = scaleOf(context, reference, namespace);
    if (!found) return { problem: `found no controllers for pod "${name}"` };
    if ('problem' in found) return found;
    replicas.set(found.uid, found.replicas);
  }
  return { total: [...replicas.values()].reduce((sum, one) => sum + one, 0), unmanaged };
}

type Scaled = { readonly uid: string; readonly replicas: number } | { readonly problem: string };

interface Sized extends KubeObject {
  readonly spec?: { readonly replicas?: number };
}

function scaleOf(context: ControllerContext, reference: OwnerReference, namespace: string): Scaled | undefined {
  const of = <T extends Sized>(resource: string, { name, uid }: OwnerReference): T | undefined => {
    const object = context.informers.of<T>(resource).get(`${namespace}/${name}`);
    return object?.metadata.uid === uid ? object : undefined;
  };
  const owner = `${reference.apiVersion.split('/')[0]}/${reference.kind}`;
  if (owner === 'v1/ReplicationController') {
    const found = of<ReplicationController>('replicationcontrollers', reference);
    if (found) return sizeOf(found);
  }
  if (owner === 'apps/StatefulSet') {
    const found = of<StatefulSet>('statefulsets.apps', reference);
    if (found) return sizeOf(found);
  }
  if (owner === 'apps/ReplicaSet') {
    const found = of<ReplicaSet>('replicasets.apps', reference);
    const above = found && controllerOf(found);
    const isOfDeployment = above?.kind === 'Deployment';
    const deployment = isOfDeployment ? of<Deployment>('deployments.apps', above) : undefined;
    if (deployment) return sizeOf(deployment);
    if (found && !isOfDeployment) return sizeOf(found);
  }
  return scaleFromServer(context, reference, namespace);
}

const sizeOf = ({ metadata, spec }: Sized): Scaled => ({ uid: metadata.uid ?? '', replicas: spec?.replicas ?? 1 });

/** Of a controller that this program does not watch the scale is asked for, if it has one. */
function scaleFromServer(
  { client }: ControllerContext,
  { apiVersion, kind, name, uid }: OwnerReference,
  namespace: string,
): Scaled | undefined {
  const resource =
    resourceOfKind(apiVersion, kind) ??
    client.customResources().find((one) => one.kind === kind && apiVersionOf(one) === apiVersion);
  if (!resource) return { problem: `no matches for kind "${kind}" in version "${apiVersion}"` };
  const qualified = qualifiedName(resource);
  if (!resource.subresources.includes('scale')) {
    return { problem: `${qualified} does not implement the scale subresource` };
  }
  const response = client.get<Scale & KubeObject>({ resource: qualified, namespace, name, subresource: 'scale' });
  if (!response.ok) return response.code === 404 ? undefined : { problem: response.status.message };
  const { metadata, spec } = response.object;
  return metadata.uid === uid ? { uid, replicas: spec?.replicas ?? 0 } : undefined;
}
