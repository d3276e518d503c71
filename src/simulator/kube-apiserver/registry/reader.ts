// How the server's own parts look at the cluster: straight at the store, unseen by the trace (the informers inside kube-apiserver).
import type { KubeObject } from '../../../api/object.ts';

export interface ClusterReader {
  /** `resource` as `pods` or `priorityclasses.scheduling.k8s.io`. */
  get<T extends KubeObject>(resource: string, namespace: string | undefined, name: string): T | undefined;
  list<T extends KubeObject>(resource: string, namespace?: string): readonly T[];
}
