// Which kinds can be described. A kind without a line here is not modelled, and kubectl says so.
import { qualifiedName, type ApiResource } from '../../../api/resources.ts';
import { deploymentDescriber, replicaSetDescriber } from './deployment.ts';
import type { Describer } from './describer.ts';
import { horizontalPodAutoscalerDescriber } from './horizontal-pod-autoscaler.ts';
import { namespaceDescriber } from './namespace.ts';
import { nodeDescriber } from './node.ts';
import { persistentVolumeClaimDescriber } from './persistent-volume-claim.ts';
import { podDisruptionBudgetDescriber } from './pod-disruption-budget.ts';
import { podDescriber } from './pod.ts';
import { serviceDescriber } from './service.ts';
import { cronJobDescriber, daemonSetDescriber, jobDescriber, statefulSetDescriber } from './workloads.ts';

const describers: Readonly<Record<string, Describer>> = {
  'cronjobs.batch': cronJobDescriber,
  'daemonsets.apps': daemonSetDescriber,
  'deployments.apps': deploymentDescriber,
  'horizontalpodautoscalers.autoscaling': horizontalPodAutoscalerDescriber,
  'jobs.batch': jobDescriber,
  namespaces: namespaceDescriber,
  nodes: nodeDescriber,
  persistentvolumeclaims: persistentVolumeClaimDescriber,
  'poddisruptionbudgets.policy': podDisruptionBudgetDescriber,
  pods: podDescriber,
  'replicasets.apps': replicaSetDescriber,
  replicationcontrollers: replicaSetDescriber,
  services: serviceDescriber,
  'statefulsets.apps': statefulSetDescriber,
};

export function describerOf(resource: ApiResource): Describer | undefined {
  return describers[qualifiedName(resource)];
}
