// scale: the replicas of a workload and nothing else of it (pkg/registry/apps/*/storage, ScaleREST, Kubernetes 1.36).
import { formatLabelSelector, podSelectorOf, type Selecting } from '../../../api/label-selector.ts';
import type { KubeObject } from '../../../api/object.ts';

interface Scalable extends KubeObject {
  readonly spec?: { readonly replicas?: number } & Selecting['spec'];
  readonly status?: { readonly replicas?: number };
}

/** The autoscaling/v1 Scale of a Deployment, ReplicaSet, ReplicationController or StatefulSet. */
export function scaleOf(object: KubeObject): KubeObject {
  const { metadata, spec = {}, status = {} } = object as Scalable;
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  const selects = podSelectorOf({ kind: object.kind, spec });
  const selector = selects ? formatLabelSelector(selects) : '';
  const scale = {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { ...(spec.replicas && { replicas: spec.replicas }) },
    status: { replicas: status.replicas ?? 0, ...(selector && { selector }) },
  };
  return scale;
}

/** The object with the replicas that its Scale says. */
export function scaled(object: KubeObject, scale: KubeObject): KubeObject {
  const { replicas = 0 } = (scale as Scalable).spec ?? {};
  const { resourceVersion } = scale.metadata;
  const { spec } = object as Scalable;
  const metadata = resourceVersion ? { ...object.metadata, resourceVersion } : object.metadata;
  return { ...object, metadata, spec: { ...spec, replicas } } as Scalable;
}
