// Which kinds have a table. A kind without a line here is not modelled, and kubectl says so.
import { qualifiedName, type ApiResource } from '../../../../api/resources.ts';
import type { TablePrinter } from '../table.ts';
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
import { nodePrinter } from './nodes.ts';
import { podPrinter } from './pods.ts';
import { servicePrinter } from './services.ts';
import { persistentVolumeClaimPrinter, persistentVolumePrinter, storageClassPrinter } from './storage.ts';
import { daemonSetPrinter, deploymentPrinter, replicaSetPrinter, statefulSetPrinter } from './workloads.ts';

const printers: Readonly<Record<string, TablePrinter>> = {
  configmaps: configMapPrinter,
  'cronjobs.batch': cronJobPrinter,
  'daemonsets.apps': daemonSetPrinter,
  'deployments.apps': deploymentPrinter,
  endpoints: endpointsPrinter,
  'endpointslices.discovery.k8s.io': endpointSlicePrinter,
  events: eventPrinter,
  'horizontalpodautoscalers.autoscaling': horizontalPodAutoscalerPrinter,
  'jobs.batch': jobPrinter,
  namespaces: namespacePrinter,
  nodes: nodePrinter,
  persistentvolumeclaims: persistentVolumeClaimPrinter,
  persistentvolumes: persistentVolumePrinter,
  pods: podPrinter,
  'replicasets.apps': replicaSetPrinter,
  resourcequotas: resourceQuotaPrinter,
  secrets: secretPrinter,
  services: servicePrinter,
  'statefulsets.apps': statefulSetPrinter,
  'storageclasses.storage.k8s.io': storageClassPrinter,
};

export function tablePrinterOf(resource: ApiResource): TablePrinter | undefined {
  return printers[qualifiedName(resource)];
}
