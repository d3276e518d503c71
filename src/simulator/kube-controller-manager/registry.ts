// Which controllers run, as kube-controller-manager v1.36 starts them by default; those that are not here are told of by
// the last one, for the kinds whose objects nobody would act on.
import type { Controller } from './controller.ts';
import { cronJobController } from './cron-job/index.ts';
import { daemonSetController } from './daemon-set/index.ts';
import { deploymentController } from './deployment/index.ts';
import { disruptionController } from './disruption/index.ts';
import { endpointSliceController } from './endpoint-slice/index.ts';
import { expandController } from './expand.ts';
import { garbageCollector } from './garbage-collector.ts';
import { ephemeralVolumeController } from './ephemeral-volume.ts';
import { persistentVolumeBinder } from './persistent-volume-binder/index.ts';
import { horizontalPodAutoscaler } from './horizontal-pod-autoscaler.ts';
import { jobController } from './job/index.ts';
import { namespaceController } from './namespace/index.ts';
import { nodeIpamController } from './node-ipam.ts';
import { nodeLifecycleController } from './node-lifecycle/index.ts';
import { claimProtectionController, volumeProtectionController } from './storage-protection.ts';
import { replicaSetController, replicationController } from './replica-set/index.ts';
import { rootCaPublisher } from './root-ca-publisher.ts';
import { resourceQuotaController } from './resource-quota.ts';
import { serviceAccountController } from './service-account.ts';
import { statefulSetController } from './stateful-set/index.ts';
import { taintEvictionController } from './taint-eviction.ts';
import { ttlAfterFinishedController } from './ttl-after-finished.ts';
import { ttlController } from './ttl.ts';
import { unmodelledControllers } from './unmodelled.ts';

/** What these make, admission stands on: Pods of a new namespace run as its ServiceAccount, and what a quota holds is counted. */
export const controllersOfAdmission: readonly Controller[] = [serviceAccountController, resourceQuotaController];

export const controllers: readonly Controller[] = [
  serviceAccountController,
  rootCaPublisher,
  deploymentController,
  replicaSetController,
  replicationController,
  statefulSetController,
  daemonSetController,
  jobController,
  cronJobController,
  ttlAfterFinishedController,
  endpointSliceController,
  horizontalPodAutoscaler,
  disruptionController,
  ttlController,
  nodeIpamController,
  nodeLifecycleController,
  taintEvictionController,
  persistentVolumeBinder,
  claimProtectionController,
  volumeProtectionController,
  ephemeralVolumeController,
  expandController,
  garbageCollector,
  namespaceController,
  resourceQuotaController,
  unmodelledControllers,
];
