// Which fields of a struct the published OpenAPI schema requires: those that Go writes even when they are empty, but for these.
import type { SchemaType } from '../../../api/schema.ts';

/** Written though empty, and yet optional. */
const optional = tableOf(`
  apiextensions/v1.CustomResourceDefinitionStatus:acceptedNames,conditions,storedVersions apps/v1.StatefulSetOrdinals:start
  apps/v1.StatefulSetSpec:serviceName apps/v1.StatefulSetStatus:availableReplicas authentication/v1.TokenRequest:spec
  authentication/v1.TokenRequestSpec:audiences,boundObjectRef,expirationSeconds
  authentication/v1.TokenRequestStatus:expirationTimestamp,token autoscaling/v2.HorizontalPodAutoscalerStatus:currentMetrics
  batch/v1.PodFailurePolicyOnPodConditionsPattern:status core/v1.AzureFilePersistentVolumeSource:secretNamespace
  core/v1.ContainerImage:names core/v1.Event:reportingComponent,reportingInstance core/v1.GRPCAction:service
  core/v1.NodeRuntimeHandler:name core/v1.ProjectedVolumeSource:sources core/v1.TypedLocalObjectReference:apiGroup
  core/v1.TypedObjectReference:apiGroup discovery/v1.EndpointSlice:endpoints,ports events/v1.Event:metadata
  flowcontrol/v1.FlowSchemaSpec:matchingPrecedence flowcontrol/v1.LimitedPriorityLevelConfiguration:nominalConcurrencyShares
  flowcontrol/v1.QueuingConfiguration:handSize,queueLengthLimit,queues flowcontrol/v1.ResourcePolicyRule:namespaces
  networking/v1.IngressClassParametersReference:scope networking/v1.NetworkPolicySpec:podSelector
  policy/v1.PodDisruptionBudgetStatus:currentHealthy,desiredHealthy,disruptionsAllowed,expectedPods rbac/v1.ClusterRole:rules
  rbac/v1.Role:rules rbac/v1.RoleRef:apiGroup resource/v1.AllocatedDeviceStatus:conditions resource/v1.CapacityRequestPolicy:default
  resource/v1.DeviceClaim:requests resource/v1.ResourceClaimSpec:devices scheduling/v1.PriorityClass:value
  storage/v1.CSINodeDriver:topologyKeys`);

/** Left out where empty, and yet required. */
const required = tableOf(`
  admissionregistration/v1.ValidatingAdmissionPolicyBinding:spec
  admissionregistration/v1.ValidatingAdmissionPolicyBindingSpec:policyName,validationActions authentication/v1.TokenReviewSpec:token
  autoscaling/v1.HorizontalPodAutoscaler:spec autoscaling/v2.HorizontalPodAutoscaler:spec batch/v1.CronJob:spec
  core/v1.ContainerRestartRule:action core/v1.ContainerRestartRuleOnExitCodes:operator core/v1.ImageVolumeStatus:imageRef
  core/v1.PodCertificateProjection:keyType,signerName networking/v1.IPAddress:spec networking/v1.IPAddressSpec:parentRef
  networking/v1.ParentReference:name,resource resource/v1.CapacityRequestPolicyRange:min resource/v1.CounterSet:counters
  resource/v1.DeviceCounterConsumption:counters`);

function tableOf(text: string): ReadonlyMap<string, readonly string[]> {
  const entries = text.trim().split(/\s+/);
  return new Map(entries.map((entry) => [entry.replace(/:.*/, ''), entry.replace(/.*:/, '').split(',')]));
}

/** The names of the required fields, in Go's order. */
export function requiredOf(type: SchemaType): string[] {
  const { key = '' } = type;
  const isRequired = (name: string, omitEmpty: boolean) =>
    omitEmpty ? required.get(key)?.includes(name) : !optional.get(key)?.includes(name);
  return [...type.byName].flatMap(([name, { field }]) => (isRequired(name, field.omitEmpty) ? [name] : []));
}
