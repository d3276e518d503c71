// What the server fills in where an object says nothing: one line a kind. Kinds without a line have no defaults of their own.
import type { KubeObject } from '../../../api/object.ts';
import {
  defaultAdmissionBinding,
  defaultAdmissionPolicy,
  defaultMutatingWebhooks,
  defaultValidatingWebhooks,
} from './admission-registration.ts';
import { defaultAutoscaler, defaultOldAutoscaler } from './autoscaling.ts';
import {
  defaultBinding,
  defaultLimitRange,
  defaultNamespace,
  defaultNode,
  defaultPriorityClass,
  defaultQuota,
  defaultSecret,
} from './cluster-objects.ts';
import { defaultDefinition } from './custom-resource-definition.ts';
import { defaultResourceClaim, defaultResourceClaimTemplate } from './devices.ts';
import { defaultFlowSchema, defaultPriorityLevel } from './flow-control.ts';
import { defaultCronJob, defaultJob } from './jobs.ts';
import { defaultEndpoints, defaultEndpointSlice, defaultIngressClass, defaultNetworkPolicy } from './networking.ts';
import { defaultPod, defaultPodTemplateObject } from './pod.ts';
import { defaultService } from './service.ts';
import { defaultApiService } from './api-service.ts';
import { defaultAttachment, defaultClaim, defaultDriver, defaultStorageClass, defaultVolumeObject } from './storage.ts';
import {
  defaultDaemonSet,
  defaultDeployment,
  defaultReplicaSet,
  defaultReplicationController,
  defaultStatefulSet,
} from './workloads.ts';

export { defaultPodTemplate } from './pod.ts';

type Default = (object: never) => KubeObject;

const defaults: ReadonlyMap<string, Default> = new Map<string, Default>([
  ['v1 Pod', defaultPod],
  ['v1 PodTemplate', defaultPodTemplateObject],
  ['v1 Service', defaultService],
  ['v1 ReplicationController', defaultReplicationController],
  ['v1 Namespace', defaultNamespace],
  ['v1 Secret', defaultSecret],
  ['v1 Node', defaultNode],
  ['v1 Endpoints', defaultEndpoints],
  ['v1 LimitRange', defaultLimitRange],
  ['v1 ResourceQuota', defaultQuota],
  ['v1 PersistentVolume', defaultVolumeObject],
  ['v1 PersistentVolumeClaim', defaultClaim],
  ['admissionregistration.k8s.io/v1 MutatingAdmissionPolicy', defaultAdmissionPolicy],
  ['admissionregistration.k8s.io/v1 MutatingAdmissionPolicyBinding', defaultAdmissionBinding],
  ['admissionregistration.k8s.io/v1 MutatingWebhookConfiguration', defaultMutatingWebhooks],
  ['admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy', defaultAdmissionPolicy],
  ['admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding', defaultAdmissionBinding],
  ['admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration', defaultValidatingWebhooks],
  ['apiextensions.k8s.io/v1 CustomResourceDefinition', defaultDefinition],
  ['apps/v1 Deployment', defaultDeployment],
  ['apps/v1 ReplicaSet', defaultReplicaSet],
  ['apps/v1 DaemonSet', defaultDaemonSet],
  ['apps/v1 StatefulSet', defaultStatefulSet],
  ['batch/v1 Job', defaultJob],
  ['batch/v1 CronJob', defaultCronJob],
  ['autoscaling/v1 HorizontalPodAutoscaler', defaultOldAutoscaler],
  ['autoscaling/v2 HorizontalPodAutoscaler', defaultAutoscaler],
  ['flowcontrol.apiserver.k8s.io/v1 FlowSchema', defaultFlowSchema],
  ['flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration', defaultPriorityLevel],
  ['networking.k8s.io/v1 NetworkPolicy', defaultNetworkPolicy],
  ['networking.k8s.io/v1 IngressClass', defaultIngressClass],
  ['discovery.k8s.io/v1 EndpointSlice', defaultEndpointSlice],
  ['apiregistration.k8s.io/v1 APIService', defaultApiService],
  ['storage.k8s.io/v1 CSIDriver', defaultDriver],
  ['storage.k8s.io/v1 StorageClass', defaultStorageClass],
  ['storage.k8s.io/v1 VolumeAttachment', defaultAttachment],
  ['resource.k8s.io/v1 ResourceClaim', defaultResourceClaim],
  ['resource.k8s.io/v1 ResourceClaimTemplate', defaultResourceClaimTemplate],
  ['scheduling.k8s.io/v1 PriorityClass', defaultPriorityClass],
  ['rbac.authorization.k8s.io/v1 RoleBinding', defaultBinding],
  ['rbac.authorization.k8s.io/v1 ClusterRoleBinding', defaultBinding],
]);

/**
 * The object with the defaults of its version (the SetDefaults functions, and the conversions that fill in one field from
 * another). Pure; the same reference where nothing changes. The object is one that decodes.
 */
export function defaultObject<T extends KubeObject>(object: T): T {
  const change = defaults.get(`${object.apiVersion} ${object.kind}`);
  return change ? (change(object as never) as T) : object;
}
