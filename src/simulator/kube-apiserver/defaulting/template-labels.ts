// Workloads of the first days have the labels of their template where they have none of their own
// (SetDefaults_Job and SetDefaults_ReplicationController, Kubernetes 1.36).
import type { KubeObject, PodTemplateSpec } from '../../../api/object.ts';

const isEmpty = (labels: object | undefined) => !labels || Object.keys(labels).length === 0;

/** The object with the labels of the template, the very same map; the same object where it has some, or the template none. */
export function withLabelsOf<T extends KubeObject>(template: PodTemplateSpec | undefined, object: T): T {
  const labels = template?.metadata?.labels;
  if (!labels || isEmpty(labels) || !isEmpty(object.metadata.labels)) return object;
  return { ...object, metadata: { ...object.metadata, labels } };
}
