// Which kinds have rules: one line a kind. What is not in the list is unknown, never valid.
import { controllerRevisionRules } from './apps/controller-revision.ts';
import { checkDaemonSet, checkDaemonSetUpdate } from './apps/daemon-set.ts';
import { checkDeployment, checkDeploymentUpdate, checkReplicaSet, checkReplicaSetUpdate } from './apps/deployment.ts';
import { checkStatefulSet, checkStatefulSetUpdate } from './apps/stateful-set.ts';
import { oldAutoscalerRules } from './autoscaling/autoscaler-v1.ts';
import { autoscalerRules } from './autoscaling/horizontal-pod-autoscaler.ts';
import { cronJobRules } from './batch/cron-job.ts';
import { jobRules } from './batch/job.ts';
import {
  checkConfigMap,
  checkConfigMapUpdate,
  checkNamespace,
  checkNamespaceUpdate,
  checkServiceAccount,
  checkServiceAccountUpdate,
} from './core/configuration.ts';
import { leaseRules } from './coordination/lease.ts';
import { endpointsRules } from './core/endpoints.ts';
import { limitRangeRules } from './core/limit-range.ts';
import { nodeRules } from './core/node.ts';
import { claimRules } from './core/persistent-volume-claim.ts';
import { volumeRules } from './core/persistent-volume.ts';
import { quotaRules } from './core/resource-quota.ts';
import { endpointSliceRules } from './discovery/endpoint-slice.ts';
import { coreEventRules, eventRules } from './events/event.ts';
import { runtimeClassRules } from './node/runtime-class.ts';
import { clusterRoleBindingRules, roleBindingRules } from './rbac/role-bindings.ts';
import { clusterRoleRules, roleRules } from './rbac/roles.ts';
import { priorityClassRules } from './scheduling/priority-class.ts';
import { csiNodeRules, storageCapacityRules } from './storage/csi-node.ts';
import { driverRules } from './storage/csi-driver.ts';
import { attributesClassRules, storageClassRules } from './storage/storage-class.ts';
import { attachmentRules } from './storage/volume-attachment.ts';
import { podTemplateRules } from './core/pod-template.ts';
import { replicationControllerRules } from './core/replication-controller.ts';
import { checkSecret, checkSecretUpdate } from './core/secret.ts';
import { checkService, checkServiceUpdate } from './core/service.ts';
import { ingressClassRules } from './networking/ingress-class.ts';
import { ingressRules } from './networking/ingress.ts';
import { networkPolicyRules } from './networking/network-policy.ts';
import { ipAddressRules, serviceCidrRules } from './networking/service-cidr.ts';
import { disruptionBudgetRules } from './policy/pod-disruption-budget.ts';
import { checkPodCreate } from './pod/pod.ts';
import { checkPodUpdate } from './pod/pod-update.ts';
import { unmodelledOfPod, unmodelledOfTemplate } from './pod/unmodelled.ts';
import { rulesOfDeviceKind } from './resource/device-kinds.ts';
import { rulesOfExtension } from './extensions.ts';
import type { KindRules } from './validation.ts';

const template = unmodelledOfTemplate('spec.template');

const rules: Readonly<Record<string, KindRules>> = {
  'v1 Pod': { create: checkPodCreate, update: checkPodUpdate, unmodelled: unmodelledOfPod },
  'v1 Service': { create: checkService, update: checkServiceUpdate },
  'v1 ConfigMap': { create: checkConfigMap, update: checkConfigMapUpdate },
  'v1 Secret': { create: checkSecret, update: checkSecretUpdate },
  'v1 Namespace': { create: checkNamespace, update: checkNamespaceUpdate },
  'v1 ServiceAccount': { create: checkServiceAccount, update: checkServiceAccountUpdate },
  'v1 Endpoints': endpointsRules,
  'v1 Event': coreEventRules,
  'v1 LimitRange': limitRangeRules,
  'v1 Node': nodeRules,
  'v1 PersistentVolume': volumeRules,
  'v1 PersistentVolumeClaim': claimRules,
  'v1 PodTemplate': podTemplateRules,
  'v1 ReplicationController': replicationControllerRules,
  'v1 ResourceQuota': quotaRules,
  'apps/v1 ControllerRevision': controllerRevisionRules,
  'apps/v1 Deployment': { create: checkDeployment, update: checkDeploymentUpdate, unmodelled: template },
  'apps/v1 ReplicaSet': { create: checkReplicaSet, update: checkReplicaSetUpdate, unmodelled: template },
  'apps/v1 DaemonSet': { create: checkDaemonSet, update: checkDaemonSetUpdate, unmodelled: template },
  'apps/v1 StatefulSet': { create: checkStatefulSet, update: checkStatefulSetUpdate, unmodelled: template },
  'autoscaling/v1 HorizontalPodAutoscaler': oldAutoscalerRules,
  'autoscaling/v2 HorizontalPodAutoscaler': autoscalerRules,
  'batch/v1 CronJob': cronJobRules,
  'batch/v1 Job': jobRules,
  'coordination.k8s.io/v1 Lease': leaseRules,
  'discovery.k8s.io/v1 EndpointSlice': endpointSliceRules,
  'events.k8s.io/v1 Event': eventRules,
  'networking.k8s.io/v1 IPAddress': ipAddressRules,
  'networking.k8s.io/v1 Ingress': ingressRules,
  'networking.k8s.io/v1 IngressClass': ingressClassRules,
  'networking.k8s.io/v1 NetworkPolicy': networkPolicyRules,
  'networking.k8s.io/v1 ServiceCIDR': serviceCidrRules,
  'node.k8s.io/v1 RuntimeClass': runtimeClassRules,
  'policy/v1 PodDisruptionBudget': disruptionBudgetRules,
  'rbac.authorization.k8s.io/v1 ClusterRole': clusterRoleRules,
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding': clusterRoleBindingRules,
  'rbac.authorization.k8s.io/v1 Role': roleRules,
  'rbac.authorization.k8s.io/v1 RoleBinding': roleBindingRules,
  'scheduling.k8s.io/v1 PriorityClass': priorityClassRules,
  'storage.k8s.io/v1 CSIDriver': driverRules,
  'storage.k8s.io/v1 CSINode': csiNodeRules,
  'storage.k8s.io/v1 CSIStorageCapacity': storageCapacityRules,
  'storage.k8s.io/v1 StorageClass': storageClassRules,
  'storage.k8s.io/v1 VolumeAttachment': attachmentRules,
  'storage.k8s.io/v1 VolumeAttributesClass': attributesClassRules,
};

/** Groups that few manifests have something of: their rules stand in lists of their own, which are loaded when they are asked. */
const ofGroup: Readonly<Record<string, (kind: string) => KindRules | undefined>> = {
  'admissionregistration.k8s.io/v1': rulesOfExtension,
  'apiextensions.k8s.io/v1': rulesOfExtension,
  'apiregistration.k8s.io/v1': rulesOfExtension,
  'certificates.k8s.io/v1': rulesOfExtension,
  'flowcontrol.apiserver.k8s.io/v1': rulesOfExtension,
  'resource.k8s.io/v1': rulesOfDeviceKind,
};

export function rulesOf(apiVersion: string, kind: string): KindRules | undefined {
  return rules[`${apiVersion} ${kind}`] ?? ofGroup[apiVersion]?.(kind);
}
