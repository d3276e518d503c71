// Which kinds have a table. A kind without a line here is not modelled, and kubectl says so.
import { qualifiedName, type ApiResource } from '../../../../api/resources.ts';
import type { TablePrinter } from '../table.ts';
import { bindingPrinter, defaultPrinter, serviceAccountPrinter } from './access.ts';
import {
  configMapPrinter,
  horizontalPodAutoscalerPrinter,
  namespacePrinter,
  resourceQuotaPrinter,
  secretPrinter,
} from './configuration.ts';
import { endpointSlicePrinter, endpointsPrinter } from './endpoints.ts';
import { eventPrinter } from './events.ts';
import { cronJobPrinter, jobPrinter } from './jobs.ts';
import { ingressClassPrinter, ingressPrinter, networkPolicyPrinter } from './networking.ts';
import { nodePrinter } from './nodes.ts';
import { podPrinter } from './pods.ts';
import { podDisruptionBudgetPrinter, priorityClassPrinter } from './policy.ts';
import { servicePrinter } from './services.ts';
import { persistentVolumeClaimPrinter, persistentVolumePrinter, storageClassPrinter } from './storage.ts';
import { daemonSetPrinter, deploymentPrinter, replicaSetPrinter, statefulSetPrinter } from './workloads.ts';

const printers: Readonly<Record<string, TablePrinter>> = {
  'clusterrolebindings.rbac.authorization.k8s.io': bindingPrinter,
  'clusterroles.rbac.authorization.k8s.io': defaultPrinter,
  configmaps: configMapPrinter,
  'cronjobs.batch': cronJobPrinter,
  'daemonsets.apps': daemonSetPrinter,
  'deployments.apps': deploymentPrinter,
  endpoints: endpointsPrinter,
  'endpointslices.discovery.k8s.io': endpointSlicePrinter,
  events: eventPrinter,
  'horizontalpodautoscalers.autoscaling': horizontalPodAutoscalerPrinter,
  'ingressclasses.networking.k8s.io': ingressClassPrinter,
  'ingresses.networking.k8s.io': ingressPrinter,
  'jobs.batch': jobPrinter,
  limitranges: defaultPrinter,
  namespaces: namespacePrinter,
  'networkpolicies.networking.k8s.io': networkPolicyPrinter,
  nodes: nodePrinter,
  persistentvolumeclaims: persistentVolumeClaimPrinter,
  persistentvolumes: persistentVolumePrinter,
  'poddisruptionbudgets.policy': podDisruptionBudgetPrinter,
  pods: podPrinter,
  'priorityclasses.scheduling.k8s.io': priorityClassPrinter,
  'replicasets.apps': replicaSetPrinter,
  replicationcontrollers: replicaSetPrinter,
  resourcequotas: resourceQuotaPrinter,
  'rolebindings.rbac.authorization.k8s.io': bindingPrinter,
  'roles.rbac.authorization.k8s.io': defaultPrinter,
  secrets: secretPrinter,
  serviceaccounts: serviceAccountPrinter,
  services: servicePrinter,
  'statefulsets.apps': statefulSetPrinter,
  'storageclasses.storage.k8s.io': storageClassPrinter,
};

export function tablePrinterOf(resource: ApiResource): TablePrinter | undefined {
  return printers[qualifiedName(resource)];
}
